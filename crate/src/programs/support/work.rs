//! Computing as an amount, not as a time.
//!
//! A loop that reads the clock until a deadline would end at that deadline on any number of
//! processors, even if all of them share one core. So a program computes a given number of steps
//! instead. A time is converted to steps once, with the measured speed of one processor
//! ([`steps_per_ms`]).
//!
//! Formulas: one step changes a 64-bit state s by three shifts: s ^= s << 13, then s ^= s >> 7,
//! then s ^= s << 17 (xorshift64, by George Marsaglia). The first state is 88172645463325252. A
//! step adds 1 to the count if the new state is not zero. The state is never zero, but compilers
//! don't know this, so the compiled code has to take every step to get the count.

use std::hint::black_box;
use std::panic::Location;

use crate::clock;
use crate::runtime::{Place, checkpoint_at, now};

/// The state before the first step.
pub(in crate::programs) const SEED: u64 = 88_172_645_463_325_252;

/// The number of steps between two checkpoints. They take about 30 µs. This time is so long that
/// the cost of a checkpoint can't be measured, and short enough for Stop and for the smallest time
/// slice.
const CHUNK: u64 = 16 * 1024;

/// Counts to `to`, one step at a time and with checkpoints, and returns the count. The trace
/// records the checkpoints with the place of the call.
#[track_caller]
pub fn count(to: u64) -> impl Future<Output = u64> {
    count_at(to, Location::caller())
}

async fn count_at(to: u64, place: Place) -> u64 {
    let (mut state, mut counted) = (SEED, 0);
    let mut left = to;
    while left > CHUNK {
        (state, counted) = advance(state, counted, CHUNK);
        left -= CHUNK;
        checkpoint_at(place).await;
    }
    advance(state, counted, left).1
}

/// Computes for `steps` steps. The trace records the checkpoints with the place of the call.
#[track_caller]
pub fn compute(steps: u64) -> impl Future<Output = ()> {
    compute_at(steps, Location::caller())
}

async fn compute_at(steps: u64, place: Place) {
    black_box(count_at(steps, place).await);
}

/// Counts to `to` without a checkpoint, for programs that misbehave on purpose. Reads the clock
/// after each chunk, because some browsers can't terminate a worker whose loop calls nothing
/// outside its module.
pub fn without_checkpoints(to: u64) -> u64 {
    let (mut state, mut counted) = (SEED, 0);
    let mut left = to;
    while left > 0 {
        let steps = left.min(CHUNK);
        (state, counted) = advance(state, counted, steps);
        left -= steps;
        black_box(clock::read());
    }
    counted
}

/// Takes `steps` steps from `state`, adds them to `counted`, and returns the new state and count.
/// This function is not inlined, so its loop is compiled once and is the same in every task.
#[inline(never)]
pub(in crate::programs) fn advance(mut state: u64, mut counted: u64, steps: u64) -> (u64, u64) {
    for _ in 0..steps {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        counted += u64::from(state != 0);
    }
    (state, counted)
}

/// Measures how many steps the calling task's processor takes in a millisecond. The measurement
/// ends when the four fastest rounds agree, or after about 200 ms. The result is the speed of the
/// fastest round: other activity, mainly the browser's compiler, can only make a round slower.
pub async fn steps_per_ms() -> f64 {
    // A round takes about 10 ms, a hundred times the resolution of the coarsest clock.
    const ROUND: u64 = 256 * CHUNK;
    const NANOS: u64 = 200_000_000;
    let began = now();
    let mut rounds = Vec::new();
    while now() - began < NANOS && !agree(&mut rounds) {
        let before = now();
        compute(ROUND).await;
        rounds.push(now() - before);
    }
    let fastest = rounds.into_iter().min().unwrap_or(1);
    ROUND as f64 * 1e6 / fastest.max(1) as f64
}

/// Returns whether the four fastest rounds differ by at most 2 %. Sorts the rounds.
fn agree(rounds: &mut [u64]) -> bool {
    rounds.sort_unstable();
    rounds.get(3).is_some_and(|fourth| fourth * 50 <= rounds[0] * 51)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_step() {
        for steps in [0, 1, 2, 1000, CHUNK] {
            assert_eq!(advance(SEED, 0, steps).1, steps);
        }
    }

    #[test]
    fn a_pace_is_known_once_four_rounds_agree() {
        assert!(!agree(&mut [100, 100, 100]));
        assert!(agree(&mut [300, 100, 250, 102, 101, 100]));
        assert!(!agree(&mut [300, 100, 250, 103, 101, 100]));
    }

    #[test]
    fn a_chunk_goes_on_where_the_last_one_ended() {
        let (state, counted) = advance(SEED, 0, 10);
        assert_eq!(advance(state, counted, 5), advance(SEED, 0, 15));
    }

    #[test]
    fn the_first_state_after_the_seed() {
        // Marsaglia's paper gives this state for this seed.
        assert_eq!(advance(SEED, 0, 1).0, 8_748_534_153_485_358_512);
    }
}
