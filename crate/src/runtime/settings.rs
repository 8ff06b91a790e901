//! How a program is to be executed.

use std::time::Duration;

use super::io::Poller;
use crate::clock::Clock;
use crate::sync::Arc;

/// Whether the tasks of a program overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// One task after another: each launched task is awaited before the next is launched.
    Sequential,
    /// All launched tasks are in progress together.
    Concurrent,
}

impl Structure {
    /// Both, as the catalogue lists them.
    pub const ALL: [Structure; 2] = [Structure::Sequential, Structure::Concurrent];

    /// The word that the report and the page use.
    pub fn word(self) -> &'static str {
        match self {
            Structure::Sequential => "sequential",
            Structure::Concurrent => "concurrent",
        }
    }
}

/// How a program is to be executed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Processors, at least 1 and at most as many as the pool has threads.
    pub processors: usize,
    /// Whether its tasks overlap.
    pub structure: Structure,
    /// Decides which of the ready tasks goes first.
    pub seed: u32,
    /// How long a task that computes keeps its processor. Zero: for as long as it wants.
    pub time_slice: Duration,
    /// Which time it goes by.
    pub clock: Clock,
    /// Whether events are recorded. Without them the sums of [`Totals`](crate::trace::Totals) are
    /// zero, but for main's start and end.
    pub traced: bool,
    /// Who performs requests to the world outside, if anybody does.
    pub poller: Option<Arc<dyn Poller>>,
}

impl Default for Settings {
    /// One processor, concurrent, seed 1, slices of 10 ms, real time, traced, no requests.
    fn default() -> Settings {
        Settings {
            processors: 1,
            structure: Structure::Concurrent,
            seed: 1,
            time_slice: Duration::from_millis(10),
            clock: Clock::Real,
            traced: true,
            poller: None,
        }
    }
}
