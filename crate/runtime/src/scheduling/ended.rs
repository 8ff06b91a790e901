//! What tasks that have ended leave to new tasks, so that new tasks use their memory.
//!
//! Each processor has a list of its own. The task may end on another processor than the one that
//! creates new tasks. So a processor whose list is long moves half of it to a shared list, and a
//! processor whose list is empty takes as many from there. Thus processors rarely meet at the lock
//! of the shared list, or at the lock of the allocator.

use std::cell::RefCell;

use crate::sync::{Mutex, lock};

/// The length at which a processor's list is too long.
const LONG: usize = 64;

/// The list that all processors share.
#[derive(Debug)]
pub(crate) struct SharedEnded<T> {
    list: Mutex<Vec<T>>,
    /// The greatest length of the list. What does not fit is dropped.
    most: usize,
}

impl<T> SharedEnded<T> {
    pub(crate) fn new(most: usize) -> SharedEnded<T> {
        SharedEnded { list: Mutex::default(), most }
    }

    #[cold]
    fn take(&self) -> Vec<T> {
        let mut list = lock(&self.list);
        let rest = list.len().saturating_sub(LONG / 2);
        list.split_off(rest)
    }

    #[cold]
    fn keep(&self, ended: impl Iterator<Item = T>) {
        let mut list = lock(&self.list);
        let room = self.most - list.len();
        list.extend(ended.take(room));
    }

    pub(crate) fn clear(&self) {
        let list = std::mem::take(&mut *lock(&self.list));
        drop(list);
    }
}

/// The list of one processor.
#[derive(Debug)]
pub(crate) struct OwnEnded<T>(RefCell<Vec<T>>);

impl<T> OwnEnded<T> {
    pub(crate) fn new() -> OwnEnded<T> {
        OwnEnded(RefCell::default())
    }

    /// Keeps what a task has left.
    #[inline]
    pub(crate) fn keep(&self, ended: T, shared: &SharedEnded<T>) {
        let mut list = self.0.borrow_mut();
        list.push(ended);
        if list.len() > LONG {
            shared.keep(list.drain(LONG / 2..));
        }
    }

    /// Takes what some task has left; `None` if neither list has anything.
    #[inline]
    pub(crate) fn take(&self, shared: &SharedEnded<T>) -> Option<T> {
        let mut list = self.0.borrow_mut();
        if list.is_empty() {
            *list = shared.take();
        }
        list.pop()
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
        assert!((1000 - LONG..1000).contains(&taken), "{taken} taken");
        assert!(ends.take(&shared).is_some(), "a processor keeps some for itself");
    }

    #[test]
    fn the_shared_list_keeps_no_more_than_it_may() {
        let shared = SharedEnded::new(100);
        let (ends, creates) = (OwnEnded::new(), OwnEnded::new());
        (0..1000).for_each(|task| ends.keep(task, &shared));
        assert_eq!(std::iter::from_fn(|| creates.take(&shared)).count(), 100);
        assert_eq!(ends.take(&SharedEnded::new(0)), Some(999), "the newest is still in the cache");
    }
}
