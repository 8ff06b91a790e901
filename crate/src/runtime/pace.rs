//! When the clock is read.
//!
//! A reading costs as much as a switch. While turns are long a processor reads
//! the clock at the end of each of them; the end of one turn is the beginning
//! of the next if only a look at its own queue lies between. Once so many turns
//! in a row were too short for the clock to tell their ends apart, it goes on in *bursts*: up
//! to 16 turns between two readings, and all that happens in between bears the time of
//! the first. As long as the two lie no further apart than two steps of the
//! clock, that is what readings would have said. Where they do, the time between
//! them belongs to some of these turns and nobody knows to which: it goes to
//! the last one, is counted as *blurred*, and every turn is timed again.
//!
//! Order and numbers are exact in any case, and so are the times of a burst as a
//! whole. Whatever looks at the clock by itself, a checkpoint, a line of output, a queue that
//! has run empty, ends a burst: it is for tasks that do nothing but talk.

use std::cell::Cell;

use crate::clock::{self, Axis};
use crate::trace::Nanos;

/// Turns in one burst.
const BURST: u32 = 16;

/// Short turns in a row after which bursts begin.
const CALM: u32 = 64;

/// How far the ends of a burst may lie apart: two steps of Chromium's clock.
const SHORT: Nanos = 10_000;

/// A processor's clock, and when it was read last.
#[derive(Debug)]
pub(crate) struct Pace {
    axis: Axis,
    short: Nanos,
    /// The last reading.
    last: Cell<Nanos>,
    /// Short turns in a row.
    calm: Cell<u32>,
    /// Turns left in the present burst; zero when every turn is timed.
    left: Cell<u32>,
    blurred: Cell<Nanos>,
}

impl Pace {
    pub(crate) fn new(axis: Axis) -> Pace {
        // A clock that is turned by hand costs nothing to read, and its times are exact.
        let short = if axis.is_real() { SHORT.max(2 * clock::step()) } else { 0 };
        Pace::with(axis, short)
    }

    fn with(axis: Axis, short: Nanos) -> Pace {
        let last = Cell::new(axis.now());
        Pace { axis, short, last, calm: Cell::new(0), left: Cell::new(0), blurred: Cell::new(0) }
    }

    /// Reads the clock.
    pub(crate) fn read(&self) -> Nanos {
        let now = self.axis.now();
        let left = self.left.replace(0);
        if left > 0 {
            self.close_burst(left, now);
        }
        self.last.set(now);
        now
    }

    /// A time for what happens now: that of the last reading in a burst, otherwise a reading.
    pub(crate) fn stamp(&self) -> Nanos {
        if self.left.get() > 0 { self.last.get() } else { self.read() }
    }

    /// The time at which a turn that began at `began` ends. With `more` to do right after it a
    /// burst may go on.
    pub(crate) fn turn_ends(&self, began: Nanos, more: bool) -> Nanos {
        let left = self.left.get();
        if left > 1 && more {
            self.left.set(left - 1);
            return self.last.get();
        }
        let burst = left > 0;
        let now = self.read();
        if !burst {
            let calm = if now - began < self.short { self.calm.get() + 1 } else { 0 };
            self.calm.set(calm);
        }
        if more && self.calm.get() >= CALM {
            self.left.set(BURST);
        }
        now
    }

    /// Whether turns have ended since the last reading, so that what was recorded of them is not
    /// to be told yet.
    pub(crate) fn is_amid_burst(&self) -> bool {
        !matches!(self.left.get(), 0 | BURST)
    }

    /// Ends the present burst, if there is one.
    pub(crate) fn end_burst(&self) {
        if self.left.get() > 0 {
            self.read();
        }
    }

    /// Nanoseconds in bursts that took longer than they should.
    pub(crate) fn blurred(&self) -> Nanos {
        self.blurred.get()
    }

    fn close_burst(&self, left: u32, now: Nanos) {
        let took = now.saturating_sub(self.last.get());
        if took > self.short {
            self.calm.set(0);
            // Without the end of a turn in between it all belongs to the present one.
            if left < BURST {
                self.blurred.set(self.blurred.get() + took);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::sync::{Arc, AtomicU64, Ordering};

    /// A processor that has had so many short turns that bursts have begun, and its clock.
    fn bursting() -> (Pace, Arc<AtomicU64>) {
        let time = Arc::new(AtomicU64::new(0));
        let pace = Pace::with(Axis::starting_now(Clock::HandTurned(time.clone())), SHORT);
        for turn in 1..=u64::from(CALM) {
            time.store(turn, Ordering::Relaxed);
            assert_eq!(pace.turn_ends(turn - 1, true), turn, "every turn is timed");
        }
        (pace, time)
    }

    #[test]
    fn the_turns_of_a_burst_share_a_reading_and_the_last_takes_the_time() {
        let (pace, time) = bursting();
        let began = u64::from(CALM);
        for turn in 1..=u64::from(BURST) {
            time.store(began + turn, Ordering::Relaxed);
            let ends = if turn < u64::from(BURST) { began } else { began + turn };
            assert_eq!(pace.turn_ends(began, true), ends);
        }
        assert_eq!(pace.blurred(), 0);
    }

    #[test]
    fn a_burst_that_took_long_is_counted_and_followed_by_none() {
        let (pace, time) = bursting();
        let began = u64::from(CALM);
        assert_eq!(pace.turn_ends(began, true), began);
        time.store(began + 2 * SHORT, Ordering::Relaxed);
        assert_eq!(pace.stamp(), began, "it is still going on");
        pace.end_burst();
        assert_eq!(pace.blurred(), 2 * SHORT);
        for turn in 1..CALM {
            time.fetch_add(1, Ordering::Relaxed);
            let now = time.load(Ordering::Relaxed);
            assert_eq!(pace.turn_ends(now - 1, true), now, "turn {turn} is timed");
        }
    }

    #[test]
    fn what_one_turn_took_is_not_blurred() {
        let (pace, time) = bursting();
        time.fetch_add(3 * SHORT, Ordering::Relaxed);
        assert_eq!(pace.read(), u64::from(CALM) + 3 * SHORT);
        assert_eq!(pace.blurred(), 0);
    }

    #[test]
    fn a_queue_that_runs_empty_ends_a_burst() {
        let (pace, time) = bursting();
        time.fetch_add(5, Ordering::Relaxed);
        assert_eq!(pace.turn_ends(u64::from(CALM), false), u64::from(CALM) + 5);
        assert!(!pace.is_amid_burst());
    }
}
