//! How a processor looks for work beyond its own queue.
//!
//! What another has queued may be about to run there, with its channels and its values at
//! hand: to take it away costs both more than a short turn takes. So it is taken
//! when the other has been seen in one and the same turn three times, which then is no short
//! one, or when something has been queued there for long. And who finds nothing goes on looking
//! for a while before it sleeps, since to wake it costs whoever queues a task as much as
//! dozens of switches.
//!
//! Each look makes the others wait for the memory that it looks at. So there is a pause between two.

use std::hint::black_box;

use crate::sync::{AtomicU32, Ordering};
use crate::time::clock;
use crate::trace::Nanos;

/// Rounds of nothing between two looks: two or three microseconds. A browser's clock can't tell so
/// little.
const PAUSE: u32 = 6_000;

/// At how many looks a processor has to be seen in one turn for it to be a long one.
const LOOKS: u32 = 3;

/// How long something has to be queued with a processor whose turns are short.
const LONG: Nanos = 50_000;

/// How long a processor looks before it sleeps.
const WHILE: Nanos = 50_000;

/// Which turn each processor of a run is in. Told only while somebody looks, since it is an atomic
/// store at every turn.
#[derive(Debug)]
pub(crate) struct Turns(Box<[Told]>);

/// On a line of memory of its own.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Told(AtomicU32);

impl Turns {
    /// Of so many processors.
    pub(crate) fn new(processors: usize) -> Turns {
        Turns((0..processors).map(|_| Told::default()).collect())
    }

    /// `processor` enters its so many-th turn.
    #[inline]
    pub(crate) fn tell(&self, processor: usize, turn: u32) {
        self.0[processor].0.store(turn, Ordering::Relaxed);
    }

    fn of(&self, processor: usize) -> u32 {
        self.0[processor].0.load(Ordering::Relaxed)
    }
}

/// A processor that looks for work.
#[derive(Debug)]
pub(crate) struct Look {
    /// When it began to.
    since: Option<Nanos>,
    /// What it saw of each processor last.
    seen: Box<[Seen]>,
}

/// What was seen of a processor.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Its turn, if something was queued,
    turn: Option<u32>,
    /// and at how many looks in a row it was that one.
    looks: u32,
    /// Since when something has been queued at every look.
    since: Nanos,
}

impl Look {
    /// Of one of so many processors.
    pub(crate) fn new(processors: usize) -> Look {
        Look { since: None, seen: vec![Seen::default(); processors].into() }
    }

    /// Looks at `other` at the time `now`; `is_queued` says whether something is queued there.
    /// Whether to take of it.
    pub(crate) fn may_take(
        &mut self,
        now: Nanos,
        other: usize,
        is_queued: bool,
        turns: &Turns,
    ) -> bool {
        let turn = is_queued.then(|| turns.of(other));
        let seen = &mut self.seen[other];
        let before = std::mem::replace(&mut seen.turn, turn);
        if turn.is_none() {
            return false;
        }
        if before.is_none() {
            seen.since = now;
        }
        seen.looks = if before == turn { seen.looks + 1 } else { 1 };
        seen.looks >= LOOKS || now.saturating_sub(seen.since) >= LONG
    }

    /// Nothing was found. Pauses until the next look; `false` when it is time to sleep.
    pub(crate) fn goes_on(&mut self) -> bool {
        let now = clock::read();
        let goes_on = now.saturating_sub(*self.since.get_or_insert(now)) < WHILE;
        if goes_on {
            pause();
        }
        goes_on
    }

    /// The search is over: something was found, or the processor has slept.
    pub(crate) fn ends(&mut self) {
        self.since = None;
        self.seen.fill(Seen::default());
    }
}

/// Passes the time between two looks without asking anybody for anything.
pub(crate) fn pause() {
    for round in 0..PAUSE {
        black_box(round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at the other of two processors, which is in this turn if something is queued there.
    fn may_take(look: &mut Look, now: Nanos, turn: Option<u32>) -> bool {
        let turns = Turns::new(2);
        turns.tell(1, turn.unwrap_or(0));
        look.may_take(now, 1, turn.is_some(), &turns)
    }

    #[test]
    fn what_waits_for_a_long_turn_is_taken_at_the_third_look() {
        let mut look = Look::new(2);
        let mut takes = |turn| may_take(&mut look, 0, Some(turn));
        assert_eq!([takes(6), takes(7), takes(7), takes(7)], [false, false, false, true]);
        look.ends();
        assert!(!may_take(&mut look, 0, Some(7)), "another search");
    }

    #[test]
    fn what_waits_for_short_turns_is_taken_when_that_has_gone_on_for_long() {
        let mut look = Look::new(2);
        for turn in 0..10 {
            assert!(!may_take(&mut look, LONG / 10 * u64::from(turn), Some(turn)));
        }
        assert!(may_take(&mut look, LONG, Some(10)));
    }

    #[test]
    fn what_comes_and_goes_is_left_where_it_is() {
        let mut look = Look::new(2);
        for turn in 0..100 {
            let queued = (turn % 2 == 0).then_some(7);
            assert!(!may_take(&mut look, LONG * turn, queued));
        }
    }

    #[test]
    fn it_sleeps_after_a_while() {
        let mut look = Look::new(2);
        let began = clock::read();
        while look.goes_on() {}
        assert!(clock::read() - began >= WHILE);
        assert!(!look.goes_on(), "it is to sleep first");
        look.ends();
        assert!(look.goes_on(), "the next search begins anew");
    }
}
