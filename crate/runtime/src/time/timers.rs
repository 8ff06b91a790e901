//! The tasks of a run that sleep, each with its deadline.
//!
//! A guest keeps timers of its own. It names only its earliest deadline, and the goroutine that then
//! looks at its timers.

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
    /// The guest's earliest deadline, and the number of the goroutine to wake then.
    guest: Option<(Nanos, u32)>,
}

/// Who is woken at a deadline.
#[derive(Debug)]
pub(crate) enum Due {
    /// A task, by its waker.
    Task(Waker),
    /// The guest's goroutine with this number.
    Goroutine(u32),
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

    /// Sets the guest's earliest deadline, and the number of the goroutine to wake then. `None` clears
    /// the deadline. Returns whether the deadline is now the earliest.
    pub(crate) fn set_guest(&self, guest: Option<(Nanos, u32)>) -> bool {
        let mut sleepers = lock(&self.sleepers);
        sleepers.guest = guest;
        let before = self.earliest.swap(sleepers.earliest(), Ordering::AcqRel);
        guest.is_some_and(|(deadline, _)| deadline < before)
    }

    /// Removes the sleepers whose deadline is at or before `now`. Calls `wake` with the deadline of
    /// each of them, the earliest deadline first.
    pub(crate) fn take_due(&self, now: Nanos, mut wake: impl FnMut(Nanos, Due)) {
        while let Some((deadline, due)) = self.take_first_due(now) {
            wake(deadline, due);
        }
    }

    fn take_first_due(&self, now: Nanos) -> Option<(Nanos, Due)> {
        let mut sleepers = lock(&self.sleepers);
        let due = sleepers.take_first(now);
        self.earliest.store(sleepers.earliest(), Ordering::Release);
        due
    }

    /// Removes all sleepers without waking them.
    pub(crate) fn clear(&self) {
        self.earliest.store(NEVER, Ordering::Release);
        let sleepers = std::mem::take(&mut *lock(&self.sleepers));
        drop(sleepers);
    }
}

impl Sleepers {
    /// Returns the earliest deadline; [`NEVER`] if there is none.
    fn earliest(&self) -> Nanos {
        let guest = self.guest.map_or(NEVER, |(deadline, _)| deadline);
        self.heap.peek().map_or(guest, |Reverse(first)| guest.min(first.deadline))
    }

    /// Removes the sleeper with the earliest deadline if that is at or before `now`. A task comes
    /// before the guest's goroutine with the same deadline.
    fn take_first(&mut self, now: Nanos) -> Option<(Nanos, Due)> {
        let earliest = self.earliest();
        if earliest > now {
            return None;
        }
        if self.heap.peek().is_some_and(|Reverse(first)| first.deadline == earliest) {
            let Reverse(sleeper) = self.heap.pop()?;
            sleeper.fired.store(true, Ordering::Release);
            return Some((earliest, Due::Task(sleeper.waker)));
        }
        self.guest.take().map(|(deadline, number)| (deadline, Due::Goroutine(number)))
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

    #[test]
    fn a_guest_has_one_deadline_which_it_may_change_and_clear() {
        let timers = Timers::default();
        assert!(timers.set_guest(Some((30, 7))));
        assert!(!timers.set(40, Waker::noop().clone(), Arc::default()));
        assert!(timers.set_guest(Some((20, 7))));
        assert!(!timers.set_guest(Some((50, 8))), "it is later than before");
        assert_eq!(timers.earliest(), Some(40));
        assert_eq!(due(&timers, 45), [40]);
        timers.take_due(50, |deadline, due| {
            assert!(matches!((deadline, due), (50, Due::Goroutine(8))));
        });
        assert_eq!(timers.earliest(), None);
        timers.set_guest(Some((60, 8)));
        timers.set_guest(None);
        assert!(due(&timers, 70).is_empty());
    }
}
