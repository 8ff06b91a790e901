//! When the clock is read.
//!
//! A reading costs more than a switch. While it has something to tell, a processor reads
//! the clock at the end of each turn and whenever something happens within one; the end of a
//! turn is the beginning of the next if only a look at the processor's own queue lies between.
//! Where 16 readings in a row came too soon after each other for the clock to tell them apart, the
//! processor goes on in *bursts*: two turns between two readings, and more each time that a
//! burst took no step of the clock, up to 64. All that happens in a burst bears the time of its
//! first reading, and the last turn takes the time that the burst took. As long as that is no
//! more than two steps of the clock, no time is further off than readings of such a clock
//! are. Where it is more, it belongs to some of these turns and nobody knows to
//! which: it is counted as *blurred*, and everything is timed again.
//!
//! Order and numbers are exact in any case, and so are the times of a burst as a
//! whole. Whatever looks at the clock by itself, a checkpoint, a line of output, a queue that
//! has run empty, ends a burst: it is for tasks that do nothing but talk.

use std::cell::Cell;

use super::clock::{self, Axis};
use crate::trace::Nanos;

/// Of what a burst may hold, the parts that one turn takes, and one event within a turn.
const TURN: u32 = 8;
const EVENT: u32 = 2;

/// What a burst may hold at most: 64 turns, or fewer in which much happens.
const LONGEST: u32 = 64 * TURN;

/// and at least. Before the first there have to be so many readings that came too soon.
const SHORTEST: u32 = 2 * TURN;

/// The step of Chromium's clock, the finest of a browser's.
const STEP: Nanos = 5_000;

/// What is too soon: two steps, and what rounding adds to them.
fn soon(step: Nanos) -> Nanos {
    2 * step.max(STEP) + step.max(STEP) / 10
}

/// A processor's clock, and when it was read last.
#[derive(Debug)]
pub(crate) struct Pace {
    axis: Axis,
    soon: Nanos,
    /// The last reading.
    last: Cell<Nanos>,
    /// What the next burst may hold; below [`SHORTEST`] there is none yet.
    size: Cell<u32>,
    /// What may still happen before the next reading.
    left: Cell<u32>,
    /// Whether the last reading has served for anything that came later.
    amid_burst: Cell<bool>,
    blurred: Cell<Nanos>,
    /// How far the axis has turned out to lag behind others' clocks.
    lag: Cell<Nanos>,
}

impl Pace {
    pub(crate) fn new(axis: Axis) -> Pace {
        // A clock that is turned by hand costs nothing to read, and its times are exact.
        Pace::with(axis.clone(), if axis.is_real() { soon(clock::step()) } else { 0 })
    }

    fn with(axis: Axis, soon: Nanos) -> Pace {
        Pace {
            last: Cell::new(axis.now()),
            axis,
            soon,
            size: Cell::new(0),
            left: Cell::new(0),
            amid_burst: Cell::new(false),
            blurred: Cell::new(0),
            lag: Cell::new(0),
        }
    }

    /// Reads the clock.
    pub(crate) fn read(&self) -> Nanos {
        self.read_with_next(|size, _| size)
    }

    /// Reads the clock since nothing more may happen before, which is what bursts grow by: one
    /// that was ended early says nothing about longer ones.
    fn read_in_turn(&self) -> Nanos {
        self.read_with_next(|size, took| match size {
            _ if took >= self.soon / 4 => size,
            0..SHORTEST => size + 1,
            _ => LONGEST.min(size + size / 2),
        })
    }

    /// Reads the clock. With a clock of 5 µs a burst settles where it takes about one step.
    #[inline]
    fn read_with_next(&self, next: impl FnOnce(u32, Nanos) -> u32) -> Nanos {
        let now = self.axis.now() + self.lag.get();
        let took = now.saturating_sub(self.last.replace(now));
        // If nothing has happened in between it all belongs to the present turn.
        let blurs = self.amid_burst.replace(false);
        let size = self.size.get();
        let size = if took >= self.soon {
            if blurs {
                self.blurred.set(self.blurred.get() + took);
            }
            0
        } else if took > self.soon / 4 * 3 {
            size - size.div_ceil(8)
        } else {
            next(size, took)
        };
        self.size.set(size);
        self.may_follow(size);
        now
    }

    /// Reads the clock after the processor has had nothing to do. What that took says nothing
    /// about turns.
    pub(crate) fn read_after_rest(&self) -> Nanos {
        let now = self.axis.now() + self.lag.get();
        self.last.set(now);
        self.may_follow(self.size.get());
        now
    }

    /// A burst of this size may follow the reading, if that is one.
    #[inline]
    fn may_follow(&self, size: u32) {
        self.left.set(if size < SHORTEST { 0 } else { size });
    }

    /// The time of what happens now, because of something that another clock dates `cause`.
    /// Clocks agree only as well as their handshake could tell, and an effect that came before its
    /// cause would make a report tell of things that never were. So a clock that is seen to lag
    /// is put forward. (Lamport's rule for clocks that send each other messages.)
    #[cold]
    pub(crate) fn read_after(&self, cause: Nanos) -> Nanos {
        let lags = cause.saturating_sub(self.axis.now() + self.lag.get());
        self.lag.set(self.lag.get() + lags);
        self.read()
    }

    /// A time for what happens now: that of the last reading in a burst, otherwise a reading.
    #[inline]
    pub(crate) fn stamp(&self) -> Nanos {
        if self.spend(EVENT) { self.last.get() } else { self.read_in_turn() }
    }

    /// The time at which a turn ends. With `more` to do right after it a burst may go on.
    #[inline]
    pub(crate) fn turn_ends(&self, more: bool) -> Nanos {
        match more {
            false => self.read(),
            true if self.spend(TURN) => self.last.get(),
            true => self.read_in_turn(),
        }
    }

    /// Takes so much from what the present burst may hold, unless there is none or it is full.
    #[inline]
    fn spend(&self, parts: u32) -> bool {
        let left = self.left.get();
        let goes_on = left > parts;
        if goes_on {
            self.left.set(left - parts);
            self.amid_burst.set(true);
        }
        goes_on
    }

    /// Whether something has happened since the last reading, which is not to be told before the
    /// next.
    #[inline]
    pub(crate) fn is_amid_burst(&self) -> bool {
        self.amid_burst.get()
    }

    /// Ends the present burst, if there is one: what comes next is timed.
    pub(crate) fn end_burst(&self) {
        if self.left.get() > 0 {
            self.read();
            self.left.set(0);
        }
    }

    /// Nanoseconds in bursts that took longer than they should.
    pub(crate) fn blurred(&self) -> Nanos {
        self.blurred.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Arc, AtomicU64, Ordering};
    use crate::time::clock::Clock;

    /// What is too soon with a fine clock.
    const SOON: Nanos = 10_500;

    /// A processor of which no turn has been timed, and its clock.
    fn beginning() -> (Pace, Arc<AtomicU64>) {
        let time = Arc::new(AtomicU64::new(0));
        (Pace::with(Axis::starting_now(Clock::HandTurned(time.clone())), SOON), time)
    }

    /// A processor that has had so many short turns that its bursts are as long as can be, and
    /// its clock.
    fn bursting() -> (Pace, Arc<AtomicU64>) {
        let (pace, time) = beginning();
        while pace.size.get() < LONGEST {
            time.fetch_add(1, Ordering::Relaxed);
            pace.turn_ends(true);
        }
        time.fetch_add(1, Ordering::Relaxed);
        pace.read();
        (pace, time)
    }

    /// How many turns there are until the clock is read, each of which takes so long.
    fn turns_of_a_burst(pace: &Pace, time: &AtomicU64, each: Nanos) -> u32 {
        for turn in 1.. {
            let now = time.fetch_add(each, Ordering::Relaxed) + each;
            if pace.turn_ends(true) == now {
                return turn;
            }
        }
        unreachable!()
    }

    #[test]
    fn the_turns_of_a_burst_share_a_reading_and_the_last_takes_the_time() {
        let (pace, time) = bursting();
        let began = time.load(Ordering::Relaxed);
        for turn in 1..=u64::from(LONGEST / TURN) {
            time.store(began + turn, Ordering::Relaxed);
            let ends = if turn < u64::from(LONGEST / TURN) { began } else { began + turn };
            assert_eq!(pace.turn_ends(true), ends);
        }
        assert_eq!(pace.blurred(), 0);
    }

    #[test]
    fn bursts_grow_while_the_clock_sees_nothing_of_them_and_settle_within_its_steps() {
        let (pace, time) = beginning();
        for each in [1, SOON / 100, SOON / 10] {
            let mut bursts = (0..150).map(|_| turns_of_a_burst(&pace, &time, each));
            bursts.by_ref().take(100).for_each(drop);
            let settled: Vec<_> = bursts.collect();
            let longest = u64::from(*settled.iter().max().unwrap());
            assert!(longest <= 64 && longest * each < SOON, "{each}: {settled:?}");
            assert!(longest == 64 || longest * each >= SOON / 4, "{each}: {settled:?}");
        }
        // A burst that was long for short turns is too long for those ten times as long.
        assert!(pace.blurred() < 2 * 64 * SOON / 10);
    }

    #[test]
    fn no_short_turn_is_blurred_by_a_clock_that_goes_in_steps() {
        for step in [5_000, 20_000, 100_000] {
            for each in [30, 100, 400, 600, 1_000, 3_000] {
                let time = Arc::new(AtomicU64::new(0));
                let axis = Axis::starting_now(Clock::HandTurned(time.clone()));
                let pace = Pace::with(axis, soon(step));
                for turn in 1..20_000 {
                    time.store(turn * each / step * step, Ordering::Relaxed);
                    pace.turn_ends(true);
                }
                assert_eq!(pace.blurred(), 0, "turns of {each}, steps of {step}");
            }
        }
    }

    #[test]
    fn a_burst_that_took_long_is_counted_and_followed_by_none() {
        let (pace, time) = bursting();
        let began = time.load(Ordering::Relaxed);
        assert_eq!(pace.turn_ends(true), began);
        time.store(began + 2 * SOON, Ordering::Relaxed);
        assert_eq!(pace.stamp(), began, "it is still going on");
        pace.end_burst();
        assert_eq!(pace.blurred(), 2 * SOON);
        for turn in 1..=100 {
            let each = if turn % 2 == 0 { SOON } else { 1 };
            assert_eq!(turns_of_a_burst(&pace, &time, each), 1, "turn {turn} is timed");
        }
    }

    #[test]
    fn a_clock_that_lags_is_put_forward_and_an_old_reading_is_not_taken_for_one() {
        let (pace, time) = bursting();
        let began = time.fetch_add(50, Ordering::Relaxed);
        assert_eq!(pace.stamp(), began, "a burst's");
        assert_eq!(pace.read_after(began + 30), began + 50);
        assert_eq!(pace.read_after(began + 70), began + 70);
        time.fetch_add(10, Ordering::Relaxed);
        assert_eq!(pace.read(), began + 80);
    }

    #[test]
    fn bursts_go_on_after_a_rest() {
        let (pace, time) = bursting();
        let now = time.fetch_add(3 * SOON, Ordering::Relaxed) + 3 * SOON;
        assert_eq!(pace.read_after_rest(), now);
        time.fetch_add(1, Ordering::Relaxed);
        assert_eq!(pace.stamp(), now);
        assert_eq!(pace.blurred(), 0);
    }

    #[test]
    fn what_one_turn_took_is_not_blurred() {
        let (pace, time) = bursting();
        let now = time.fetch_add(3 * SOON, Ordering::Relaxed) + 3 * SOON;
        assert_eq!(pace.read(), now);
        assert_eq!(pace.blurred(), 0);
    }

    #[test]
    fn a_turn_in_which_much_happens_is_read_the_clock_within() {
        let (pace, time) = bursting();
        let began = time.fetch_add(5, Ordering::Relaxed);
        let stamps: Vec<_> = (0..LONGEST / EVENT).map(|_| pace.stamp()).collect();
        assert!(stamps[..stamps.len() - 1].iter().all(|at| *at == began));
        assert_eq!(stamps[stamps.len() - 1], began + 5);
    }

    #[test]
    fn a_queue_that_runs_empty_ends_a_burst_which_says_nothing_about_longer_ones() {
        let (pace, time) = bursting();
        let now = time.fetch_add(5, Ordering::Relaxed) + 5;
        pace.size.set(LONGEST / 2);
        assert_eq!(pace.turn_ends(false), now);
        assert!(!pace.is_amid_burst());
        assert_eq!(pace.size.get(), LONGEST / 2);
    }
}
