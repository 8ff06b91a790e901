//! Waiting until a time is over.

use std::future::poll_fn;
use std::panic::Location;
use std::task::Poll;
use std::time::Duration;

use crate::scheduling::context;
use crate::sync::{Arc, AtomicBool, Ordering};
use crate::trace::{NEVER, Nanos, Place, Reason};

/// Waits for `duration`. The processor is free meanwhile. The wait ends when `duration` is over, or
/// later. If `duration` is zero, there is no wait, as with Go's `time.Sleep`.
///
/// # Panics
///
/// When awaited outside a task, unless `duration` is zero.
#[track_caller]
pub fn sleep(duration: Duration) -> impl Future<Output = ()> {
    sleep_at(duration, Location::caller())
}

async fn sleep_at(duration: Duration, place: Place) {
    if duration.is_zero() {
        return;
    }
    let fired = Arc::new(AtomicBool::new(false));
    let mut set = false;
    poll_fn(|cx| {
        if fired.load(Ordering::Acquire) {
            return Poll::Ready(());
        }
        context::with(|context| {
            if !set {
                set = true;
                let duration = Nanos::try_from(duration.as_nanos()).unwrap_or(NEVER);
                let deadline = context.now().saturating_add(duration);
                let waker = cx.waker().clone();
                context.scheduler.set_timer(deadline, waker, fired.clone());
            }
            context.will_stop(Reason::Sleep, None, Some(place));
        });
        Poll::Pending
    })
    .await;
}
