//! A processor's own queue of ready tasks, and the random choices that the seed determines.
//!
//! The queue is first in, first out, with one exception: one time in four, the first task goes to
//! the end of the queue, and the second task is taken. The order is fair over time. A program that
//! works only in one order shows its fault. On one processor, the same seed gives the same order.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crossbeam_deque::{Stealer, Worker};

/// A source of one processor's random choices. The run's seed determines the choices.
#[derive(Debug)]
pub(crate) struct SeededChoices {
    numbers: RefCell<fastrand::Rng>,
    /// A random number. Each choice uses only two of its bits, because drawing a new number takes a
    /// good part of the time of a switch.
    bits: Cell<u64>,
    /// The number of further choices for which `bits` has unused bits.
    left: Cell<u32>,
}

impl SeededChoices {
    /// Creates the source for a processor.
    pub(crate) fn new(seed: u32, processor: usize) -> SeededChoices {
        let seed = u64::from(seed) << 32 | processor as u64;
        let numbers = RefCell::new(fastrand::Rng::with_seed(seed));
        SeededChoices { numbers, bits: Cell::new(0), left: Cell::new(0) }
    }

    /// Returns `true` one time in four.
    #[inline]
    fn one_in_four(&self) -> bool {
        if self.left.get() == 0 {
            self.bits.set(self.numbers.borrow_mut().u64(..));
            self.left.set(u64::BITS / 2);
        }
        let bits = self.bits.get();
        self.bits.set(bits >> 2);
        self.left.set(self.left.get() - 1);
        bits & 3 == 0
    }

    /// Returns a random index below `limit`.
    pub(crate) fn index_below(&self, limit: usize) -> usize {
        self.numbers.borrow_mut().usize(..limit)
    }
}

/// A processor's own queue. Its elements `T` are handles, and each handle runs a ready task.
#[derive(Debug)]
pub(crate) enum Queue<T> {
    /// The queue of a run's only processor. No other processor accesses it, so it needs none of the
    /// fences that make up most of the cost of a shared queue.
    Private(RefCell<VecDeque<T>>),
    /// A queue that other processors steal from.
    Shared(Worker<T>),
}

impl<T> Queue<T> {
    /// Creates a queue for each processor, and the handles by which other processors steal from the
    /// queues. A run with one processor gets no handle.
    #[cold]
    pub(crate) fn for_processors(processors: usize) -> (Vec<Queue<T>>, Box<[Stealer<T>]>) {
        if processors == 1 {
            return (vec![Queue::Private(RefCell::default())], Box::default());
        }
        let queues: Vec<_> = (0..processors).map(|_| Worker::new_fifo()).collect();
        let stealers = queues.iter().map(Worker::stealer).collect();
        (queues.into_iter().map(Queue::Shared).collect(), stealers)
    }

    #[inline]
    pub(crate) fn push(&self, task: T) {
        match self {
            Queue::Private(queue) => queue.borrow_mut().push_back(task),
            Queue::Shared(queue) => queue.push(task),
        }
    }

    #[inline(always)]
    pub(crate) fn pop(&self) -> Option<T> {
        match self {
            Queue::Private(queue) => queue.borrow_mut().pop_front(),
            Queue::Shared(queue) => queue.pop(),
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Queue::Private(queue) => queue.borrow().is_empty(),
            Queue::Shared(queue) => queue.is_empty(),
        }
    }

    /// Takes the next task. One time in four this is the second task, and the first task goes to
    /// the end.
    #[inline(always)]
    pub(crate) fn take(&self, choices: &SeededChoices) -> Option<T> {
        let first = self.pop()?;
        // If the queue holds no other task, the first task would come back at once.
        if choices.one_in_four() && !self.is_empty() {
            self.push(first);
            return self.pop();
        }
        Some(first)
    }
}
