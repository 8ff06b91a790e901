//! The machine, as programs know it.

use std::time::Duration;

/// What a program may know of the machine before it runs: for defaults and for amounts of work,
/// never for decisions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// Logical processors, as reported.
    pub cores: usize,
    /// Whether memory can be shared between workers, so that there can be several processors.
    pub isolated: bool,
    /// Steps of [`count`](super::work::count) that one processor takes in a millisecond.
    pub steps_per_ms: f64,
}

impl Machine {
    /// The amount of work that keeps one processor busy for `time`.
    pub fn steps(&self, time: Duration) -> u64 {
        (time.as_secs_f64() * 1e3 * self.steps_per_ms).round() as u64
    }
}
