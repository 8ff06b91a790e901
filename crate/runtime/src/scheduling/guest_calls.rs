//! What a guest may call, and how a processor gives turns to goroutines.
//!
//! All arguments and results are numbers. `place` is the line of source at which the goroutine makes
//! the call: its index in the guest's lines plus 1, or 0 if it is not known. A call from a thread that
//! drives no processor does nothing and returns 0, and so does a call with an unknown number.
//! If the runtime itself fails in a call, its panic passes through the guest to the processor, which
//! ends the run.

use std::time::Duration;

use super::collection;
use super::context::{self, Context, Stop};
use super::end::Outcome;
use super::guest_request;
use super::poller::Request;
use super::scheduler::{Goroutine, Ready, Task};
use super::settings::Settings;
use super::trap::{Trap, TrapKind};
use super::turn::{begin, end, stop};
use crate::sync::Arc;
use crate::trace::{ChannelOp, EndedBy, Event, MAIN, Name, Nanos, ProcessorId, Reason, Stream};

/// Gives turns to `goroutine` and to the goroutines that follow it.
#[inline(never)]
pub(super) fn run(context: &Context, goroutine: Goroutine) {
    let guest = context.scheduler.settings.guest.as_ref();
    let guest = guest.expect("a run with goroutines has a guest");
    let result = guest.turns(enter(context, goroutine), context.id as ProcessorId);
    let Some(goroutine) = context.leave_goroutine() else { return };
    let trap = result.err().unwrap_or_else(|| {
        let kind = TrapKind::Other("its module returned in the middle of a turn".to_owned());
        Trap { kind, at: None }
    });
    let (name, now) = (&goroutine.task().name, context.now());
    let message = format!("Task “{name}” failed: {trap}.");
    context.scheduler.end(Outcome::Fatal, message, now);
    ends(context, goroutine, EndedBy::Panicked, now);
}

/// Begins a turn, and returns the goroutine's handle.
#[inline(always)]
fn enter(context: &Context, mut goroutine: Goroutine) -> u32 {
    begin(context, goroutine.accounting());
    let handle = goroutine.handle();
    context.enter_goroutine(goroutine);
    handle
}

/// The table of the calls that a guest may make. It passes each call to the macro `$make`: the name by
/// which a guest imports it from "manyhands", the name by which a module exports it to a guest, and its
/// type. The functions of this module describe the calls.
#[macro_export]
macro_rules! guest_calls {
    ($make:ident) => {
        $make! {
            next = guest_next(reason: u32, channel: u32, place: u32) -> u32;
            poll = guest_poll(counted: u32) -> u32;
            start = guest_start(handle: u32, place: u32) -> u32;
            current = guest_current() -> u32;
            task = guest_task() -> u32;
            wake = guest_wake(number: u32, place: u32) -> ();
            hand_over = guest_hand_over(number: u32, place: u32) -> ();
            deadline = guest_deadline(number: u32, at: u64) -> ();
            channel = guest_channel() -> u32;
            operation = guest_operation(op: u32, channel: u32, operation: u32, length: u32, task: u32, place: u32) -> ();
            now = guest_now() -> u64;
            request = guest_request(limit: u32) -> u32;
            answer = guest_answer(part: u32) -> u64;
            print = guest_print(stream: u32, bytes: u64, count: u32) -> ();
            exit = guest_exit(outcome: u32, code: u32) -> ();
        }
    };
}

/// The reason that stands for the end of a goroutine in [`next`]. No [`Reason`] has this code.
pub const ENDED: u32 = 7;

/// Performs a call of the guest on the processor of this thread.
#[inline(always)]
fn call<T: Default>(perform: impl FnOnce(&Context) -> T) -> T {
    context::current(|context| context.map(perform)).unwrap_or_default()
}

/// Ends the turn of the present goroutine, and begins the next goroutine's turn. `reason` is the code
/// of a [`Reason`], or [`ENDED`]. After a yield the goroutine is ready at once. After
/// [`Reason::Collector`] it is ready when all processors have called the guest's collector. After any
/// other reason it is ready when it is woken. `channel` is the id of the channel that the goroutine
/// waits on plus 1, or 0 if it waits on none.
///
/// Returns the handle of the next goroutine. Returns 0 if the guest has to return to the processor.
pub fn next(reason: u32, channel: u32, place: u32) -> u32 {
    call(|context| {
        let Some(goroutine) = context.leave_goroutine() else { return 0 };
        if reason != ENDED {
            let reason = Reason::from_code(reason as u8).unwrap_or(Reason::Io);
            let (channel, place) = (channel.checked_sub(1), context.guest_line(place));
            pauses(context, goroutine, Stop { reason, channel, place });
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

/// The bit of [`poll`]'s answer that says that the goroutine has to pause.
const PAUSE: u32 = 1;

/// The bit of [`poll`]'s answer that says that the guest has to ask again at the next poll.
const ASK_AGAIN: u32 = 2;

/// The bit of [`poll`]'s answer that says that the goroutine pauses for the collector.
const COLLECT: u32 = 4;

/// Asks whether the present goroutine has to pause. If so, the guest calls [`next`] with the code of
/// [`Reason::Collector`] or of [`Reason::Yielded`]. A guest asks when it finds 0 in its processor's
/// poll word, and when the goroutine has polled as many times in this turn as one time slice has
/// polls. `counted` is 1 in the second case, and 0 in the first.
///
/// Returns [`PAUSE`], [`ASK_AGAIN`] and [`COLLECT`] as bits.
pub fn poll(counted: u32) -> u32 {
    call(|context| {
        if context.inside().is_none() {
            return 0;
        }
        context.end_if_told_to_stop();
        context.flush_at_checkpoint();
        let Settings { processors, time_slice, forced_pauses, .. } = context.scheduler.settings;
        let slice_is_over = if processors == 1 {
            counted != 0 && !time_slice.is_zero()
        } else {
            context.slice_is_over()
        };
        let is_forced =
            forced_pauses > 0 && context.choices.index_below(forced_pauses as usize) == 0;
        let pauses = context.scheduler.is_ending()
            || slice_is_over
            || is_forced
            || context.has_to_yield_to_host();
        let again = if forced_pauses > 0 { ASK_AGAIN } else { 0 };
        if context.scheduler.gate.is_closed() {
            PAUSE | COLLECT | again
        } else if pauses {
            PAUSE | again
        } else {
            again
        }
    })
}

/// Starts a goroutine, as Go's `go` statement does. `handle` is what the guest needs in order to
/// continue the goroutine. It must not be 0. Returns the goroutine's number plus 1.
///
/// Another processor may execute the goroutine before this call has returned.
pub fn start(handle: u32, place: u32) -> u32 {
    call(|context| {
        let Some(parent) = context.inside().filter(|_| handle != 0) else { return 0 };
        let now = context.stamp();
        let id = context.scheduler.next_task_id();
        let name = Name::numbered("goroutine", id);
        let goroutine = match context.take_ended_goroutine() {
            Some(mut goroutine) => {
                goroutine.renew(id, name, handle, now);
                goroutine
            }
            None => {
                let task = Arc::new(Task::new(&context.scheduler, id, name));
                context.scheduler.goroutines.create(task, handle, now)
            }
        };
        let number = goroutine.number();
        context.record_new(goroutine.task(), parent, context.guest_line(place), now);
        context.push(Ready::Goroutine(goroutine));
        number + 1
    })
}

/// Returns the number of the present goroutine plus 1.
pub fn current() -> u32 {
    call(|context| context.with_goroutine(|goroutine| goroutine.number() + 1).unwrap_or(0))
}

/// Returns the id of the present goroutine's task plus 1.
pub fn task() -> u32 {
    call(|context| context.inside().map_or(0, |task| task + 1))
}

/// Returns a new channel's id plus 1.
pub fn channel() -> u32 {
    call(|context| context.scheduler.next_channel_id() + 1)
}

/// Wakes a goroutine, which waits or is about to wait. `number` is the goroutine's number plus 1.
pub fn wake(number: u32, place: u32) {
    call(|context| {
        if let Some(number) = number.checked_sub(1) {
            context.wake_goroutine(number, context.guest_line(place));
        }
    });
}

/// Wakes a goroutine as [`wake`] does. If the goroutine has stopped, its turn is the next one on this
/// processor, whatever the seed. A mutex that is handed to a waiting goroutine is used at once.
pub fn hand_over(number: u32, place: u32) {
    call(|context| {
        let number = number.checked_sub(1);
        if let Some(goroutine) = number.and_then(|it| context.scheduler.goroutines.wake(it)) {
            context.make_next(goroutine, context.guest_line(place));
        }
    });
}

/// Sets the guest's earliest deadline: the goroutine with this number plus 1 is woken at `at`, in
/// nanoseconds on the run's axis. The new deadline replaces the last one. If `number` is 0, there is
/// no deadline from now on.
pub fn deadline(number: u32, at: u64) {
    call(|context| {
        context.scheduler.set_guest_deadline(number.checked_sub(1).map(|number| (at, number)));
    });
}

/// Records an operation on a channel. `op` is the code of a [`ChannelOp`]. `channel` is the channel's
/// id plus 1. `operation` numbers the operations of one channel from 0, so that the n-th receive takes
/// the value of the n-th send. `length` is the number of values in the channel's queue after the
/// operation. `task` is the id plus 1 of the task that sent, received or closed.
pub fn operation(op: u32, channel: u32, operation: u32, length: u32, task: u32, place: u32) {
    call(|context| {
        let (channel, task) = (channel.wrapping_sub(1), task.wrapping_sub(1));
        let scheduler = &context.scheduler;
        if let Some(op) = ChannelOp::ALL.get(op as usize)
            && scheduler.has_channel(channel)
            && scheduler.has_task(task)
        {
            let event = Event::Channel { channel, op: *op, task, operation, length };
            context.record_with(context.stamp(), context.guest_line(place), event);
        }
    });
}

/// Returns the present time, in nanoseconds on the run's axis.
pub fn now() -> u64 {
    call(Context::now)
}

/// Sends a request for the content at the address that the goroutine has written to the stream
/// [`ADDRESS`]. The host gives up after `limit` milliseconds. Returns 1 if the goroutine has to wait:
/// it calls [`next`] with the code of [`Reason::Io`], and the answer wakes it. Returns 0 if the host
/// performs no requests.
pub fn request(limit: u32) -> u32 {
    call(|context| {
        let address = String::from_utf8_lossy(&context.address.take()).into_owned();
        let limit = Duration::from_millis(limit.into());
        let submitted = context.with_goroutine(|goroutine| {
            let request = Request { address, limit };
            *goroutine.answer() = guest_request::submit(context, goroutine.number(), request);
            goroutine.answer().is_some()
        });
        submitted.unwrap_or_default().into()
    })
}

/// Returns a part of the answer to the goroutine's last request. Part 0 is the HTTP status, or 0 if
/// there is no response. Part 1 is the length of the response's body, in bytes. Part 2 is the length
/// of the message that says why there is no response, in bytes. The parts from 3 are the message,
/// eight bytes a part, the first byte lowest.
pub fn answer(part: u32) -> u64 {
    call(|context| {
        let answer = context.with_goroutine(|goroutine| {
            goroutine.answer().as_ref().map_or(0, |slot| guest_request::part(slot, part))
        });
        answer.unwrap_or(0)
    })
}

/// The stream for the message that explains the end of the run. It is no stream of the output.
const MESSAGE: u32 = 3;

/// The stream for the address of a request. It is no stream of the output.
const ADDRESS: u32 = 4;

/// Writes the lowest `count` bytes of `bytes`, the lowest byte first, to a stream: 1 is standard
/// output, 2 is standard error, 3 is the message of the run's end, for [`exit`], and 4 is the address
/// of a [`request`]. A call with fewer than 8 bytes ends a text, which becomes one chunk of output. A
/// long text becomes several.
pub fn print(stream: u32, bytes: u64, count: u32) {
    call(|context| {
        let Some(task) = context.inside() else { return };
        let text = context.text.borrow_mut().add(task, stream, bytes, count);
        let Some(text) = text else { return };
        if stream == MESSAGE {
            context.message.replace(text);
        } else if stream == ADDRESS {
            context.address.replace(text);
        } else if let Some(stream) = Stream::ALL.into_iter().find(|it| *it as u32 == stream) {
            context.write(stream, &[&text]);
        }
    });
}

/// Ends the run with an exit code, and with the message that was written last. `outcome` says how the
/// program ends: 0 if it chose to exit, 1 if a goroutine panicked, and any other number if the program
/// cannot go on. The goroutine has to pause after this call.
pub fn exit(outcome: u32, code: u32) {
    call(|context| {
        let outcome = match outcome {
            0 => Outcome::Exited,
            1 => Outcome::Panicked,
            _ => Outcome::Fatal,
        };
        let message = String::from_utf8_lossy(&context.message.take()).into_owned();
        context.scheduler.exit(outcome, message, code, context.now());
    });
}

/// Ends a turn after which the goroutine goes on later.
#[inline]
fn pauses(context: &Context, mut goroutine: Goroutine, why: Stop) {
    stop(context, goroutine.accounting(), why, context.turn_ends());
    match why.reason {
        Reason::Yielded => context.push(Ready::Goroutine(goroutine)),
        Reason::Collector => collection::wait(context, goroutine),
        _ => {
            if let Some(goroutine) = context.scheduler.goroutines.block(goroutine) {
                context.make_goroutine_ready(goroutine, 0, true);
            }
        }
    }
}

/// Ends a turn in which the goroutine has ended.
fn ends(context: &Context, mut goroutine: Goroutine, by: EndedBy, now: Nanos) {
    end(context, goroutine.accounting(), by, now);
    context.keep_goroutine(goroutine);
}
