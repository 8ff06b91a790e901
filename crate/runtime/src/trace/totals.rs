//! Sums over a run that stay exact when its logs were too short for its events.

use super::event::Nanos;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// `main`'s first instruction, on the run's axis.
    pub main_started: Nanos,
    /// `main`'s end, or where the run was cut short.
    pub main_ended: Nanos,
    /// From the start of the run to `main`'s first instruction: waking the processors and
    /// agreeing on the time.
    pub startup: Nanos,
    /// One entry a processor.
    pub processors: Vec<ProcessorTotals>,
    /// Events that were recorded.
    pub events: u64,
    /// Events and lines of output that were not, for want of room.
    pub dropped: u64,
    /// When the first of these events happened, if there was one.
    pub broke_off: Option<Nanos>,
    /// The step of the coarsest clock that took part: the smallest difference that two readings
    /// can have.
    pub clock_step: Nanos,
}

/// What one processor did, until `main`'s end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProcessorTotals {
    /// Nanoseconds inside tasks.
    pub busy: Nanos,
    /// Nanoseconds asleep for want of ready tasks.
    pub parked: Nanos,
    /// Turns given to tasks.
    pub switches: u64,
    /// Tasks taken from another processor's queue.
    pub steals: u64,
    /// Nanoseconds of `busy` that belong to a few turns together, nobody knows to which: each of
    /// them was expected to be too short to be timed.
    pub blurred: Nanos,
}
