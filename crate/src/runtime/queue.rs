//! A processor's own queue of ready tasks, and what the seed decides.
//!
//! The queue is first in, first out, but at every take the seed tosses a coin:
//! one time in four the first task goes to the end of the queue instead. So
//! the order is fair over time, a program that works only in one order is
//! found out, and on one processor the same seed gives the same order.

use crossbeam_deque::Worker;

use super::cell::Runnable;

/// Of 256 tosses of the coin, how many send the first task to the end.
const TOSSED_BACK: u8 = 64;

/// Takes a task from `queue`.
pub(crate) fn take(queue: &Worker<Runnable>, seed: &mut fastrand::Rng) -> Option<Runnable> {
    let first = queue.pop()?;
    if seed.u8(..) >= TOSSED_BACK {
        return Some(first);
    }
    queue.push(first);
    queue.pop()
}
