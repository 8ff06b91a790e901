//! The total times and numbers of a run and of its processors. They are exact even if the run's
//! logs were too short for all events.

use super::event::Nanos;

/// The total times and numbers of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// The time of `main`'s first instruction, in nanoseconds on the run's axis.
    pub main_started: Nanos,
    /// The time at which `main` ended, or at which the run ended in another way.
    pub main_ended: Nanos,
    /// The time from the start of the run to `main`'s first instruction, in nanoseconds. In this
    /// time the processors wake and agree on the time.
    pub startup: Nanos,
    /// The totals of each processor.
    pub processors: Vec<ProcessorTotals>,
    /// The number of events that were recorded.
    pub events: u64,
    /// The number of events that were not kept, for lack of room.
    pub dropped: u64,
    /// The time of the first event that was not kept, if there was one.
    pub first_dropped: Option<Nanos>,
    /// The number of bytes of standard output, and of standard error, that were not kept.
    pub dropped_bytes: [u64; 2],
    /// The step of the clock: the smallest difference that two readings can have, in nanoseconds.
    pub clock_step: Nanos,
}

/// The total times and numbers of one processor, until the run's end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProcessorTotals {
    /// Nanoseconds inside tasks.
    pub busy: Nanos,
    /// Nanoseconds parked, because no ready task was found.
    pub parked: Nanos,
    /// Nanoseconds at the gate, while unused memory was collected.
    pub collecting: Nanos,
    /// The number of turns given to tasks.
    pub switches: u64,
    /// The number of tasks stolen from another processor's queue.
    pub steals: u64,
    /// Nanoseconds of `busy` that belong to timing batches that took too long. It is unknown to
    /// which turns of a batch this time belongs, because each turn was expected to be too short to
    /// be timed.
    pub blurred: Nanos,
}
