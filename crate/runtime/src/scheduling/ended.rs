//! What tasks that have ended leave to new tasks, so that new tasks use their memory.
//!
//! Tasks often end on other processors than the one that creates new tasks. So what they leave has to
//! move between processors. It moves in batches, so processors rarely meet at the lock of the shared
//! batches or at the lock of the allocator. Bonwick and Adams describe this in "Magazines and Vmem"
//! (2001).

use std::cell::RefCell;
use std::mem;

use crate::sync::{Mutex, lock};

/// The number of tasks in a batch.
const BATCH: usize = 64;

/// The batches that all processors share.
#[derive(Debug)]
pub(crate) struct SharedEnded<T> {
    batches: Mutex<Vec<Vec<T>>>,
    /// The largest number of batches. Further batches are dropped.
    most: usize,
}

impl<T> SharedEnded<T> {
    pub(crate) fn new(most: usize) -> SharedEnded<T> {
        SharedEnded { batches: Mutex::default(), most }
    }

    fn take(&self) -> Vec<T> {
        lock(&self.batches).pop().unwrap_or_default()
    }

    fn keep(&self, batch: Vec<T>) {
        let mut batches = lock(&self.batches);
        if batches.len() < self.most {
            batches.push(batch);
        }
    }

    pub(crate) fn clear(&self) {
        let batches = mem::take(&mut *lock(&self.batches));
        drop(batches);
    }
}

/// What one processor keeps for itself: a batch that grows and shrinks, and a full batch or an empty
/// one. With the second batch, a processor that creates and ends tasks in turn needs no shared batch.
#[derive(Debug)]
pub(crate) struct OwnEnded<T>(RefCell<[Vec<T>; 2]>);

impl<T> OwnEnded<T> {
    pub(crate) fn new() -> OwnEnded<T> {
        OwnEnded(RefCell::default())
    }

    /// Keeps what a task has left.
    #[inline]
    pub(crate) fn keep(&self, ended: T, shared: &SharedEnded<T>) {
        let [batch, full] = &mut *self.0.borrow_mut();
        batch.push(ended);
        if batch.len() == BATCH {
            mem::swap(batch, full);
            if !batch.is_empty() {
                shared.keep(mem::take(batch));
            }
        }
    }

    /// Takes what some task has left; `None` if there is nothing.
    #[inline]
    pub(crate) fn take(&self, shared: &SharedEnded<T>) -> Option<T> {
        let [batch, full] = &mut *self.0.borrow_mut();
        if batch.is_empty() {
            mem::swap(batch, full);
            if batch.is_empty() {
                *batch = shared.take();
            }
        }
        batch.pop()
    }

    pub(crate) fn clear(&self) {
        self.0.take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_processor_keeps_another_can_take() {
        let shared = SharedEnded::new(usize::MAX);
        let (ends, creates) = (OwnEnded::new(), OwnEnded::new());
        (0..1000).for_each(|task| ends.keep(task, &shared));
        let taken = std::iter::from_fn(|| creates.take(&shared)).count();
        let left = std::iter::from_fn(|| ends.take(&shared)).count();
        assert_eq!(taken + left, 1000);
        assert!((BATCH..2 * BATCH).contains(&left), "{left} left");
    }

    #[test]
    fn a_processor_that_creates_and_ends_in_turn_needs_no_shared_batch() {
        for begin in [BATCH - 1, BATCH] {
            let (shared, none) = (SharedEnded::new(usize::MAX), SharedEnded::new(0));
            let own = OwnEnded::new();
            (0..begin).for_each(|task| own.keep(task, &shared));
            for _ in 0..2 * BATCH {
                own.keep(0, &none);
                assert!(own.take(&none).is_some());
            }
            assert_eq!(std::iter::from_fn(|| own.take(&none)).count(), begin);
        }
    }

    #[test]
    fn the_shared_batches_are_no_more_than_they_may_be() {
        let shared = SharedEnded::new(2);
        let (ends, creates) = (OwnEnded::new(), OwnEnded::new());
        (0..1000).for_each(|task| ends.keep(task, &shared));
        assert_eq!(std::iter::from_fn(|| creates.take(&shared)).count(), 2 * BATCH);
    }
}
