//! How a processor looks for work beyond its own queue.
//!
//! What another has queued may be about to run there, with its channels and its values at
//! hand: to take it away costs both more than a short turn takes. So it is taken
//! when the other has been seen in one and the same turn twice, which then is no short one,
//! or when something has been queued there for long. And who finds nothing goes on looking
//! for a while before it sleeps, since to wake it costs whoever queues a task as much as
//! dozens of switches.
//!
//! Each look makes the others wait for the memory that it looks at. So there is a pause between two.

use std::hint::black_box;

use crate::clock;
use crate::sync::{AtomicU32, Ordering};
use crate::trace::Nanos;

/// Rounds of nothing between two looks: two or three microseconds. A browser's clock can't tell so
/// little.
const PAUSE: u32 = 6_000;

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
    /// Its turn, if something was queued.
    turn: Option<u32>,
    /// Since when something has been queued at every look.
    since: Nanos,
}

impl Look {
    /// Of one of so many processors.
    pub(crate) fn new(processors: usize) -> Look {
        Look { since: None, seen: vec![Seen::default(); processors].into() }
    }

    /// Looks at `other`. Whether to take of what is queued there, if something is.
    pub(crate) fn may_take(&mut self, other: usize, is_queued: bool, turns: &Turns) -> bool {
        let turn = is_queued.then(|| turns.of(other));
        self.may_take_at(clock::read(), other, turn)
    }

    fn may_take_at(&mut self, now: Nanos, other: usize, turn: Option<u32>) -> bool {
        let seen = &mut self.seen[other];
        let before = std::mem::replace(&mut seen.turn, turn);
        if turn.is_none() {
            return false;
        }
        if before.is_none() {
            seen.since = now;
            return false;
        }
        before == turn || now.saturating_sub(seen.since) >= LONG
    }

    /// Nothing was found. Pauses until the next look; `false` when it is time to sleep.
    pub(crate) fn pause(&mut self) -> bool {
        let now = clock::read();
        if now.saturating_sub(*self.since.get_or_insert(now)) >= WHILE {
            self.since = None;
            return false;
        }
        for round in 0..PAUSE {
            black_box(round);
        }
        true
    }

    /// Something was found.
    pub(crate) fn ends(&mut self) {
        self.since = None;
        self.seen.fill(Seen::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_a_long_turn_is_taken_at_the_second_look() {
        let mut look = Look::new(2);
        assert!(!look.may_take_at(0, 1, Some(7)));
        assert!(look.may_take_at(1, 1, Some(7)));
        look.ends();
        assert!(!look.may_take_at(2, 1, Some(7)), "another search");
    }

    #[test]
    fn what_waits_for_short_turns_is_taken_when_that_has_gone_on_for_long() {
        let mut look = Look::new(2);
        for turn in 0..10 {
            assert!(!look.may_take_at(LONG / 10 * u64::from(turn), 1, Some(turn)));
        }
        assert!(look.may_take_at(LONG, 1, Some(10)));
    }

    #[test]
    fn what_comes_and_goes_is_left_where_it_is() {
        let mut look = Look::new(2);
        for turn in 0..100 {
            let queued = (turn % 2 == 0).then_some(7);
            assert!(!look.may_take_at(LONG * turn, 1, queued));
        }
    }

    #[test]
    fn it_sleeps_after_a_while() {
        let mut look = Look::new(2);
        let began = clock::read();
        while look.pause() {}
        assert!(clock::read() - began >= WHILE);
        assert!(look.pause(), "the next search begins anew");
    }
}
