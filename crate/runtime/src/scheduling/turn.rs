//! The beginning and the end of a task's turn, as they are recorded for every kind of task.

use std::any::Any;
use std::mem;

use super::accounting::Accounting;
use super::context::{Context, Stop};
use super::end::Outcome;
use super::scheduler::Scheduler;
use crate::trace::{EndedBy, Event, MAIN, Name, Nanos};

/// Records that the processor enters the task.
#[inline(always)]
pub(crate) fn begin(context: &Context, accounting: &mut Accounting<Scheduler>) {
    let task = accounting.task.id;
    let now = context.turn_begins(task, accounting.ready_since());
    if task == MAIN && accounting.is_new() {
        context.scheduler.main_starts(context.read_if_unread(now));
    }
    if context.traced || task == MAIN {
        let transition = accounting.begin(now);
        context.record(now, Event::TaskStarted { task, transition });
        context.flush();
    }
}

/// Records that the task gives its processor up and will go on later. Must be called before another
/// processor can start the task.
#[inline(always)]
pub(crate) fn stop(
    context: &Context,
    accounting: &mut Accounting<Scheduler>,
    Stop { reason, channel, place }: Stop,
    now: Nanos,
) {
    let (transition, lasted) = if context.traced { accounting.stop(now) } else { (0, 0) };
    accounting.task.stops(transition, reason, channel);
    let task = accounting.task.id;
    context.record_with(now, place, Event::TaskStopped { task, transition, reason, channel });
    context.leave_task(lasted, now);
}

/// Records that the task has ended.
pub(crate) fn end(
    context: &Context,
    accounting: &mut Accounting<Scheduler>,
    by: EndedBy,
    now: Nanos,
) {
    let (transition, lasted) = accounting.stop(now);
    context.record(now, Event::TaskEnded { task: accounting.task.id, transition, by });
    context.record_ended(accounting.sums(by));
    context.leave_task(lasted, now);
}

/// Ends the run after a panic in a task. In Go, a panic without a recover ends the program.
pub(crate) fn panicked(scheduler: &Scheduler, name: &Name, panic: Box<dyn Any + Send>, now: Nanos) {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let message = format!("Task “{name}” panicked: {}", text.unwrap_or("it gave no message"));
    if text.is_none() {
        // If the payload is not a text, it is leaked, because its destructor may panic, too.
        mem::forget(panic);
    }
    scheduler.end(Outcome::Panicked, message, now);
}
