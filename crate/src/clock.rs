//! Monotonic time on every worker, on one axis.
//!
//! A native process has one clock. In a browser each worker has its own, with
//! its own origin, and what relates the origins follows the wall clock and
//! drifts when the machine sleeps. So a worker agrees with the host at the
//! start of a run, by a handshake over shared memory ([`Handshake`]), on what
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
pub(crate) fn read() -> Nanos {
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

    /// Nanoseconds since the axis began.
    pub fn now(&self) -> Nanos {
        self.clock.read().saturating_add_signed(self.offset)
    }
}

/// Rounds of a worker's first handshake. Each narrows the offset between two clocks whose steps
/// do not fall together, and takes about a microsecond.
const ROUNDS: u32 = 64;

/// What a worker asks for when it has no more questions.
const CONTENT: u32 = u32::MAX;

thread_local! {
    /// What this worker once found that has to be added to its clock to have the host's.
    static KNOWN: Cell<Option<i64>> = const { Cell::new(None) };
}

/// How a worker learns the host's time. The worker asks, the host answers with its reading, and
/// the worker knows that it was taken between two readings of its own. The offset lies in the
/// intersection of what the rounds allow.
///
/// Once it is known, one round is enough to see that it still holds. More would keep a worker
/// and the host waiting for each other's turns on a machine whose cores are busy, with the run's
/// other processors above all.
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
        let (mut lowest, mut highest) = self.ask(1, &clock);
        let slack = step() as i64;
        let allowed = (lowest - slack)..=(highest + slack);
        let to_host = KNOWN.get().filter(|known| allowed.contains(known)).unwrap_or_else(|| {
            for round in 2..=ROUNDS {
                let (low, high) = self.ask(round, &clock);
                lowest = lowest.max(low);
                highest = highest.min(high);
            }
            // Two clocks with steps may leave the bounds crossed by less than a step; the
            // middle is the best guess either way.
            lowest.midpoint(highest)
        });
        KNOWN.set(Some(to_host));
        self.asked.store(CONTENT, Ordering::Release);
        Axis { clock, offset: to_host + host.offset }
    }

    /// One round: the bounds that it sets to the offset.
    fn ask(&self, round: u32, clock: &Clock) -> (i64, i64) {
        let before = clock.read() as i64;
        self.asked.store(round, Ordering::Release);
        while self.answered.load(Ordering::Acquire) != round {
            std::hint::spin_loop();
        }
        let after = clock.read() as i64;
        let host = self.reading.load(Ordering::Relaxed) as i64;
        (host - after, host - before)
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

    /// A worker's handshakes, one after the other, and how many questions each took.
    fn handshakes(known: Option<i64>, host: &Axis, count: usize) -> Vec<(Axis, u32)> {
        let handshakes: Arc<[Handshake]> = (0..count).map(|_| Handshake::default()).collect();
        let worker = {
            let (handshakes, host) = (handshakes.clone(), host.clone());
            std::thread::spawn(move || {
                KNOWN.set(known);
                handshakes.iter().map(|handshake| handshake.follow(&host)).collect::<Vec<_>>()
            })
        };
        for handshake in handshakes.iter() {
            while !handshake.lead(host) {
                std::hint::spin_loop();
            }
        }
        let questions = handshakes.iter().map(|h| h.answered.load(Ordering::Relaxed));
        worker.join().unwrap().into_iter().zip(questions).collect()
    }

    #[test]
    fn a_worker_ends_up_on_the_hosts_axis_and_asks_once_from_then_on() {
        let host = Axis::starting_now(Clock::Real);
        let followed = handshakes(None, &host, 3);
        for (axis, _) in &followed {
            // Both read one clock here, so the true offset is known.
            assert!(axis.offset.abs_diff(host.offset) < 1_000_000, "{axis:?} {host:?}");
        }
        let questions: Vec<_> = followed.iter().map(|(_, questions)| *questions).collect();
        assert_eq!(questions, [ROUNDS, 1, 1]);
    }

    #[test]
    fn an_offset_that_holds_no_more_is_found_anew() {
        let host = Axis::starting_now(Clock::Real);
        let followed = handshakes(Some(3_600_000_000_000), &host, 1);
        let (axis, questions) = &followed[0];
        assert_eq!(*questions, ROUNDS);
        assert!(axis.offset.abs_diff(host.offset) < 1_000_000, "{axis:?} {host:?}");
    }

    #[test]
    fn the_clock_has_a_step() {
        assert!(step() > 0);
        assert!(step() < 50_000_000);
    }
}
