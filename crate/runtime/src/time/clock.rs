//! Monotonic time on every worker, on one axis.
//!
//! A native process has one clock. In a browser each worker has its own, with
//! its own origin, and what relates the origins follows the wall clock and
//! drifts when the machine sleeps. So a worker agrees with the host at the
//! start of a run, by a handshake over shared memory (`Handshake`), on what
//! has to be added to its readings ([`Axis`]).
//!
//! Tests turn a clock by hand: it stands still while a processor has something
//! to do and jumps to the next deadline when none has.

use std::cell::Cell;
use std::time::Instant;

use crate::sync::{Arc, AtomicU32, AtomicU64, OnceLock, Ordering};
use crate::trace::Nanos;

static INSTALLED: OnceLock<fn() -> Nanos> = OnceLock::new();

/// Installs the calling platform's clock: monotonic on each thread, with an origin of the
/// thread's own. To be called before the first run: the threads of a run have to agree on
/// whether they need a handshake. Later calls change nothing.
pub fn install(read: fn() -> Nanos) {
    let _ = INSTALLED.set(read);
}

/// This thread's clock: what was installed, otherwise the process's.
pub fn read() -> Nanos {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    match INSTALLED.get() {
        Some(read) => read(),
        None => ORIGIN.get_or_init(Instant::now).elapsed().as_nanos() as Nanos,
    }
}

/// The smallest difference seen between two readings of this thread's clock that differ.
/// Measured once, in about 50 steps of the clock.
pub fn step() -> Nanos {
    static STEP: OnceLock<Nanos> = OnceLock::new();
    *STEP.get_or_init(|| {
        let mut smallest = Nanos::MAX;
        let mut before = read();
        for _ in 0..50 {
            let mut now = read();
            while now == before {
                now = read();
            }
            smallest = smallest.min(now - before);
            before = now;
        }
        smallest
    })
}

/// Which time a run goes by.
#[derive(Clone, Debug)]
pub enum Clock {
    /// Time as it passes.
    Real,
    /// Time that passes only when every processor is idle, and then at once.
    HandTurned(Arc<AtomicU64>),
}

impl Clock {
    /// A hand-turned clock at zero.
    pub fn hand_turned() -> Clock {
        Clock::HandTurned(Arc::new(AtomicU64::new(0)))
    }

    /// Turns a hand-turned clock to `deadline`; `false` for a real one, which nobody turns.
    pub(crate) fn turn_to(&self, deadline: Nanos) -> bool {
        match self {
            Clock::Real => false,
            Clock::HandTurned(time) => {
                time.fetch_max(deadline, Ordering::Relaxed);
                true
            }
        }
    }

    /// Whether each thread reads a clock of its own, so that a handshake is needed.
    pub(crate) fn is_per_thread(&self) -> bool {
        matches!(self, Clock::Real) && INSTALLED.get().is_some()
    }

    fn read(&self) -> Nanos {
        match self {
            Clock::Real => read(),
            Clock::HandTurned(time) => time.load(Ordering::Relaxed),
        }
    }
}

/// One thread's view of the run's time: its clock, and what to add to it.
#[derive(Clone, Debug)]
pub struct Axis {
    clock: Clock,
    offset: i64,
}

impl Axis {
    /// An axis that begins now, for the thread that starts a run.
    pub(crate) fn starting_now(clock: Clock) -> Axis {
        let offset = -(clock.read() as i64);
        Axis { clock, offset }
    }

    /// Whether time passes by itself on it.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.clock, Clock::Real)
    }

    /// As a thread sees it whose clock is behind by so much.
    #[cfg(test)]
    pub(crate) fn lagging(&self, by: Nanos) -> Axis {
        Axis { clock: self.clock.clone(), offset: self.offset - by as i64 }
    }

    /// Nanoseconds since the axis began.
    pub fn now(&self) -> Nanos {
        self.clock.read().saturating_add_signed(self.offset)
    }
}

/// Rounds of a worker's first handshake. Each narrows the offset between two clocks whose steps
/// do not fall together, and takes about a microsecond.
const ROUNDS: u32 = 64;

/// On a machine with less cores than threads that want one, the host's answer comes a time slice
/// after the question, or the worker looks a time slice after the answer. Then it goes on until
/// a round was quick, so that its bounds are no further apart than this,
const NARROW: i64 = 20_000;

/// or it has taken so long.
const PATIENCE: Nanos = 50_000_000;

/// What a worker asks for when it has no more questions.
const CONTENT: u32 = u32::MAX;

thread_local! {
    /// What this worker knows of what has to be added to its clock to have the host's.
    static KNOWN: Cell<Option<Bounds>> = const { Cell::new(None) };
}

/// Between what lies the difference of two clocks.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    lowest: i64,
    highest: i64,
}

impl Bounds {
    /// What both say; `None` when they contradict each other by more than clocks with steps do.
    fn narrowed_by(self, other: Bounds) -> Option<Bounds> {
        let both = Bounds {
            lowest: self.lowest.max(other.lowest),
            highest: self.highest.min(other.highest),
        };
        (both.lowest <= both.highest.saturating_add(2 * step() as i64)).then_some(both)
    }

    /// The best guess. Steps may leave the bounds crossed; the truth is in their middle either way.
    fn middle(self) -> i64 {
        self.lowest.midpoint(self.highest)
    }
}

/// How a worker learns the host's time. The worker asks, the host answers with its reading, and
/// the worker knows that it was taken between two readings of its own. The offset lies in the
/// intersection of what the rounds allow.
///
/// Once it is known, one round is enough to see that it still holds, and narrows it further if
/// it was found on a busy machine. More would keep a worker and the host waiting for each other's
/// turns on a machine whose cores are busy, with the run's other processors above all.
#[derive(Debug, Default)]
pub(crate) struct Handshake {
    asked: AtomicU32,
    answered: AtomicU32,
    reading: AtomicU64,
}

impl Handshake {
    /// The worker's side: returns the worker's view of `host`'s axis.
    pub(crate) fn follow(&self, host: &Axis) -> Axis {
        let clock = host.clock.clone();
        let seen = self.ask(1, &clock);
        let to_host = KNOWN.get().and_then(|known| known.narrowed_by(seen)).unwrap_or_else(|| {
            let began = clock.read();
            let mut bounds = seen;
            for round in 2.. {
                let vague =
                    bounds.highest - bounds.lowest > NARROW && clock.read() - began < PATIENCE;
                if round > ROUNDS && !vague {
                    break;
                }
                let seen = self.ask(round, &clock);
                // Only a clock that was set meanwhile contradicts itself.
                bounds = bounds.narrowed_by(seen).unwrap_or(seen);
            }
            bounds
        });
        KNOWN.set(Some(to_host));
        self.asked.store(CONTENT, Ordering::Release);
        Axis { clock, offset: to_host.middle() + host.offset }
    }

    /// One round: the bounds that it sets to the offset.
    fn ask(&self, round: u32, clock: &Clock) -> Bounds {
        let before = clock.read() as i64;
        self.asked.store(round, Ordering::Release);
        while self.answered.load(Ordering::Acquire) != round {
            std::hint::spin_loop();
        }
        let after = clock.read() as i64;
        let host = self.reading.load(Ordering::Relaxed) as i64;
        Bounds { lowest: host - after, highest: host - before }
    }

    /// The host's side: answers if the worker has asked. `true` once it is content.
    pub(crate) fn lead(&self, host: &Axis) -> bool {
        let asked = self.asked.load(Ordering::Acquire);
        if asked == CONTENT {
            return true;
        }
        if asked != self.answered.load(Ordering::Relaxed) {
            self.reading.store(host.clock.read(), Ordering::Relaxed);
            self.answered.store(asked, Ordering::Release);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_turned_clock_never_goes_back() {
        let clock = Clock::hand_turned();
        let axis = Axis::starting_now(clock.clone());
        assert_eq!(axis.now(), 0);
        assert!(clock.turn_to(30));
        assert!(clock.turn_to(20));
        assert_eq!(axis.now(), 30);
        assert!(!Clock::Real.turn_to(30));
    }

    /// What a worker knows after each of its handshakes, and how many questions each took.
    fn handshakes(known: Option<Bounds>, count: usize) -> Vec<(Bounds, u32)> {
        let host = Axis::starting_now(Clock::Real);
        let handshakes: Arc<[Handshake]> = (0..count).map(|_| Handshake::default()).collect();
        let worker = {
            let (handshakes, host) = (handshakes.clone(), host.clone());
            std::thread::spawn(move || {
                KNOWN.set(known);
                let follow = |handshake: &Handshake| {
                    let axis = handshake.follow(&host);
                    let known = KNOWN.get().unwrap();
                    assert_eq!(axis.offset, host.offset + known.middle());
                    known
                };
                handshakes.iter().map(follow).collect::<Vec<_>>()
            })
        };
        for handshake in handshakes.iter() {
            while !handshake.lead(&host) {
                std::hint::spin_loop();
            }
        }
        let questions = handshakes.iter().map(|h| h.answered.load(Ordering::Relaxed));
        worker.join().unwrap().into_iter().zip(questions).collect()
    }

    /// Both sides read one clock here, so that the truth is known.
    fn assert_true(bounds: Bounds) {
        assert!(bounds.narrowed_by(Bounds { lowest: 0, highest: 0 }).is_some(), "{bounds:?}");
    }

    const HOUR: i64 = 3_600_000_000_000;

    #[test]
    fn a_worker_ends_up_on_the_hosts_axis_and_asks_once_from_then_on() {
        let known = handshakes(None, 3);
        known.iter().for_each(|(bounds, _)| assert_true(*bounds));
        let questions: Vec<_> = known.iter().map(|(_, questions)| *questions).collect();
        assert!(questions[0] >= ROUNDS, "{questions:?}");
        assert_eq!(questions[1..], [1, 1]);
    }

    #[test]
    fn an_offset_that_holds_no_more_is_found_anew() {
        let known = handshakes(Some(Bounds { lowest: HOUR, highest: HOUR }), 1);
        let (bounds, questions) = known[0];
        assert!(questions >= ROUNDS, "{questions}");
        assert_true(bounds);
    }

    #[test]
    fn what_was_found_on_a_busy_machine_is_narrowed_by_later_rounds() {
        let known = handshakes(Some(Bounds { lowest: -HOUR, highest: 0 }), 2);
        for (bounds, questions) in known {
            assert_eq!(questions, 1);
            assert!(bounds.lowest > -HOUR, "{bounds:?}");
            assert_true(bounds);
        }
    }

    #[test]
    fn the_clock_has_a_step() {
        assert!(step() > 0);
    }
}
