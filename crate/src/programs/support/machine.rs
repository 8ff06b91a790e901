//! The facts about the machine that programs know.

use std::time::Duration;

/// The facts about the machine that a program may know before it runs. Programs use these facts for
/// defaults and for amounts of work, never for decisions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// The number of logical processors that the browser or the operating system reports.
    pub cores: usize,
    /// Whether workers can share memory. If not, a run can have only one processor.
    pub isolated: bool,
    /// The number of steps of [`count`](super::work::count) that one processor takes in a
    /// millisecond.
    pub steps_per_ms: f64,
}

impl Machine {
    /// Returns the number of steps that keeps one processor busy for `time`.
    pub fn steps(&self, time: Duration) -> u64 {
        (time.as_secs_f64() * 1e3 * self.steps_per_ms).round() as u64
    }
}
