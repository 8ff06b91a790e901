//! When a processor reads its clock.
//!
//! A reading of the clock costs more than a switch between tasks. As long as readings differ, a
//! processor reads the clock at the end of each turn, and whenever something happens within a turn.
//! The end of a turn also serves as the beginning of the next turn, if the processor has only
//! looked into its own queue between the two turns.
//!
//! If 16 readings in a row come so soon after each other that the clock cannot tell them apart, the
//! processor measures turns in *timing batches*: it reads the clock once for two turns. Each time
//! that a batch took less than a step of the clock, the next batch is longer, up to 64 turns. All
//! events of a batch carry the time of the reading before it, and the last turn is charged with the
//! time of the whole batch. As long as a batch takes at most two steps of the clock, no time is
//! less exact than a reading of such a clock. If a batch took longer, it is unknown to which turns
//! of the batch the time belongs. This time is counted as *blurred*, and the processor measures
//! each turn again.
//!
//! The order and the numbers of events are exact in any case. So are the times at which a batch
//! begins and ends. A batch ends early when something else reads the clock (a checkpoint, a line of
//! output), and when the queue is empty. So batches occur only if tasks do little except
//! communicate.

use std::cell::Cell;

use super::clock::{self, Axis};
use crate::trace::Nanos;

/// The cost of one turn, taken from a batch's budget.
const TURN_COST: u32 = 8;

/// The cost of one event within a turn, taken from a batch's budget.
const EVENT_COST: u32 = 2;

/// The largest budget: 64 turns, or fewer turns with many events.
const LARGEST_BUDGET: u32 = 64 * TURN_COST;

/// The smallest budget. The budget grows from 0 by 1 with each reading that came too soon. Below
/// this value there is no batch.
const SMALLEST_BUDGET: u32 = 2 * TURN_COST;

/// The step of Chromium's clock, in nanoseconds. No other browser has a finer clock.
const FINEST_STEP: Nanos = 5_000;

/// Returns the difference below which two readings are too soon after each other: two steps of the
/// clock, and a tenth of a step for rounding. All times are in nanoseconds.
fn too_soon(step: Nanos) -> Nanos {
    2 * step.max(FINEST_STEP) + step.max(FINEST_STEP) / 10
}

/// A processor's clock, and when it was read last.
#[derive(Debug)]
pub(crate) struct ClockSampler {
    axis: Axis,
    too_soon: Nanos,
    /// The last reading.
    last: Cell<Nanos>,
    /// The budget of the next batch; below [`SMALLEST_BUDGET`] there is no batch.
    size: Cell<u32>,
    /// The part of the present batch's budget that is not used yet.
    left: Cell<u32>,
    /// Whether an event or the end of a turn has reused the last reading.
    in_batch: Cell<bool>,
    /// The total time of the batches that took too long.
    blurred: Cell<Nanos>,
    /// By how much this clock has turned out to lag behind the clocks of other processors.
    lag: Cell<Nanos>,
}

impl ClockSampler {
    pub(crate) fn new(axis: Axis) -> ClockSampler {
        // A manual clock costs nothing to read, and its times are exact. So it needs no batches.
        ClockSampler::with(axis.clone(), if axis.is_real() { too_soon(clock::step()) } else { 0 })
    }

    fn with(axis: Axis, too_soon: Nanos) -> ClockSampler {
        ClockSampler {
            last: Cell::new(axis.now()),
            axis,
            too_soon,
            size: Cell::new(0),
            left: Cell::new(0),
            in_batch: Cell::new(false),
            blurred: Cell::new(0),
            lag: Cell::new(0),
        }
    }

    /// Reads the clock.
    pub(crate) fn read(&self) -> Nanos {
        self.read_with_next(|size, _| size)
    }

    /// Reads the clock because the batch is full. Only a full batch may make the next batch longer.
    fn read_when_full(&self) -> Nanos {
        self.read_with_next(|size, took| match size {
            _ if took >= self.too_soon / 4 => size,
            0..SMALLEST_BUDGET => size + 1,
            _ => LARGEST_BUDGET.min(size + size / 2),
        })
    }

    /// Reads the clock. If little time has passed since the last reading, `next` computes the next
    /// budget from the present budget and this time. With steps of 5 µs, the budget settles at a
    /// value at which a batch takes about one step.
    #[inline]
    fn read_with_next(&self, next: impl FnOnce(u32, Nanos) -> u32) -> Nanos {
        let now = self.axis.now() + self.lag.get();
        let took = now.saturating_sub(self.last.replace(now));
        // If nothing was recorded since the last reading, all of the time belongs to the present
        // turn.
        let blurs = self.in_batch.replace(false);
        let size = self.size.get();
        let size = if took >= self.too_soon {
            if blurs {
                self.blurred.set(self.blurred.get() + took);
            }
            0
        } else if took > self.too_soon / 4 * 3 {
            size - size.div_ceil(8)
        } else {
            next(size, took)
        };
        self.size.set(size);
        self.allow_batch(size);
        now
    }

    /// Reads the clock after the processor has had nothing to do. The time that has passed does not
    /// count as a batch.
    pub(crate) fn read_after_idle(&self) -> Nanos {
        let now = self.axis.now() + self.lag.get();
        self.last.set(now);
        self.allow_batch(self.size.get());
        now
    }

    /// Lets a batch with this budget follow the reading, unless the budget is too small.
    #[inline]
    fn allow_batch(&self, size: u32) {
        self.left.set(if size < SMALLEST_BUDGET { 0 } else { size });
    }

    /// Reads the clock for an event whose cause has the time `cause` on another processor's clock.
    /// If this clock shows an earlier time, this function puts it forward, because no event may
    /// have an earlier time than its cause. The clocks of two processors differ by the error of
    /// their handshakes. This is Lamport's rule for logical clocks (Time, Clocks, and the Ordering
    /// of Events, 1978).
    #[cold]
    pub(crate) fn read_after(&self, cause: Nanos) -> Nanos {
        let lags = cause.saturating_sub(self.axis.now() + self.lag.get());
        self.lag.set(self.lag.get() + lags);
        self.read()
    }

    /// Returns the time of an event that happens now: within a batch the last reading, otherwise a
    /// new reading.
    #[inline]
    pub(crate) fn stamp(&self) -> Nanos {
        if self.spend(EVENT_COST) { self.last.get() } else { self.read_when_full() }
    }

    /// Returns the time at which a turn ends. A batch goes on only if there is `more` to do right
    /// after the turn.
    #[inline]
    pub(crate) fn turn_ends(&self, more: bool) -> Nanos {
        match more {
            false => self.read(),
            true if self.spend(TURN_COST) => self.last.get(),
            true => self.read_when_full(),
        }
    }

    /// Takes `cost` from the budget of the present batch. Returns `false` if there is no batch, or
    /// if too little of the budget remains.
    #[inline]
    fn spend(&self, cost: u32) -> bool {
        let left = self.left.get();
        let goes_on = left > cost;
        if goes_on {
            self.left.set(left - cost);
            self.in_batch.set(true);
        }
        goes_on
    }

    /// Returns whether an event or the end of a turn has reused the last reading. Such events must
    /// not be flushed before the next reading.
    #[inline]
    pub(crate) fn is_in_batch(&self) -> bool {
        self.in_batch.get()
    }

    /// Ends the present batch, if there is one: the next event gets a reading of its own.
    pub(crate) fn end_batch(&self) {
        if self.left.get() > 0 {
            self.read();
            self.left.set(0);
        }
    }

    /// Returns the nanoseconds in batches that took more than two steps of the clock.
    pub(crate) fn blurred(&self) -> Nanos {
        self.blurred.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Arc, AtomicU64, Ordering};
    use crate::time::clock::Clock;

    /// The difference, in nanoseconds, below which two readings of a fine clock are too soon after
    /// each other.
    const TOO_SOON: Nanos = 10_500;

    /// Returns the sampler of a processor that has had no turn, and the clock of the sampler.
    fn beginning() -> (ClockSampler, Arc<AtomicU64>) {
        let time = Arc::new(AtomicU64::new(0));
        (ClockSampler::with(Axis::starting_now(Clock::Manual(time.clone())), TOO_SOON), time)
    }

    /// Returns a sampler and its clock. The processor's turns were so short that batches have the
    /// largest budget.
    fn batching() -> (ClockSampler, Arc<AtomicU64>) {
        let (sampler, time) = beginning();
        while sampler.size.get() < LARGEST_BUDGET {
            time.fetch_add(1, Ordering::Relaxed);
            sampler.turn_ends(true);
        }
        time.fetch_add(1, Ordering::Relaxed);
        sampler.read();
        (sampler, time)
    }

    /// Returns the number of turns until the clock is read, if each turn takes `each` nanoseconds.
    fn turns_of_a_batch(sampler: &ClockSampler, time: &AtomicU64, each: Nanos) -> u32 {
        for turn in 1.. {
            let now = time.fetch_add(each, Ordering::Relaxed) + each;
            if sampler.turn_ends(true) == now {
                return turn;
            }
        }
        unreachable!()
    }

    #[test]
    fn the_turns_of_a_batch_share_a_reading_and_the_last_takes_the_time() {
        let (sampler, time) = batching();
        let began = time.load(Ordering::Relaxed);
        for turn in 1..=u64::from(LARGEST_BUDGET / TURN_COST) {
            time.store(began + turn, Ordering::Relaxed);
            let ends =
                if turn < u64::from(LARGEST_BUDGET / TURN_COST) { began } else { began + turn };
            assert_eq!(sampler.turn_ends(true), ends);
        }
        assert_eq!(sampler.blurred(), 0);
    }

    #[test]
    fn batches_grow_while_the_clock_sees_nothing_of_them_and_settle_within_its_steps() {
        let (sampler, time) = beginning();
        for each in [1, TOO_SOON / 100, TOO_SOON / 10] {
            let mut batches = (0..150).map(|_| turns_of_a_batch(&sampler, &time, each));
            batches.by_ref().take(100).for_each(drop);
            let settled: Vec<_> = batches.collect();
            let longest = u64::from(*settled.iter().max().unwrap());
            assert!(longest <= 64 && longest * each < TOO_SOON, "{each}: {settled:?}");
            assert!(longest == 64 || longest * each >= TOO_SOON / 4, "{each}: {settled:?}");
        }
        // A batch that has grown with short turns takes too long once turns are ten times as long.
        assert!(sampler.blurred() < 2 * 64 * TOO_SOON / 10);
    }

    #[test]
    fn no_short_turn_is_blurred_by_a_clock_that_goes_in_steps() {
        for step in [5_000, 20_000, 100_000] {
            for each in [30, 100, 400, 600, 1_000, 3_000] {
                let time = Arc::new(AtomicU64::new(0));
                let axis = Axis::starting_now(Clock::Manual(time.clone()));
                let sampler = ClockSampler::with(axis, too_soon(step));
                for turn in 1..20_000 {
                    time.store(turn * each / step * step, Ordering::Relaxed);
                    sampler.turn_ends(true);
                }
                assert_eq!(sampler.blurred(), 0, "turns of {each}, steps of {step}");
            }
        }
    }

    #[test]
    fn a_batch_that_took_long_is_counted_and_followed_by_none() {
        let (sampler, time) = batching();
        let began = time.load(Ordering::Relaxed);
        assert_eq!(sampler.turn_ends(true), began);
        time.store(began + 2 * TOO_SOON, Ordering::Relaxed);
        assert_eq!(sampler.stamp(), began, "it is still going on");
        sampler.end_batch();
        assert_eq!(sampler.blurred(), 2 * TOO_SOON);
        for turn in 1..=100 {
            let each = if turn % 2 == 0 { TOO_SOON } else { 1 };
            assert_eq!(turns_of_a_batch(&sampler, &time, each), 1, "turn {turn} is timed");
        }
    }

    #[test]
    fn a_clock_that_lags_is_put_forward_and_an_old_reading_is_not_taken_for_one() {
        let (sampler, time) = batching();
        let began = time.fetch_add(50, Ordering::Relaxed);
        assert_eq!(sampler.stamp(), began, "a batch's");
        assert_eq!(sampler.read_after(began + 30), began + 50);
        assert_eq!(sampler.read_after(began + 70), began + 70);
        time.fetch_add(10, Ordering::Relaxed);
        assert_eq!(sampler.read(), began + 80);
    }

    #[test]
    fn batches_go_on_after_idle_time() {
        let (sampler, time) = batching();
        let now = time.fetch_add(3 * TOO_SOON, Ordering::Relaxed) + 3 * TOO_SOON;
        assert_eq!(sampler.read_after_idle(), now);
        time.fetch_add(1, Ordering::Relaxed);
        assert_eq!(sampler.stamp(), now);
        assert_eq!(sampler.blurred(), 0);
    }

    #[test]
    fn what_one_turn_took_is_not_blurred() {
        let (sampler, time) = batching();
        let now = time.fetch_add(3 * TOO_SOON, Ordering::Relaxed) + 3 * TOO_SOON;
        assert_eq!(sampler.read(), now);
        assert_eq!(sampler.blurred(), 0);
    }

    #[test]
    fn a_turn_in_which_much_happens_is_read_the_clock_within() {
        let (sampler, time) = batching();
        let began = time.fetch_add(5, Ordering::Relaxed);
        let stamps: Vec<_> = (0..LARGEST_BUDGET / EVENT_COST).map(|_| sampler.stamp()).collect();
        assert!(stamps[..stamps.len() - 1].iter().all(|at| *at == began));
        assert_eq!(stamps[stamps.len() - 1], began + 5);
    }

    #[test]
    fn a_queue_that_runs_empty_ends_a_batch_which_says_nothing_about_longer_ones() {
        let (sampler, time) = batching();
        let now = time.fetch_add(5, Ordering::Relaxed) + 5;
        sampler.size.set(LARGEST_BUDGET / 2);
        assert_eq!(sampler.turn_ends(false), now);
        assert!(!sampler.is_in_batch());
        assert_eq!(sampler.size.get(), LARGEST_BUDGET / 2);
    }
}
