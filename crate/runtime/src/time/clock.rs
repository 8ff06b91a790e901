//! Monotonic time on every worker, on one axis.
//!
//! A native process has one clock. In a browser each worker has a clock of its own, with its own
//! origin. The browser gives each origin only as a wall-clock time, and these times no longer match
//! after the machine has slept. So at the start of a run, each worker finds the offset that it adds
//! to its readings ([`Axis`]). It finds the offset by a handshake with the host over shared memory
//! (`Handshake`).
//!
//! Tests use a manual clock. The manual clock stands still while any processor has something to do.
//! When no processor has, the manual clock jumps to the next deadline.

use std::cell::Cell;
use std::time::Instant;

use crate::sync::{Arc, AtomicU32, AtomicU64, OnceLock, Ordering};
use crate::trace::Nanos;

static INSTALLED: OnceLock<fn() -> Nanos> = OnceLock::new();

/// Installs `read` as the platform's clock. The clock is monotonic on each thread, and each thread
/// may have an origin of its own. Must be called before the first run, because the threads of a run
/// have to agree on whether they need a handshake. Later calls do nothing.
pub fn install(read: fn() -> Nanos) {
    let _ = INSTALLED.set(read);
}

/// Reads this thread's clock, in nanoseconds: the installed clock, or the clock of the process if
/// none is installed.
pub fn read() -> Nanos {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    match INSTALLED.get() {
        Some(read) => read(),
        None => ORIGIN.get_or_init(Instant::now).elapsed().as_nanos() as Nanos,
    }
}

/// Returns the clock's resolution: the smallest change seen between two readings, in nanoseconds.
/// The first call in a process measures the resolution over 50 steps of the clock. Later calls
/// return the same value.
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

/// The clock that a run uses.
#[derive(Clone, Debug)]
pub enum Clock {
    /// Real time.
    Real,
    /// Time that passes only when every processor is idle, and then jumps to the next deadline.
    Manual(Arc<AtomicU64>),
}

impl Clock {
    /// Creates a manual clock at zero.
    pub fn manual() -> Clock {
        Clock::Manual(Arc::new(AtomicU64::new(0)))
    }

    /// Advances a manual clock to `deadline`. Never sets the clock back. Returns `false` for real
    /// time.
    pub(crate) fn advance_to(&self, deadline: Nanos) -> bool {
        match self {
            Clock::Real => false,
            Clock::Manual(time) => {
                time.fetch_max(deadline, Ordering::Relaxed);
                true
            }
        }
    }

    /// Returns whether each thread reads a clock of its own and therefore needs a handshake.
    pub(crate) fn is_per_thread(&self) -> bool {
        matches!(self, Clock::Real) && INSTALLED.get().is_some()
    }

    fn read(&self) -> Nanos {
        match self {
            Clock::Real => read(),
            Clock::Manual(time) => time.load(Ordering::Relaxed),
        }
    }
}

/// A thread's view of the run's time: the thread's clock, and the offset to add to its readings.
#[derive(Clone, Debug)]
pub struct Axis {
    clock: Clock,
    offset: i64,
}

impl Axis {
    /// Creates an axis that begins now, for the thread that starts a run.
    pub(crate) fn starting_now(clock: Clock) -> Axis {
        let offset = -(clock.read() as i64);
        Axis { clock, offset }
    }

    /// Returns whether the axis follows real time.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.clock, Clock::Real)
    }

    /// Returns the same axis with times that are `by` nanoseconds too early, as after a handshake
    /// with this error.
    #[cfg(test)]
    pub(crate) fn lagging(&self, by: Nanos) -> Axis {
        Axis { clock: self.clock.clone(), offset: self.offset - by as i64 }
    }

    /// Returns the nanoseconds since the axis began.
    pub fn now(&self) -> Nanos {
        self.clock.read().saturating_add_signed(self.offset)
    }
}

/// The least number of rounds in a handshake that has to find the offset. Each round takes about a
/// microsecond. Each round can narrow the bounds of the offset, because the two clocks do not step
/// at the same instants.
const LEAST_ROUNDS: u32 = 64;

/// The largest distance between the bounds, in nanoseconds, at which a handshake that has to find
/// the offset ends after [`LEAST_ROUNDS`] rounds. If there are more threads than cores, the
/// operating system may pause the host before it answers, or the worker before it sees the answer.
/// Then the bounds are wide, and the worker asks again until one round is quick.
const NARROW_ENOUGH: i64 = 20_000;

/// The time, in nanoseconds, after which a handshake that has to find the offset ends even with
/// wider bounds.
const TIME_LIMIT: Nanos = 50_000_000;

/// The round number with which a worker says that it has no more questions.
const FINISHED: u32 = u32::MAX;

thread_local! {
    /// The known bounds of the offset that turns a reading of this worker's clock into a reading of
    /// the host's clock.
    static KNOWN: Cell<Option<Bounds>> = const { Cell::new(None) };
}

/// The bounds of the difference between two clocks, in nanoseconds.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    lowest: i64,
    highest: i64,
}

impl Bounds {
    /// Returns the intersection of the two intervals; `None` if the gap between them is larger than
    /// two steps of the clock.
    fn narrowed_by(self, other: Bounds) -> Option<Bounds> {
        let both = Bounds {
            lowest: self.lowest.max(other.lowest),
            highest: self.highest.min(other.highest),
        };
        (both.lowest <= both.highest.saturating_add(2 * step() as i64)).then_some(both)
    }

    /// Returns the middle of the bounds. This is the best estimate, even if the clocks' resolution
    /// has caused `lowest` to be above `highest`.
    fn middle(self) -> i64 {
        self.lowest.midpoint(self.highest)
    }
}

/// A handshake by which a worker learns the host's time. In each round the worker asks, and the
/// host answers with a reading of its clock. The worker knows that the host took this reading
/// between two readings of the worker's own clock. This gives bounds for the offset. The offset
/// lies in the intersection of the bounds of all rounds.
///
/// Once the offset is known, one round is enough to check it. That round also narrows bounds that
/// were found on a busy machine. More rounds would be slow while the run's other processors occupy
/// the cores: in each round, each side waits until the other side gets a core.
#[derive(Debug, Default)]
pub(crate) struct Handshake {
    asked: AtomicU32,
    answered: AtomicU32,
    reading: AtomicU64,
}

impl Handshake {
    /// Performs the worker's side. Returns the worker's view of `host`'s axis.
    pub(crate) fn find_axis(&self, host: &Axis) -> Axis {
        let clock = host.clock.clone();
        let seen = self.ask(1, &clock);
        let to_host = KNOWN.get().and_then(|known| known.narrowed_by(seen)).unwrap_or_else(|| {
            let began = clock.read();
            let mut bounds = seen;
            for round in 2.. {
                let needs_more = bounds.highest - bounds.lowest > NARROW_ENOUGH
                    && clock.read() - began < TIME_LIMIT;
                if round > LEAST_ROUNDS && !needs_more {
                    break;
                }
                let seen = self.ask(round, &clock);
                // Bounds contradict each other only if a clock jumped meanwhile.
                bounds = bounds.narrowed_by(seen).unwrap_or(seen);
            }
            bounds
        });
        KNOWN.set(Some(to_host));
        self.asked.store(FINISHED, Ordering::Release);
        Axis { clock, offset: to_host.middle() + host.offset }
    }

    /// Performs one round. Returns the bounds of the offset that follow from this round.
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

    /// Performs the host's side: answers if the worker has asked. Returns `true` once the worker
    /// has no more questions.
    pub(crate) fn answer(&self, host: &Axis) -> bool {
        let asked = self.asked.load(Ordering::Acquire);
        if asked == FINISHED {
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
    fn a_manual_clock_never_goes_back() {
        let clock = Clock::manual();
        let axis = Axis::starting_now(clock.clone());
        assert_eq!(axis.now(), 0);
        assert!(clock.advance_to(30));
        assert!(clock.advance_to(20));
        assert_eq!(axis.now(), 30);
        assert!(!Clock::Real.advance_to(30));
    }

    /// Returns what a worker knows after each of its handshakes, and how many questions the
    /// handshake took.
    fn handshakes(known: Option<Bounds>, count: usize) -> Vec<(Bounds, u32)> {
        let host = Axis::starting_now(Clock::Real);
        let handshakes: Arc<[Handshake]> = (0..count).map(|_| Handshake::default()).collect();
        let worker = {
            let (handshakes, host) = (handshakes.clone(), host.clone());
            std::thread::spawn(move || {
                KNOWN.set(known);
                let find_axis = |handshake: &Handshake| {
                    let axis = handshake.find_axis(&host);
                    let known = KNOWN.get().unwrap();
                    assert_eq!(axis.offset, host.offset + known.middle());
                    known
                };
                handshakes.iter().map(find_axis).collect::<Vec<_>>()
            })
        };
        for handshake in handshakes.iter() {
            while !handshake.answer(&host) {
                std::hint::spin_loop();
            }
        }
        let questions = handshakes.iter().map(|h| h.answered.load(Ordering::Relaxed));
        worker.join().unwrap().into_iter().zip(questions).collect()
    }

    /// Checks the bounds of the difference between a clock and itself. The true difference is 0.
    fn assert_true(bounds: Bounds) {
        assert!(bounds.narrowed_by(Bounds { lowest: 0, highest: 0 }).is_some(), "{bounds:?}");
    }

    const HOUR: i64 = 3_600_000_000_000;

    #[test]
    fn a_worker_ends_up_on_the_hosts_axis_and_asks_once_from_then_on() {
        let known = handshakes(None, 3);
        known.iter().for_each(|(bounds, _)| assert_true(*bounds));
        let questions: Vec<_> = known.iter().map(|(_, questions)| *questions).collect();
        assert!(questions[0] >= LEAST_ROUNDS, "{questions:?}");
        assert_eq!(questions[1..], [1, 1]);
    }

    #[test]
    fn an_offset_that_holds_no_more_is_found_anew() {
        let known = handshakes(Some(Bounds { lowest: HOUR, highest: HOUR }), 1);
        let (bounds, questions) = known[0];
        assert!(questions >= LEAST_ROUNDS, "{questions}");
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
