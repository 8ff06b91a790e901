//! When a processor may steal tasks from another processor's queue, and how long it searches before
//! it parks.
//!
//! A queued task may be about to run on its own processor, which has the task's channels and values
//! in its cache. Moving the task costs both processors more than a short turn. So a searching
//! processor steals only in two cases: it has found the other processor in the same turn at three
//! checks in a row, so this turn is long; or the other processor's queue has held tasks for a long
//! time.
//!
//! A processor that finds no task goes on searching for a while before it parks, because waking a
//! parked processor costs as much as dozens of switches. The processor that queues a task pays this
//! cost. Each check makes the other processors wait for the memory that the check reads, so the
//! searcher backs off between two checks.

use std::hint::black_box;

use crate::sync::{AtomicU32, Ordering};
use crate::time::clock;
use crate::trace::Nanos;

/// Rounds of an empty loop between two searches. They take two or three microseconds, less than a
/// browser's clock can measure.
const BACK_OFF_ROUNDS: u32 = 6_000;

/// The number of checks in a row at which a processor must be in the same turn for the turn to
/// count as long.
const SAME_TURN_CHECKS: u32 = 3;

/// The nanoseconds after which queued tasks may be stolen from a processor whose turns are short.
const QUEUED_LONG: Nanos = 50_000;

/// The nanoseconds for which a processor searches before it parks.
const SEARCH_TIME: Nanos = 50_000;

/// The number of the turn that each processor of a run is in. A processor updates its number only
/// while another processor searches, because each update is an atomic store.
#[derive(Debug)]
pub(crate) struct TurnCounters(Box<[TurnCounter]>);

/// One processor's counter, on a cache line of its own.
#[derive(Debug, Default)]
#[repr(align(64))]
struct TurnCounter(AtomicU32);

impl TurnCounters {
    /// Creates counters at zero for this number of processors.
    pub(crate) fn new(processors: usize) -> TurnCounters {
        TurnCounters((0..processors).map(|_| TurnCounter::default()).collect())
    }

    /// Sets the number of the turn that `processor` is in.
    #[inline]
    pub(crate) fn set(&self, processor: usize, turn: u32) {
        self.0[processor].0.store(turn, Ordering::Relaxed);
    }

    fn of(&self, processor: usize) -> u32 {
        self.0[processor].0.load(Ordering::Relaxed)
    }
}

/// What one processor remembers while it searches for tasks.
#[derive(Debug)]
pub(crate) struct StealPolicy {
    /// When the present search began, if there is one.
    since: Option<Nanos>,
    /// The last observation of each processor.
    observed: Box<[Observation]>,
}

/// What a searching processor has observed of another processor.
#[derive(Clone, Copy, Debug, Default)]
struct Observation {
    /// The turn that the other processor was in; `None` if its queue was empty.
    turn: Option<u32>,
    /// The number of checks in a row at which the other processor was in that turn.
    checks: u32,
    /// The time of the check from which on every check found tasks in the other processor's queue.
    since: Nanos,
}

impl StealPolicy {
    /// Creates the policy of one processor in a run with this number of processors.
    pub(crate) fn new(processors: usize) -> StealPolicy {
        StealPolicy { since: None, observed: vec![Observation::default(); processors].into() }
    }

    /// Checks the processor `other` at the time `now`, and returns whether to steal from `other`.
    /// `is_queued` says whether its queue holds tasks.
    pub(crate) fn may_steal(
        &mut self,
        now: Nanos,
        other: usize,
        is_queued: bool,
        turns: &TurnCounters,
    ) -> bool {
        let turn = is_queued.then(|| turns.of(other));
        let observed = &mut self.observed[other];
        let before = std::mem::replace(&mut observed.turn, turn);
        if turn.is_none() {
            return false;
        }
        if before.is_none() {
            observed.since = now;
        }
        observed.checks = if before == turn { observed.checks + 1 } else { 1 };
        observed.checks >= SAME_TURN_CHECKS || now.saturating_sub(observed.since) >= QUEUED_LONG
    }

    /// Backs off and returns `true`, or returns `false` at once when it is time to park. Must be
    /// called when a search has found no task.
    pub(crate) fn keep_searching(&mut self) -> bool {
        let now = clock::read();
        let goes_on = now.saturating_sub(*self.since.get_or_insert(now)) < SEARCH_TIME;
        if goes_on {
            back_off();
        }
        goes_on
    }

    /// Ends the search. Either the search has found a task, or the processor was parked.
    pub(crate) fn reset(&mut self) {
        self.since = None;
        self.observed.fill(Observation::default());
    }
}

/// Lets a few microseconds pass without reading shared memory or the clock.
pub(crate) fn back_off() {
    for round in 0..BACK_OFF_ROUNDS {
        black_box(round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lets the first of two processors check the second. If `turn` is given, the second is in this
    /// turn and its queue holds a task. Otherwise its queue is empty.
    fn may_steal(policy: &mut StealPolicy, now: Nanos, turn: Option<u32>) -> bool {
        let turns = TurnCounters::new(2);
        turns.set(1, turn.unwrap_or(0));
        policy.may_steal(now, 1, turn.is_some(), &turns)
    }

    #[test]
    fn what_waits_for_a_long_turn_is_taken_at_the_third_check() {
        let mut policy = StealPolicy::new(2);
        let mut takes = |turn| may_steal(&mut policy, 0, Some(turn));
        assert_eq!([takes(6), takes(7), takes(7), takes(7)], [false, false, false, true]);
        policy.reset();
        assert!(!may_steal(&mut policy, 0, Some(7)), "another search");
    }

    #[test]
    fn what_waits_for_short_turns_is_taken_when_that_has_gone_on_for_long() {
        let mut policy = StealPolicy::new(2);
        for turn in 0..10 {
            assert!(!may_steal(&mut policy, QUEUED_LONG / 10 * u64::from(turn), Some(turn)));
        }
        assert!(may_steal(&mut policy, QUEUED_LONG, Some(10)));
    }

    #[test]
    fn what_comes_and_goes_is_left_where_it_is() {
        let mut policy = StealPolicy::new(2);
        for turn in 0..100 {
            let queued = (turn % 2 == 0).then_some(7);
            assert!(!may_steal(&mut policy, QUEUED_LONG * turn, queued));
        }
    }

    #[test]
    fn it_parks_after_a_while() {
        let mut policy = StealPolicy::new(2);
        let began = clock::read();
        while policy.keep_searching() {}
        assert!(clock::read() - began >= SEARCH_TIME);
        assert!(!policy.keep_searching(), "it is to park first");
        policy.reset();
        assert!(policy.keep_searching(), "the next search begins anew");
    }
}
