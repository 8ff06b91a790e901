//! How processors park if no task is ready, how they are woken, and when a run is in deadlock.
//!
//! A processor that finds no task enters the list of parked processors, and *then* checks all
//! queues once more. A thread that queues a task checks the number of parked processors *after* it
//! has queued the task. Each side has a sequentially consistent fence between its two steps. So at
//! least one side sees the first step of the other side, and no wake-up is lost.
//!
//! One searching processor is enough. A processor searches for a while before it parks, and new
//! tasks wake no other processor meanwhile. A searcher that has found a task wakes the next
//! processor if more tasks are queued. A processor that will park stops counting as a searcher
//! before its last check of the queues, not after it.
//!
//! One of the parked processors, the *timekeeper*, waits only until the earliest deadline. The last
//! processor to park decides, under the lock, whether the run is in deadlock: no processor is
//! inside a task, no queue holds a task, no task sleeps, and no request is unanswered.

use std::time::Duration;

use crate::sync::{AtomicUsize, Mutex, OnceLock, Ordering, Thread, fence, lock, thread};
use crate::trace::Nanos;

/// The state of a run that decides whether and how long a processor may park.
pub(crate) trait RunState {
    /// Returns whether a queue holds a task.
    fn has_ready_task(&self) -> bool;
    /// Returns the earliest deadline; `None` if no task sleeps.
    fn earliest_deadline(&self) -> Option<Nanos>;
    /// Returns whether a request to the world outside is pending. When a request is answered, its
    /// task is queued first. After that the request is no longer pending.
    fn awaits_io(&self) -> bool;
    /// Returns whether every processor has something to do: the run is ending, or the gate is closed.
    fn needs_all(&self) -> bool;
    /// Advances a manual clock to `deadline`. Returns `false` if the run uses real time.
    fn advance_clock_to(&self, deadline: Nanos) -> bool;
}

/// The parked and the searching processors of a run.
#[derive(Debug)]
pub(crate) struct Idle {
    list: Mutex<List>,
    /// A copy of the list's length, with which a check for an empty list needs no lock.
    parked: AtomicUsize,
    /// The number of processors that search for a task.
    searching: AtomicUsize,
    /// The thread of each processor, from the time at which it drives the processor. If a thread is
    /// woken between its last check and its park, the thread's own park token makes the park return
    /// at once.
    threads: Box<[OnceLock<Thread>]>,
}

#[derive(Debug, Default)]
struct List {
    parked: Vec<usize>,
    timekeeper: Option<usize>,
    /// The latest time at which a processor has found no task, on that processor's clock.
    latest: Nanos,
}

/// What a processor that found no task has to do: park, or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParkDecision {
    /// Search again: a task was queued, every processor has something to do, or the clock was
    /// advanced.
    SearchAgain,
    /// Park until woken, or until the deadline if there is one.
    Park(Option<Nanos>),
    /// End the run at this time: every task is blocked, and nothing can wake a task. By no
    /// processor's clock has anything happened later.
    Deadlock(Nanos),
}

impl Idle {
    pub(crate) fn new(processors: usize) -> Idle {
        Idle {
            list: Mutex::default(),
            parked: AtomicUsize::new(0),
            searching: AtomicUsize::new(0),
            threads: (0..processors).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Registers the calling thread as the thread that drives `processor`.
    pub(crate) fn register_this_thread(&self, processor: usize) {
        let _ = self.threads[processor].set(thread::current());
    }

    /// Wakes a processor if one is parked and none searches. Must be called after a task was
    /// queued.
    pub(crate) fn wake_for_queued_task(&self) {
        fence(Ordering::SeqCst);
        if self.parked.load(Ordering::Relaxed) > 0 && self.searching() == 0 {
            self.wake_one();
        }
    }

    /// Wakes the timekeeper, or any parked processor if there is no timekeeper. Must be called when
    /// the earliest deadline has become earlier.
    pub(crate) fn wake_for_earlier_deadline(&self) {
        fence(Ordering::SeqCst);
        if self.parked.load(Ordering::Relaxed) == 0 {
            return;
        }
        let timekeeper = lock(&self.list).timekeeper;
        match timekeeper {
            Some(processor) => self.wake(processor),
            None => self.wake_one(),
        }
    }

    /// Wakes a parked processor as the new timekeeper if a task sleeps and there is no timekeeper.
    /// Must be called by a processor that has found a task after it was idle, because this
    /// processor may have been the timekeeper.
    pub(crate) fn ensure_timekeeper(&self, run: &impl RunState) {
        if self.parked.load(Ordering::Relaxed) > 0
            && run.earliest_deadline().is_some()
            && lock(&self.list).timekeeper.is_none()
        {
            self.wake_one();
        }
    }

    /// Wakes all processors.
    pub(crate) fn wake_all(&self) {
        (0..self.threads.len()).for_each(|processor| self.wake(processor));
    }

    /// Counts a processor that starts to search beyond its own queue.
    pub(crate) fn search_begins(&self) {
        self.searching.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns the number of processors that search.
    #[inline]
    pub(crate) fn searching(&self) -> usize {
        self.searching.load(Ordering::Relaxed)
    }

    /// Ends a processor's search. If the processor was the only searcher and has `found` a task,
    /// this wakes another processor for the tasks that are still queued.
    pub(crate) fn search_ends(&self, run: &impl RunState, found: bool) {
        let last = self.searching.fetch_sub(1, Ordering::SeqCst) == 1;
        // A thread that queued a task and saw this searcher relies on the searcher to see the task.
        fence(Ordering::SeqCst);
        if found && last && self.parked.load(Ordering::Relaxed) > 0 && run.has_ready_task() {
            self.wake_for_queued_task();
        }
    }

    /// Adds `processor`, which no longer searches, to the list of parked processors, and returns
    /// what the processor has to do. `now` is the time on the processor's clock.
    pub(crate) fn prepare_to_park(
        &self,
        run: &impl RunState,
        processor: usize,
        now: Nanos,
    ) -> ParkDecision {
        let mut list = lock(&self.list);
        list.latest = list.latest.max(now);
        list.parked.push(processor);
        self.parked.store(list.parked.len(), Ordering::Relaxed);
        fence(Ordering::SeqCst);
        let deadline = run.earliest_deadline();
        // I/O is checked before the queues, because a completion first queues its task, and is
        // pending until the task is queued.
        let awaits_io = run.awaits_io();
        if run.has_ready_task() || run.needs_all() {
            self.unlist(&mut list, processor);
            return ParkDecision::SearchAgain;
        }
        let all_parked = list.parked.len() == self.threads.len();
        match deadline {
            None if all_parked && !awaits_io => ParkDecision::Deadlock(list.latest),
            Some(deadline) if all_parked && run.advance_clock_to(deadline) => {
                self.unlist(&mut list, processor);
                ParkDecision::SearchAgain
            }
            Some(deadline) if list.timekeeper.is_none() => {
                list.timekeeper = Some(processor);
                ParkDecision::Park(Some(deadline))
            }
            _ => ParkDecision::Park(None),
        }
    }

    /// Parks the thread until it is woken or `limit` is over, then takes `processor` off the list.
    /// Returns whether the processor was woken to search. In that case the processor counts as a
    /// searcher already.
    pub(crate) fn park(&self, processor: usize, limit: Option<Duration>) -> bool {
        match limit {
            None => thread::park(),
            Some(limit) => thread::park_timeout(limit),
        }
        self.resume(processor)
    }

    /// Takes `processor`, which is no longer parked, off the list. Returns whether the processor
    /// was woken to search. A driver calls this directly, because the driver's thread waits outside
    /// the runtime.
    pub(crate) fn resume(&self, processor: usize) -> bool {
        let mut list = lock(&self.list);
        let was_listed = self.unlist(&mut list, processor);
        !was_listed
    }

    /// Takes `processor` off the list, and returns whether it was listed.
    fn unlist(&self, list: &mut List, processor: usize) -> bool {
        if list.timekeeper == Some(processor) {
            list.timekeeper = None;
        }
        let place = list.parked.iter().position(|parked| *parked == processor);
        if let Some(place) = place {
            list.parked.swap_remove(place);
            self.parked.store(list.parked.len(), Ordering::Relaxed);
        }
        place.is_some()
    }

    /// Takes a processor off the list and wakes it as a searcher. The timekeeper is woken only if
    /// no other processor is parked, because the timekeeper has to watch the deadline.
    fn wake_one(&self) {
        let mut list = lock(&self.list);
        let timekeeper = list.timekeeper;
        let other = list.parked.iter().rev().find(|parked| Some(**parked) != timekeeper);
        let Some(processor) = other.copied().or(timekeeper) else { return };
        self.unlist(&mut list, processor);
        self.searching.fetch_add(1, Ordering::SeqCst);
        drop(list);
        self.wake(processor);
    }

    fn wake(&self, processor: usize) {
        if let Some(thread) = self.threads[processor].get() {
            thread.unpark();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Idle, Nanos, ParkDecision, RunState};
    use crate::sync::{Arc, AtomicUsize, Ordering};
    use crate::{Outcome, Pool, Run, Settings, WaitGroup, launch, sleep};

    /// A run in which every task is blocked, and nothing can wake a task.
    struct AllBlocked;

    impl RunState for AllBlocked {
        fn has_ready_task(&self) -> bool {
            false
        }

        fn earliest_deadline(&self) -> Option<Nanos> {
            None
        }

        fn awaits_io(&self) -> bool {
            false
        }

        fn needs_all(&self) -> bool {
            false
        }

        fn advance_clock_to(&self, _: Nanos) -> bool {
            false
        }
    }

    #[test]
    fn a_deadlock_is_not_earlier_than_what_a_clock_that_runs_ahead_has_shown() {
        let idle = Idle::new(2);
        assert_eq!(idle.prepare_to_park(&AllBlocked, 0, 70), ParkDecision::Park(None));
        assert_eq!(idle.prepare_to_park(&AllBlocked, 1, 50), ParkDecision::Deadlock(70));
    }

    /// The first task to wake keeps its processor until all other tasks have woken. So the second
    /// processor has to become the timekeeper.
    #[test]
    fn there_is_always_a_timekeeper() {
        let settings =
            Settings { processors: 2, time_slice: Duration::ZERO, ..Settings::default() };
        let woken = Arc::new(AtomicUsize::new(0));
        let (end, _) = Run::complete(&Pool::new(2), settings, async move {
            let group = WaitGroup::new();
            let seen = woken.clone();
            launch(&group, "keeps its processor", async move {
                sleep(Duration::from_millis(5)).await;
                let patience = Instant::now();
                while seen.load(Ordering::Relaxed) < 4 {
                    // Without a timekeeper this loop would never end.
                    assert!(
                        patience.elapsed() < Duration::from_secs(600),
                        "there is no timekeeper"
                    );
                    std::hint::spin_loop();
                }
            })
            .await;
            for n in 1..=4 {
                let woken = woken.clone();
                launch(&group, "sleeps", async move {
                    sleep(Duration::from_millis(5 + 5 * n)).await;
                    woken.fetch_add(1, Ordering::Relaxed);
                })
                .await;
            }
            group.wait().await;
        });
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    }
}
