//! The tasks of a run that sleep, each with its deadline.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::task::Waker;

use crate::sync::{Arc, AtomicBool, AtomicU64, Mutex, Ordering, lock};
use crate::trace::{NEVER, Nanos};

/// The sleeping tasks of a run.
#[derive(Debug)]
pub(crate) struct Timers {
    /// The earliest deadline; [`NEVER`] if no task sleeps.
    earliest: AtomicU64,
    sleepers: Mutex<Sleepers>,
}

#[derive(Debug, Default)]
struct Sleepers {
    /// The number of the next sleeper. Sleepers with the same deadline wake in the order of their
    /// numbers.
    set: u64,
    heap: BinaryHeap<Reverse<Sleeper>>,
}

#[derive(Debug)]
struct Sleeper {
    deadline: Nanos,
    number: u64,
    waker: Waker,
    fired: Arc<AtomicBool>,
}

impl Default for Timers {
    fn default() -> Timers {
        Timers { earliest: AtomicU64::new(NEVER), sleepers: Mutex::default() }
    }
}

impl Timers {
    /// Returns the earliest deadline; `None` if no task sleeps.
    pub(crate) fn earliest(&self) -> Option<Nanos> {
        Some(self.earliest.load(Ordering::Acquire)).filter(|deadline| *deadline != NEVER)
    }

    /// Adds a sleeper. Returns whether its deadline is now the earliest.
    pub(crate) fn set(&self, deadline: Nanos, waker: Waker, fired: Arc<AtomicBool>) -> bool {
        let mut sleepers = lock(&self.sleepers);
        let number = sleepers.set;
        sleepers.set += 1;
        sleepers.heap.push(Reverse(Sleeper { deadline, number, waker, fired }));
        let is_earliest = deadline < self.earliest.load(Ordering::Relaxed);
        if is_earliest {
            self.earliest.store(deadline, Ordering::Release);
        }
        is_earliest
    }

    /// Removes the sleepers whose deadline is at or before `now`. Calls `wake` with the deadline
    /// and the waker of each of them, the earliest deadline first.
    pub(crate) fn take_due(&self, now: Nanos, mut wake: impl FnMut(Nanos, Waker)) {
        while let Some(sleeper) = self.take_first_due(now) {
            sleeper.fired.store(true, Ordering::Release);
            wake(sleeper.deadline, sleeper.waker);
        }
    }

    fn take_first_due(&self, now: Nanos) -> Option<Sleeper> {
        let mut sleepers = lock(&self.sleepers);
        let Reverse(first) = sleepers.heap.peek()?;
        let due = if first.deadline <= now { sleepers.heap.pop() } else { None };
        let earliest = sleepers.heap.peek().map_or(NEVER, |Reverse(sleeper)| sleeper.deadline);
        self.earliest.store(earliest, Ordering::Release);
        due.map(|Reverse(sleeper)| sleeper)
    }

    /// Removes all sleepers without waking them.
    pub(crate) fn clear(&self) {
        self.earliest.store(NEVER, Ordering::Release);
        let sleepers = std::mem::take(&mut lock(&self.sleepers).heap);
        drop(sleepers);
    }
}

impl PartialEq for Sleeper {
    fn eq(&self, other: &Sleeper) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Sleeper {}

impl PartialOrd for Sleeper {
    fn partial_cmp(&self, other: &Sleeper) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sleeper {
    fn cmp(&self, other: &Sleeper) -> std::cmp::Ordering {
        (self.deadline, self.number).cmp(&(other.deadline, other.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(timers: &Timers, now: Nanos) -> Vec<Nanos> {
        let mut deadlines = Vec::new();
        timers.take_due(now, |deadline, _| deadlines.push(deadline));
        deadlines
    }

    #[test]
    fn sleepers_wake_in_the_order_of_their_deadlines() {
        let timers = Timers::default();
        let mut first = Vec::new();
        for deadline in [30, 10, 20, 10] {
            first.push(timers.set(deadline, Waker::noop().clone(), Arc::default()));
        }
        assert_eq!(first, [true, true, false, false]);
        assert_eq!(timers.earliest(), Some(10));
        assert!(due(&timers, 9).is_empty());
        assert_eq!(due(&timers, 20), [10, 10, 20]);
        assert_eq!(timers.earliest(), Some(30));
        assert_eq!(due(&timers, 30), [30]);
        assert_eq!(timers.earliest(), None);
    }
}
