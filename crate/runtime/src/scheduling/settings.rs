//! How a program is to be executed.

use std::time::Duration;

use super::guest::Guest;
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
    /// Both structures, in the order in which the catalogue lists them.
    pub const ALL: [Structure; 2] = [Structure::Sequential, Structure::Concurrent];
}

/// A word in memory that tells a run to stop. This is faster than a message to the host: the host
/// reads a message only when it gets a core, and it has to wait for a core while many processors
/// compute.
#[derive(Clone, Copy, Debug)]
pub struct StopWord {
    /// The word, which any thread may write at any time.
    pub word: &'static AtomicU32,
    /// The number that tells the run to stop, when the word holds it.
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
    /// The number of processors: at least 1, and at most the number of the pool's threads.
    pub processors: usize,
    /// Whether the program's tasks overlap.
    pub structure: Structure,
    /// The seed of the random choices in the order of ready tasks.
    pub seed: u32,
    /// How long a task that computes keeps its processor. Zero means that time slices are off: the
    /// task keeps its processor as long as it wants.
    /// A goroutine on a run's only processor counts its polls instead of the time, so that its run
    /// has the same order each time.
    pub time_slice: Duration,
    /// For tests: one in this many polls makes the goroutine pause, as the seed chooses. At 1 every
    /// poll does. At 0 no pause is forced.
    pub forced_pauses: u32,
    /// The clock of the run.
    pub clock: Clock,
    /// Whether events are recorded. If not, the numbers of events and the processors' totals in
    /// [`Totals`](crate::trace::Totals) are zero. The times of `main` are still measured.
    pub traced: bool,
    /// The poller that performs requests to the world outside; `None` if the host performs none.
    pub poller: Option<Arc<dyn Poller>>,
    /// The module whose code goroutines execute; `None` if the run has no goroutines.
    pub guest: Option<Arc<dyn Guest>>,
    /// The word that can stop the run without its host, if there is one. Processors that compute or
    /// switch read it. If all processors are parked, only [`Run::stop`](crate::Run::stop) ends the
    /// run.
    pub stop_word: Option<StopWord>,
}

impl Default for Settings {
    /// Returns settings for one processor, concurrent, with seed 1, slices of 10 ms and real time,
    /// traced, without a poller, a guest and a stop word.
    fn default() -> Settings {
        Settings {
            processors: 1,
            structure: Structure::Concurrent,
            seed: 1,
            time_slice: Duration::from_millis(10),
            forced_pauses: 0,
            clock: Clock::Real,
            traced: true,
            poller: None,
            guest: None,
            stop_word: None,
        }
    }
}
