//! Goroutines: tasks whose code is in the run's guest module (`guest.rs`).
//!
//! A goroutine has one owner at a time: the processor that is inside it, the queue that holds it
//! while it is ready, or its slot while it is blocked. The guest names a goroutine by the number of
//! its slot. Each slot has a lock of its own, so processors that wake different goroutines do not
//! wait for each other.
//!
//! A goroutine may be woken before it has stopped: another processor sees it in the guest's list of
//! waiting goroutines as soon as it is in that list. The slot then notes the wake-up, and the
//! goroutine is ready again as soon as it has stopped.

use super::accounting::{Accounting, RunEnd};
use super::poller::AnswerSlot;
use super::task::Task;
use crate::sync::{Arc, AtomicU32, Mutex, OnceLock, Ordering, lock};
use crate::trace::{Name, Nanos, TaskId};

/// A goroutine. `S` is the scheduler. This module must not import the scheduler, because the
/// scheduler imports this module.
#[derive(Debug)]
pub(crate) struct Goroutine<S>(Box<Parts<S>>, Exists);

/// A value of this type exists only if the runtime was compiled with guests. Without guests the
/// compiler knows that there is no goroutine, and leaves out all code for goroutines.
#[cfg(feature = "guests")]
#[derive(Debug)]
struct Exists;

#[cfg(not(feature = "guests"))]
#[derive(Debug)]
enum Exists {}

impl Exists {
    /// # Panics
    ///
    /// In a build without guests.
    #[cfg(feature = "guests")]
    fn new() -> Exists {
        Exists
    }

    #[cfg(not(feature = "guests"))]
    fn new() -> Exists {
        panic!("this build executes no guests");
    }
}

/// The parts of a goroutine. Only a pointer to them moves when the goroutine gets another owner.
#[derive(Debug)]
struct Parts<S> {
    accounting: Accounting<S>,
    number: u32,
    handle: u32,
    /// The answer to the goroutine's last request.
    answer: Option<AnswerSlot>,
}

impl<S: RunEnd> Goroutine<S> {
    #[inline]
    pub(crate) fn accounting(&mut self) -> &mut Accounting<S> {
        &mut self.0.accounting
    }

    #[inline]
    pub(crate) fn task(&self) -> &Task<S> {
        &self.0.accounting.task
    }

    /// Returns the number of the goroutine's slot.
    pub(crate) fn number(&self) -> u32 {
        self.0.number
    }

    /// Returns what the guest needs in order to continue the goroutine.
    #[inline]
    pub(crate) fn handle(&self) -> u32 {
        self.0.handle
    }

    /// Returns the slot of the answer to the goroutine's last request; `None` before its first request.
    pub(crate) fn answer(&mut self) -> &mut Option<AnswerSlot> {
        &mut self.0.answer
    }

    /// Turns a goroutine that has ended into a new one, which keeps the slot and the memory.
    pub(crate) fn renew(&mut self, id: TaskId, name: Name, handle: u32, now: Nanos) {
        (self.0.handle, self.0.answer) = (handle, None);
        self.0.accounting.renew(id, name, now);
    }
}

/// What a goroutine's slot holds.
#[derive(Debug)]
enum Slot<S> {
    /// The goroutine is running or ready, or has ended.
    NotBlocked,
    /// The goroutine was woken before it has stopped.
    Woken,
    /// The goroutine, which is blocked.
    Blocked(Goroutine<S>),
}

/// The number of slots in the first part of the table. Each further part is as large as all parts
/// before it.
const FIRST: u32 = 64;

/// The number of parts of the table.
const PARTS: usize = 1 + (u32::BITS - FIRST.ilog2()) as usize;

/// The slots in one part of the table.
type Part<S> = Box<[Mutex<Slot<S>>]>;

/// The goroutines of a run, by number. The table grows in parts that never move, so a slot is found
/// without a lock.
#[derive(Debug)]
pub(crate) struct Goroutines<S: 'static> {
    parts: [OnceLock<Part<S>>; PARTS],
    /// The number of slots that have been given to a goroutine.
    used: AtomicU32,
}

impl<S: RunEnd + 'static> Goroutines<S> {
    pub(crate) fn new() -> Goroutines<S> {
        Goroutines { parts: std::array::from_fn(|_| OnceLock::new()), used: AtomicU32::new(0) }
    }

    /// Creates a goroutine, with a slot of its own.
    #[cold]
    pub(crate) fn create(&self, task: Arc<Task<S>>, handle: u32, now: Nanos) -> Goroutine<S> {
        let number = self.used.fetch_add(1, Ordering::Relaxed);
        let (part, index) = part_of(number);
        let slots = self.parts[part].get_or_init(|| {
            let size = if part == 0 { FIRST } else { FIRST << (part - 1) };
            (0..size).map(|_| Mutex::new(Slot::NotBlocked)).collect()
        });
        debug_assert!(index < slots.len());
        let parts = Parts { accounting: Accounting::new(task, now), number, handle, answer: None };
        Goroutine(Box::new(parts), Exists::new())
    }

    fn slot(&self, number: u32) -> Option<&Mutex<Slot<S>>> {
        let (part, index) = part_of(number);
        self.parts[part].get()?.get(index)
    }

    /// Puts a goroutine that has stopped and waits into its slot. Returns the goroutine if it has
    /// been woken already.
    pub(crate) fn block(&self, goroutine: Goroutine<S>) -> Option<Goroutine<S>> {
        let slot = self.slot(goroutine.number()).expect("every goroutine has a slot");
        let mut slot = lock(slot);
        if matches!(*slot, Slot::Woken) {
            *slot = Slot::NotBlocked;
            return Some(goroutine);
        }
        *slot = Slot::Blocked(goroutine);
        None
    }

    /// Wakes the goroutine with this number. Returns the goroutine if it is blocked. If it has not
    /// stopped yet, it will be ready as soon as it stops. Does nothing if there is no such number.
    pub(crate) fn wake(&self, number: u32) -> Option<Goroutine<S>> {
        let mut slot = lock(self.slot(number)?);
        match std::mem::replace(&mut *slot, Slot::NotBlocked) {
            Slot::Blocked(goroutine) => Some(goroutine),
            Slot::NotBlocked | Slot::Woken => {
                *slot = Slot::Woken;
                None
            }
        }
    }

    fn slots(&self) -> impl Iterator<Item = &Mutex<Slot<S>>> {
        (0..self.used.load(Ordering::Relaxed)).filter_map(|number| self.slot(number))
    }

    /// Calls `f` with each blocked goroutine.
    pub(crate) fn for_each_blocked(&self, mut f: impl FnMut(&Goroutine<S>)) {
        for slot in self.slots() {
            if let Slot::Blocked(goroutine) = &*lock(slot) {
                f(goroutine);
            }
        }
    }

    /// Takes all blocked goroutines out of their slots.
    #[cold]
    #[inline(never)]
    pub(crate) fn take_blocked(&self) -> Vec<Goroutine<S>> {
        let take = |slot| match std::mem::replace(&mut *lock(slot), Slot::NotBlocked) {
            Slot::Blocked(goroutine) => Some(goroutine),
            Slot::NotBlocked | Slot::Woken => None,
        };
        self.slots().filter_map(take).collect()
    }
}

/// Returns the part of the table that holds a slot, and the slot's index in this part.
fn part_of(number: u32) -> (usize, usize) {
    match (number / FIRST).checked_ilog2() {
        None => (0, number as usize),
        Some(power) => (power as usize + 1, (number - (FIRST << power)) as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::super::accounting::Endless;
    use super::*;

    #[test]
    fn every_number_has_a_place_of_its_own_in_the_table() {
        let mut expected = (0, 0);
        for number in 0..10_000 {
            assert_eq!(part_of(number), expected, "{number}");
            let size = if expected.0 == 0 { FIRST } else { FIRST << (expected.0 - 1) } as usize;
            expected = if expected.1 + 1 == size {
                (expected.0 + 1, 0)
            } else {
                (expected.0, expected.1 + 1)
            };
        }
        assert_eq!(part_of(u32::MAX).0, PARTS - 1);
    }

    #[test]
    fn a_wake_up_before_the_stop_is_kept_and_one_after_it_gives_the_goroutine() {
        let goroutines = Goroutines::new();
        let task = Arc::new(Task::new(&Arc::new(Endless), 1, "waits".into()));
        let goroutine = goroutines.create(task, 8, 0);
        let number = goroutine.number();
        assert!(goroutines.wake(number).is_none());
        let goroutine = goroutines.block(goroutine).expect("it was woken already");
        assert!(goroutines.block(goroutine).is_none());
        assert_eq!(goroutines.wake(number).map(|goroutine| goroutine.handle()), Some(8));
        assert!(goroutines.wake(number + 1).is_none(), "there is a slot, but no goroutine");
        assert!(goroutines.wake(u32::MAX).is_none());
    }
}
