//! Checkpoints. At a checkpoint, a task that computes for long lets the run stop, and lets other
//! tasks go first.
//!
//! Scheduling is cooperative: nothing can take a processor from a task that computes. (Go's runtime
//! can take the processor at any point.) At a checkpoint the task stops if the run is to stop, and
//! gives its processor up if its time slice is over. On a thread that has other work, the task also
//! yields to the host when the thread has to return to the host. The task then continues before any
//! other task.

use std::future::poll_fn;
use std::panic::Location;
use std::task::Poll;

use crate::scheduling::context;
use crate::trace::{Place, Reason};

/// Stops the calling task if the run is to stop, and lets other tasks go first if the task's time
/// slice is over.
///
/// # Panics
///
/// When awaited outside a task.
#[track_caller]
pub fn checkpoint() -> impl Future<Output = ()> {
    checkpoint_at(Location::caller())
}

/// Makes a [`checkpoint`] in a function that computes on behalf of its caller. `place` is the place
/// at which the caller called that function.
///
/// # Panics
///
/// When awaited outside a task.
pub fn checkpoint_at(place: Place) -> impl Future<Output = ()> {
    let mut yielded = false;
    poll_fn(move |cx| {
        context::with(|context| {
            context.end_if_told_to_stop();
            if context.scheduler.is_ending() {
                // The task is never woken: the end of the run drops its future.
                return Poll::Pending;
            }
            context.flush_at_checkpoint();
            if yielded || !(context.slice_is_over() || context.has_to_yield_to_host()) {
                return Poll::Ready(());
            }
            yielded = true;
            context.will_stop(Reason::Yielded, None, Some(place));
            cx.waker().wake_by_ref();
            Poll::Pending
        })
    })
}

/// Lets the other ready tasks go first, as Go's `runtime.Gosched` does.
///
/// # Panics
///
/// When awaited outside a task.
#[track_caller]
pub fn yield_now() -> impl Future<Output = ()> {
    let place = Location::caller();
    let mut yielded = false;
    poll_fn(move |cx| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context::with(|context| context.will_stop(Reason::Yielded, None, Some(place)));
        cx.waker().wake_by_ref();
        Poll::Pending
    })
}
