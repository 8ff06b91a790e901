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
fn read() -> Nanos {
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

    /// Nanoseconds since the axis began.
    pub fn now(&self) -> Nanos {
        self.clock.read().saturating_add_signed(self.offset)
    }
}

/// Rounds of one handshake. Each narrows the offset between two clocks whose steps do not fall
/// together, and takes about a microsecond.
const ROUNDS: u32 = 64;

/// How a worker learns the host's time. The worker asks, the host answers with its reading, and
/// the worker knows that it was taken between two readings of its own. The offset lies in the
/// intersection of what the rounds allow.
#[derive(Debug, Default)]
pub(crate) struct Handshake {
    asked: AtomicU32,
    answered: AtomicU32,
    reading: AtomicU64,
}

impl Handshake {
    /// The worker's side: returns the axis that the host's answers imply.
    pub(crate) fn follow(&self, clock: Clock) -> Axis {
        let (mut lowest, mut highest) = (i64::MIN, i64::MAX);
        for round in 1..=ROUNDS {
            let before = clock.read() as i64;
            self.asked.store(round, Ordering::Release);
            while self.answered.load(Ordering::Acquire) != round {
                std::hint::spin_loop();
            }
            let after = clock.read() as i64;
            let host = self.reading.load(Ordering::Relaxed) as i64;
            lowest = lowest.max(host - after);
            highest = highest.min(host - before);
        }
        // Two clocks with steps may leave the bounds crossed by less than a step; the middle
        // is the best guess either way.
        Axis { clock, offset: lowest.midpoint(highest) }
    }

    /// The host's side: answers if the worker has asked. `true` once it has all its answers.
    pub(crate) fn lead(&self, axis: &Axis) -> bool {
        let asked = self.asked.load(Ordering::Acquire);
        let answered = self.answered.load(Ordering::Relaxed);
        if asked != answered {
            self.reading.store(axis.now(), Ordering::Relaxed);
            self.answered.store(asked, Ordering::Release);
        }
        asked == ROUNDS
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

    #[test]
    fn a_worker_ends_up_on_the_hosts_axis() {
        let host = Axis::starting_now(Clock::Real);
        let handshake = Arc::new(Handshake::default());
        let worker = {
            let handshake = handshake.clone();
            std::thread::spawn(move || handshake.follow(Clock::Real))
        };
        while !handshake.lead(&host) {
            std::hint::spin_loop();
        }
        let worker = worker.join().unwrap();
        // Both read one clock here, so the true offset is known.
        assert!(worker.offset.abs_diff(host.offset) < 1_000_000, "{worker:?} {host:?}");
    }

    #[test]
    fn the_clock_has_a_step() {
        assert!(step() > 0);
        assert!(step() < 50_000_000);
    }
}
