//! Rayon's fork-join on the processors of a run.
//!
//! A parallel iterator splits its work into pieces that rayon's threads steal from each other. If a
//! task used the iterator without this module, one of two things would happen:
//! - If all threads of the pool have entered the run, the task's thread runs all pieces. Each other
//!   thread drives a processor, or is blocked until the run ends (`Pool::occupy`).
//! - A thread that has not entered the run yet takes pieces, although it drives no processor.
//!
//! So the runtime blocks the calling task, and the task's processor runs the iterator between two
//! turns. It first waits until all threads have entered the run. Processors that find no task run
//! pieces, too. Each piece is a task of its own in the trace.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::task::Poll;

use super::cell;
use crate::scheduling::context;
use crate::scheduling::scheduler::Scheduler;
use crate::sync::{Arc, Mutex, Ordering, lock, thread};
use crate::trace::{Name, Place, Reason, TaskId};

/// Runs a parallel iterator. `work` is called once, and has to wrap each piece in [`Fork::piece`].
/// The pieces run on the task's processor, and on the processors of this run that have no task to
/// run.
///
/// # Panics
///
/// When awaited outside a task.
#[track_caller]
pub fn fork_join<T: Send + 'static>(
    work: impl FnOnce(&Fork) -> T + Send + 'static,
) -> impl Future<Output = T> {
    fork_join_at(work, Location::caller())
}

async fn fork_join_at<T: Send + 'static>(
    work: impl FnOnce(&Fork) -> T + Send + 'static,
    place: Place,
) -> T {
    let slot = Arc::new(Mutex::new(None::<std::thread::Result<T>>));
    let mut work = Some(work);
    poll_fn(|cx| {
        if let Some(result) = lock(&slot).take() {
            // A panic in `work`, but outside its pieces, counts as a panic of the calling task.
            return Poll::Ready(result.unwrap_or_else(|panic| resume_unwind(panic)));
        }
        let Some(work) = work.take() else { return Poll::Pending };
        context::with(|context| {
            let (scheduler, parent) = (context.scheduler.clone(), context.task());
            let (slot, waker) = (slot.clone(), cx.waker().clone());
            context.defer(Box::new(move || {
                let fork = Fork { scheduler, parent };
                // Wait until all threads have entered the run. A thread that has not entered it
                // would take pieces, too.
                while fork.scheduler.awaits_threads() {
                    thread::yield_now();
                }
                fork.scheduler.forks.fetch_add(1, Ordering::SeqCst);
                fork.scheduler.idle.wake_all();
                let result = catch_unwind(AssertUnwindSafe(|| work(&fork)));
                fork.scheduler.forks.fetch_sub(1, Ordering::SeqCst);
                *lock(&slot) = Some(result);
                waker.wake();
            }));
            context.will_stop(Reason::ForkJoin, None, Some(place));
        });
        Poll::Pending
    })
    .await
}

/// A fork-join in progress. It runs the pieces.
#[derive(Debug)]
pub struct Fork {
    scheduler: Arc<Scheduler>,
    parent: TaskId,
}

impl Fork {
    /// Runs one piece as a task of its own, a child of the task that called [`fork_join`]. Returns
    /// `None` if the piece panicked. If the run is ending, `piece` returns `None` and does not call
    /// `work`.
    ///
    /// # Panics
    ///
    /// On a thread that drives no processor.
    #[track_caller]
    pub fn piece<T>(&self, name: impl Into<Name>, work: impl FnOnce() -> T) -> Option<T> {
        if !self.goes_on() {
            return None;
        }
        let place = Location::caller();
        context::with(|context| cell::run_at_once(context, self.parent, name.into(), place, work))
    }

    /// Returns `false` if the run is ending or has been told to stop; else `true`. A piece that
    /// computes for long has to call this now and then, and to return early after `false`. A piece
    /// can't await a [`checkpoint`](super::checkpoint) instead.
    ///
    /// # Panics
    ///
    /// On a thread that drives no processor.
    pub fn goes_on(&self) -> bool {
        context::with(|context| {
            context.end_if_told_to_stop();
            !context.scheduler.is_ending()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rayon::iter::{IntoParallelIterator, ParallelIterator};

    use super::fork_join;
    use crate::trace::{Event, MAIN, Name, Nanos};
    use crate::{Outcome, Pool, Run, Settings, print, processor};

    const PIECES: u32 = 64;

    /// The number of pieces that take no time.
    const QUICK: u32 = 32;

    /// The least time that each of the remaining pieces takes, in nanoseconds.
    const TAKES: Nanos = 200_000;

    async fn squares(processors: usize) {
        let sum: u32 = fork_join(move |fork| {
            let square = |n| {
                let name = Name::numbered("piece", n);
                fork.piece(name, || {
                    assert!((processor() as usize) < processors);
                    if n >= QUICK {
                        std::thread::sleep(Duration::from_nanos(TAKES));
                    }
                    n * n
                })
            };
            (0..PIECES).into_par_iter().filter_map(square).sum()
        })
        .await;
        print(sum.to_string());
    }

    #[test]
    fn pieces_are_tasks_on_the_processors_of_the_run_and_on_no_other_thread() {
        let pool = Pool::new(4);
        for processors in 1..=3 {
            let settings = Settings { processors, ..Settings::default() };
            let (end, batch) = Run::complete(&pool, settings, squares(processors));
            assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
            assert_eq!(batch.output.chunks().next().unwrap().1, b"85344\n");
            let created =
                |event: &Event| matches!(event, Event::TaskCreated { parent: Some(MAIN), .. });
            let inside: Nanos = end.totals.processors.iter().map(|processor| processor.busy).sum();
            assert_eq!(inside, batch.ended.iter().map(|task| task.running).sum::<Nanos>());
            let long = batch.ended.iter().filter(|task| task.task != MAIN && task.running >= TAKES);
            assert!(long.count() >= (PIECES - QUICK) as usize, "each is timed by itself");
            let pieces = batch.events.iter().filter(|(_, timed)| created(&timed.event));
            assert_eq!(pieces.count(), PIECES as usize);
        }
    }

    #[test]
    fn a_piece_that_panics_ends_the_run_under_its_own_name() {
        let (end, _) = Run::complete(&Pool::new(2), Settings::default(), async {
            fork_join(|fork| {
                (0..8).into_par_iter().for_each(|n| {
                    fork.piece("bad piece", || assert!(n != 5, "five"));
                });
            })
            .await;
        });
        assert_eq!(end.outcome, Outcome::Panicked);
        assert_eq!(end.message, "Task “bad piece” panicked: five");
    }

    #[test]
    fn a_panic_beside_the_pieces_is_the_tasks() {
        let (end, _) = Run::complete(&Pool::new(1), Settings::default(), async {
            fork_join(|_| panic!("outside")).await
        });
        assert_eq!(end.message, "Task “main” panicked: outside");
    }
}
