//! What a guest may call, and how a processor gives turns to goroutines.

use super::context::{self, Context};
use super::end::Outcome;
use super::scheduler::{Goroutine, Ready, Scheduler, Task};
use super::turn::{begin, end, stop};
use crate::sync::Arc;
use crate::trace::{ChannelId, EndedBy, MAIN, Name, Nanos, Reason};

/// Gives turns to `goroutine` and to the goroutines that follow it.
#[inline(never)]
pub(super) fn run(context: &Context, goroutine: Goroutine) {
    let guest = context.scheduler.settings.guest.as_ref();
    let guest = guest.expect("a run with goroutines has a guest");
    let result = guest.turns(enter(context, goroutine));
    let Some(goroutine) = context.leave_goroutine() else { return };
    let sentence = match result {
        Err(sentence) => sentence,
        Ok(()) => "the module returned from the middle of a turn".to_owned(),
    };
    let (name, now) = (&goroutine.task().name, context.now());
    let message = format!("Task “{name}” failed: {sentence}.");
    context.scheduler.end(Outcome::Panicked, message, now);
    ends(context, goroutine, EndedBy::Panicked, now);
}

/// Begins a turn, and returns the goroutine's handle.
#[inline]
fn enter(context: &Context, mut goroutine: Goroutine) -> u32 {
    begin(context, goroutine.accounting());
    let handle = goroutine.handle();
    context.enter_goroutine(goroutine);
    handle
}

/// Ends the turn of the present goroutine, and begins the next goroutine's turn. `ended` says
/// whether the present goroutine has ended. If not, the goroutine goes on later: it is ready at
/// once after a yield, and otherwise when it is woken.
///
/// Returns the handle of the next goroutine, or 0 if the guest has to return to the processor.
///
/// # Panics
///
/// On a thread that drives no processor.
pub fn next(ended: bool) -> u32 {
    context::with(|context| {
        let Some(goroutine) = context.leave_goroutine() else { return 0 };
        if !ended {
            pauses(context, goroutine);
        } else if goroutine.task().id == MAIN {
            // The end of main ends the run, so read the clock even without a trace.
            let now = context.now();
            ends(context, goroutine, EndedBy::Returned, now);
            context.scheduler.end(Outcome::Completed, String::new(), now);
        } else {
            ends(context, goroutine, EndedBy::Returned, context.turn_ends());
        }
        match context.take_goroutine() {
            Some(goroutine) => enter(context, goroutine),
            None => 0,
        }
    })
}

/// Ends a turn after which the goroutine goes on later.
#[inline]
fn pauses(context: &Context, mut goroutine: Goroutine) {
    stop(context, goroutine.accounting(), context.turn_ends());
    if !goroutine.task().is_blocked() {
        context.push(Ready::Goroutine(goroutine));
    } else if let Some(goroutine) = context.scheduler.goroutines.block(goroutine) {
        context.make_ready(Ready::Goroutine(goroutine), true);
    }
}

/// Ends a turn in which the goroutine has ended.
fn ends(context: &Context, mut goroutine: Goroutine, by: EndedBy, now: Nanos) {
    end(context, goroutine.accounting(), by, now);
    context.keep_ended(goroutine);
}

/// Starts a goroutine, as Go's `go` statement does, and returns its number. `handle` is what the
/// guest needs in order to continue the goroutine. It must not be 0.
///
/// # Panics
///
/// Outside a task.
pub fn start(name: Name, handle: u32) -> u32 {
    context::with(|context| {
        let (parent, now) = (context.task(), context.stamp());
        let goroutine = match context.take_ended() {
            Some(mut goroutine) => {
                let id = context.scheduler.next_task_id();
                goroutine.renew(id, name, handle, now);
                goroutine
            }
            None => create(&context.scheduler, name, handle, now),
        };
        let number = goroutine.number();
        context.record_new(goroutine.task(), parent, None, now);
        context.push(Ready::Goroutine(goroutine));
        number
    })
}

/// Creates a goroutine.
pub(crate) fn create(scheduler: &Arc<Scheduler>, name: Name, handle: u32, now: Nanos) -> Goroutine {
    let task = Arc::new(Task::new(scheduler, scheduler.next_task_id(), name));
    scheduler.goroutines.create(task, handle, now)
}

/// Notes why the present goroutine is about to stop. The guest calls this before [`next`].
///
/// # Panics
///
/// On a thread that drives no processor.
pub fn wait(reason: Reason, channel: Option<ChannelId>) {
    context::with(|context| context.will_stop(reason, channel, None));
}

/// Wakes the goroutine with this number, which waits or is about to wait. Does nothing if no
/// goroutine has ever had this number.
///
/// # Panics
///
/// On a thread that drives no processor.
pub fn wake(number: u32) {
    context::with(|context| {
        if let Some(goroutine) = context.scheduler.goroutines.wake(number) {
            context.make_ready(Ready::Goroutine(goroutine), false);
        }
    });
}
