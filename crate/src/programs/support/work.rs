//! Computing as an amount, not as a time.
//!
//! A loop that looks at the clock until its time is over would finish in time on
//! any number of processors, even where they share one core. So computing is a
//! number of steps, and a time is turned into steps once, with what one
//! processor was seen to do ([`steps_per_ms`]).
//!
//! Formulas: one step replaces a 64-bit state s, at first 88172645463325252, by three
//! shifts, s ^= s << 13, then s ^= s >> 7, then s ^= s << 17 (xorshift64, by George
//! Marsaglia), and counts one more if the new state is not zero. It never is, but only
//! a mathematician knows: a compiler has to take every step to learn the count.

use std::hint::black_box;

use crate::clock;
use crate::runtime::{checkpoint, now};

/// The state before the first step.
pub(in crate::programs) const SEED: u64 = 88_172_645_463_325_252;

/// Steps between two looks at whether others are waiting: some 30 µs, long enough for the look
/// to cost nothing that can be measured, short enough for Stop and for the smallest time slice.
const CHUNK: u64 = 16 * 1024;

/// Counts to `to`, one step at a time, and returns how far it came.
pub async fn count(to: u64) -> u64 {
    let (mut state, mut counted) = (SEED, 0);
    let mut left = to;
    while left > CHUNK {
        (state, counted) = advance(state, counted, CHUNK);
        left -= CHUNK;
        checkpoint().await;
    }
    advance(state, counted, left).1
}

/// Computes for `steps` steps.
pub async fn compute(steps: u64) {
    black_box(count(steps).await);
}

/// Counts to `to` without a checkpoint, for programs that misbehave on purpose. It does read the
/// clock after each chunk: where a loop calls nothing outside its module, some browsers never get
/// to terminate its worker.
pub fn without_looking_up(to: u64) -> u64 {
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

/// Takes `steps` steps, beginning with `state`, and counts on from `counted`. Not inlined: the loop is then
/// compiled once and alone, whatever the task around it looks like.
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

/// Steps in a millisecond, measured by taking some on the calling task's processor until several
/// rounds have been as fast as each other, for about 200 ms at most. The fastest round tells:
/// whatever else goes on, a browser that is still compiling above all, can only make a round slower.
pub async fn steps_per_ms() -> f64 {
    // Some 10 ms, a hundred steps of the coarsest clock.
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

/// Whether the four fastest rounds differ by 2 % at most.
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
        // Marsaglia's paper gives this one for this seed.
        assert_eq!(advance(SEED, 0, 1).0, 8_748_534_153_485_358_512);
    }
}
