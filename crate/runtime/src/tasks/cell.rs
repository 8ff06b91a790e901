//! A task's cell: the future that it executes, and what is recorded at each of its turns.
//!
//! The cell comes from `async_task`. Its future is wrapped in [`TracedFuture`], which records when
//! a processor enters the task, why it leaves the task, and how the task ended.

use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use crate::scheduling::accounting::Accounting;
use crate::scheduling::context::{self, Context};
use crate::scheduling::end::Outcome;
use crate::scheduling::scheduler::{Ready, Runnable, Scheduler, Task};
use crate::scheduling::turn::{begin, end, panicked, stop};
use crate::sync::{Arc, AtomicUsize, Ordering};
use crate::trace::{EndedBy, MAIN, Name, Nanos, Place, Reason, TaskId};

/// The future that a task executes. It is boxed, because the compiler would otherwise generate the
/// code of a cell for each type of future. That code would be a tenth of the module.
pub type Function = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The number of cells whose future has not been dropped, over all runs.
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Returns the number of tasks whose future is alive, over all runs of this process. The number is
/// zero when no run is in progress.
pub fn live_cells() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// Starts a task, as Go's `go` statement does. The task runs when a processor takes it. No other
/// task waits for the new task unless the program says so.
///
/// # Panics
///
/// Outside a task.
#[track_caller]
pub fn go(name: impl Into<Name>, future: impl Future<Output = ()> + Send + 'static) {
    start(name.into(), Box::pin(future), Location::caller());
}

/// Starts a task with a boxed future: the part of [`go`] that all types of future share.
pub(super) fn start(name: Name, function: Function, place: Place) {
    context::with(|context| {
        let (parent, now) = (context.task(), context.stamp());
        let runnable = create(context.new_task(name), function, now);
        context.record_new(runnable.metadata(), parent, context.code(Some(place)), now);
        context.push(Ready::Future(runnable));
    });
}

/// Makes `task` execute `future`. The returned handle runs the task.
pub(crate) fn create(task: Arc<Task>, future: Function, now: Nanos) -> Runnable {
    LIVE.fetch_add(1, Ordering::Relaxed);
    let traced = TracedFuture {
        accounting: Accounting::new(task.clone(), now),
        future: Some(future),
        key: None,
    };
    let (runnable, handle) =
        async_task::Builder::new().metadata(task).spawn(|_| traced, async_task::WithInfo(schedule));
    handle.detach();
    runnable
}

/// Queues a task that has become ready. The task's wakers call this.
fn schedule(runnable: Runnable, info: async_task::ScheduleInfo) {
    context::find(Arc::as_ptr(&runnable.metadata().scheduler), |context| match context {
        Some(context) => context.make_ready(Ready::Future(runnable), info.woken_while_running),
        None => runnable.metadata().scheduler.clone().make_ready(Ready::Future(runnable)),
    });
}

/// The wrapper of a task's future. It records each turn of the task.
struct TracedFuture {
    accounting: Accounting<Scheduler>,
    /// The future; `None` after it has ended. It is dropped as soon as it has ended, so its
    /// destructors run inside the task.
    future: Option<Function>,
    /// The key under which the scheduler has registered the task; `None` if the task has never been
    /// blocked.
    key: Option<u32>,
}

impl Drop for TracedFuture {
    fn drop(&mut self) {
        let sums = self.future.is_some().then(|| self.accounting.cut_off());
        let task = &self.accounting.task;
        let scheduler = &task.scheduler;
        if let Some(key) = self.key {
            scheduler.unregister(key);
        }
        context::find(Arc::as_ptr(scheduler), |context| match (context, sums) {
            (Some(context), Some(sums)) => context.record_ended(sums),
            // Wakers often hold a task that was blocked. Then no new task could use its memory.
            (Some(context), None) if self.key.is_none() => context.keep_task(task.clone()),
            (None, Some(sums)) => scheduler.record_ended(sums),
            (_, None) => {}
        });
        LIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Future for TracedFuture {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> Poll<()> {
        let TracedFuture { accounting, future, key } = self.get_mut();
        context::with(|context| {
            begin(context, accounting);
            let result = catch_unwind(AssertUnwindSafe(|| {
                let Some(running) = future else { return Poll::Ready(()) };
                let poll = running.as_mut().poll(cx);
                if poll.is_ready() {
                    *future = None;
                }
                poll
            }));
            if let Ok(Poll::Pending) = result {
                let (now, why) = (context.turn_ends(), context.take_stop());
                if why.reason != Reason::Yielded && key.is_none() {
                    *key = Some(context.scheduler.register(cx.waker(), &accounting.task));
                }
                stop(context, accounting, why, now);
                return Poll::Pending;
            }
            // The end of main and a panic end the run, so read the clock even without a trace.
            let is_main = accounting.task.id == MAIN;
            let timed = is_main || result.is_err();
            let now = if timed { context.now() } else { context.turn_ends() };
            let by = match result {
                Ok(_) => EndedBy::Returned,
                Err(panic) => {
                    panicked(&context.scheduler, &accounting.task.name, panic, now);
                    let broken = future.take();
                    // A destructor of the future may panic, too. The run reports only the first
                    // panic.
                    let _ = catch_unwind(AssertUnwindSafe(|| drop(broken)));
                    EndedBy::Panicked
                }
            };
            end(context, accounting, by, now);
            if is_main {
                context.scheduler.end(Outcome::Completed, String::new(), now);
            }
            Poll::Ready(())
        })
    }
}

/// Runs a task from its creation to its end without giving up the processor. Returns `None` if the
/// task panicked. The panic ends the run.
pub(crate) fn run_at_once<T>(
    context: &Context,
    parent: TaskId,
    name: Name,
    place: Place,
    work: impl FnOnce() -> T,
) -> Option<T> {
    let task = context.new_task(name);
    // The processor may have waited since the last reading of the clock.
    context.invalidate_reading();
    let now = context.stamp();
    context.record_new(&task, parent, context.code(Some(place)), now);
    let mut accounting = Accounting::new(task, now);
    begin(context, &mut accounting);
    let result = catch_unwind(AssertUnwindSafe(work));
    // A piece of a fork-join computes. So the clock is always read at its end, even if earlier
    // pieces were short.
    let now = context.now();
    let (by, value) = match result {
        Ok(value) => (EndedBy::Returned, Some(value)),
        Err(panic) => {
            panicked(&context.scheduler, &accounting.task.name, panic, now);
            (EndedBy::Panicked, None)
        }
    };
    end(context, &mut accounting, by, now);
    value
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Waker;

    use super::*;
    use crate::sync::{Mutex, lock};
    use crate::{Pool, Run, Settings, WaitGroup, launch, yield_now};

    /// A waker of an ended task may outlive the task. It must not wake the task that comes next.
    #[test]
    fn a_new_task_never_uses_the_memory_of_one_that_a_waker_holds() {
        for processors in [1, 2] {
            let settings = Settings { processors, ..Settings::default() };
            let (end, batch) = Run::complete(&Pool::new(processors), settings, async {
                let wakers: Arc<Mutex<Vec<Waker>>> = Arc::default();
                let group = WaitGroup::new();
                for _ in 0..100 {
                    let wakers = wakers.clone();
                    let leaves_a_waker = poll_fn(move |cx| {
                        lock(&wakers).push(cx.waker().clone());
                        Poll::Ready(())
                    });
                    launch(&group, "leaves a waker", leaves_a_waker).await;
                    launch(&group, "leaves none", async {}).await;
                    group.wait().await;
                }
                for _ in 0..300 {
                    launch(&group, "yields", async { yield_now().await }).await;
                }
                let left = std::mem::take(&mut *lock(&wakers));
                assert_eq!(left.len(), 100);
                left.into_iter().for_each(Waker::wake);
                group.wait().await;
            });
            assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
            let mut ended: Vec<_> = batch.ended.iter().map(|sums| sums.task).collect();
            ended.sort_unstable();
            assert!(ended.into_iter().eq(0..501), "each id belongs to one task");
            let yields = batch.names.iter().filter(|named| named.name.to_string() == "yields");
            assert_eq!(yields.count(), 300);
        }
    }
}
