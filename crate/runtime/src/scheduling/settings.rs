//! How a program is to be executed.

use std::time::Duration;

use super::poller::Poller;
use crate::sync::{Arc, AtomicU32, Ordering};
use crate::time::clock::Clock;

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
}

/// A word in memory by which a run is told to stop. Who can only send its host a message waits until
/// the host is given a core, behind all processors that compute; who writes a word does not.
#[derive(Clone, Copy, Debug)]
pub struct StopWord {
    /// The word, which anybody may write at any time.
    pub word: &'static AtomicU32,
    /// The run is to stop once the word holds this number.
    pub number: u32,
}

impl StopWord {
    pub(crate) fn says_stop(self) -> bool {
        self.word.load(Ordering::Relaxed) == self.number
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
    /// How it can be told to stop without its host. Processors that compute or switch look at it;
    /// those that all sleep wait for [`Run::stop`](crate::Run::stop).
    pub stop_word: Option<StopWord>,
}

impl Default for Settings {
    /// One processor, concurrent, seed 1, slices of 10 ms, real time, traced, no requests, no word.
    fn default() -> Settings {
        Settings {
            processors: 1,
            structure: Structure::Concurrent,
            seed: 1,
            time_slice: Duration::from_millis(10),
            clock: Clock::Real,
            traced: true,
            poller: None,
            stop_word: None,
        }
    }
}
