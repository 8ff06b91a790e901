//! Who sleeps for want of ready tasks, who wakes whom, and when nobody ever can.
//!
//! A processor that finds nothing enters the list of parked ones and *then*
//! looks at all queues once more; whoever queues a task looks at the number of
//! parked ones *after* it has queued. Between the two steps of either stands a
//! sequentially consistent fence, so at least one of them sees the other, and
//! no task is left lying while a processor sleeps.
//!
//! One processor searches at a time: while one is awake and looking, for a while
//! before it sleeps, new work wakes no other. When it has found something it wakes
//! the next if more is left. It stops being a searcher before its last look, not after.
//!
//! Of the parked ones one, the timekeeper, sleeps no longer than to the
//! earliest deadline. The last one to park decides, under the lock, whether
//! the run is in deadlock: nobody is inside a task, no queue holds one, nobody
//! sleeps, no request is unanswered.

use std::time::Duration;

use crate::sync::{AtomicUsize, Mutex, OnceLock, Ordering, Thread, fence, lock, thread};
use crate::trace::Nanos;

/// What can keep a processor from sleeping for ever.
pub(crate) trait Work {
    /// Whether some queue holds a task.
    fn has_ready(&self) -> bool;
    /// The earliest deadline, if somebody sleeps.
    fn earliest(&self) -> Option<Nanos>;
    /// Whether a request to the world outside is unanswered. An answer queues its task first and
    /// is no longer pending after.
    fn awaits_io(&self) -> bool;
    /// Whether processors are to leave.
    fn is_ending(&self) -> bool;
    /// Turns the run's clock to `deadline`, if it is turned by hand.
    fn turn_clock_to(&self, deadline: Nanos) -> bool;
}

/// Who sleeps for want of ready tasks.
#[derive(Debug)]
pub(crate) struct Idle {
    list: Mutex<List>,
    /// The length of the list, for who only wants to know whether it is empty.
    parked: AtomicUsize,
    /// Processors awake in order to find a task.
    searching: AtomicUsize,
    /// The thread of each processor, once it is there. Its own token keeps it from falling asleep
    /// when it is woken between its last look and its sleep.
    threads: Box<[OnceLock<Thread>]>,
}

#[derive(Debug, Default)]
struct List {
    parked: Vec<usize>,
    timekeeper: Option<usize>,
}

/// What a processor that found nothing is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Look again: something has come.
    LookAgain,
    /// Sleep until woken, or until the deadline.
    Park(Option<Nanos>),
    /// Nothing can ever come: every task is blocked.
    Deadlock,
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

    /// The calling thread drives `processor` from now on.
    pub(crate) fn driven_by_this_thread(&self, processor: usize) {
        let _ = self.threads[processor].set(thread::current());
    }

    /// A task has been queued: wakes a processor if one sleeps and none is looking.
    pub(crate) fn work_has_come(&self) {
        fence(Ordering::SeqCst);
        if self.parked.load(Ordering::Relaxed) > 0 && self.searching() == 0 {
            self.wake_one();
        }
    }

    /// The earliest deadline has changed: whoever sleeps on the old one is to look again.
    pub(crate) fn deadline_has_come_forward(&self) {
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

    /// A processor that slept has found a task. If it was the timekeeper and others still sleep,
    /// one of them has to take over.
    pub(crate) fn keep_watch(&self, work: &impl Work) {
        if self.parked.load(Ordering::Relaxed) > 0
            && work.earliest().is_some()
            && lock(&self.list).timekeeper.is_none()
        {
            self.wake_one();
        }
    }

    /// Wakes everybody.
    pub(crate) fn wake_all(&self) {
        (0..self.threads.len()).for_each(|processor| self.wake(processor));
    }

    /// A processor starts to search beyond its own queue.
    pub(crate) fn search_begins(&self) {
        self.searching.fetch_add(1, Ordering::SeqCst);
    }

    /// How many processors search.
    #[inline]
    pub(crate) fn searching(&self) -> usize {
        self.searching.load(Ordering::Relaxed)
    }

    /// A processor's search is over. If it was the only one and `found` something, another may
    /// be needed for what is left.
    pub(crate) fn search_ends(&self, work: &impl Work, found: bool) {
        let last = self.searching.fetch_sub(1, Ordering::SeqCst) == 1;
        // Whoever queued a task and saw this searcher relies on it to see the task.
        fence(Ordering::SeqCst);
        if found && last && self.parked.load(Ordering::Relaxed) > 0 && work.has_ready() {
            self.work_has_come();
        }
    }

    /// `processor`, which searches no more, wants to sleep.
    pub(crate) fn enter(&self, work: &impl Work, processor: usize) -> Verdict {
        let mut list = lock(&self.list);
        list.parked.push(processor);
        self.parked.store(list.parked.len(), Ordering::Relaxed);
        fence(Ordering::SeqCst);
        let deadline = work.earliest();
        // Before the queues: a completion queues its task first and is no longer pending after.
        let awaits_io = work.awaits_io();
        if work.has_ready() || work.is_ending() {
            self.leave(&mut list, processor);
            return Verdict::LookAgain;
        }
        let all_parked = list.parked.len() == self.threads.len();
        match deadline {
            None if all_parked && !awaits_io => Verdict::Deadlock,
            Some(deadline) if all_parked && work.turn_clock_to(deadline) => {
                self.leave(&mut list, processor);
                Verdict::LookAgain
            }
            Some(deadline) if list.timekeeper.is_none() => {
                list.timekeeper = Some(processor);
                Verdict::Park(Some(deadline))
            }
            _ => Verdict::Park(None),
        }
    }

    /// Sleeps until woken or for `limit`, then leaves the list. Whether it was woken to search,
    /// in which case it counts as a searcher already.
    pub(crate) fn sleep(&self, processor: usize, limit: Option<Duration>) -> bool {
        match limit {
            None => thread::park(),
            Some(limit) => thread::park_timeout(limit),
        }
        self.awake(processor)
    }

    /// `processor`, which slept outside this runtime, is awake.
    pub(crate) fn awake(&self, processor: usize) -> bool {
        let mut list = lock(&self.list);
        let was_listed = self.leave(&mut list, processor);
        !was_listed
    }

    /// Takes `processor` off the list, and says whether it was on it.
    fn leave(&self, list: &mut List, processor: usize) -> bool {
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

    /// Takes a processor off the list and wakes it as a searcher. The timekeeper last: it is
    /// needed where it is.
    fn wake_one(&self) {
        let mut list = lock(&self.list);
        let timekeeper = list.timekeeper;
        let other = list.parked.iter().rev().find(|parked| Some(**parked) != timekeeper);
        let Some(processor) = other.copied().or(timekeeper) else { return };
        self.leave(&mut list, processor);
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

    use crate::sync::{Arc, AtomicUsize, Ordering};
    use crate::{Outcome, Pool, Run, Settings, WaitGroup, launch, sleep};

    /// The first to wake keeps its processor until all others have woken: the other processor
    /// has to take the watch over from it.
    #[test]
    fn somebody_always_keeps_watch() {
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
                    // Without a watch this would never end.
                    assert!(patience.elapsed() < Duration::from_secs(600), "nobody keeps watch");
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
