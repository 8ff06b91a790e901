//! The intervals in which each processor was parked.

use crate::trace::{Nanos, ProcessorId};

/// An interval in which a processor was parked, in times on the run's time axis.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct ParkedInterval {
    pub processor: ProcessorId,
    pub start: Nanos,
    pub end: Nanos,
}

/// The intervals in which processors were parked.
#[derive(Clone, Debug)]
pub(super) struct ParkedIntervals {
    closed: Vec<ParkedInterval>,
    /// By processor, the time since which it is parked, or `None` if it is not parked.
    parked_since: Vec<Option<Nanos>>,
}

impl ParkedIntervals {
    pub fn new(writers: usize) -> ParkedIntervals {
        ParkedIntervals { closed: Vec::new(), parked_since: vec![None; writers] }
    }

    pub fn parked(&mut self, processor: ProcessorId, at: Nanos) {
        self.parked_since[processor as usize] = Some(at);
    }

    pub fn woken(&mut self, processor: ProcessorId, at: Nanos) {
        if let Some(start) = self.parked_since[processor as usize].take() {
            self.closed.push(ParkedInterval { processor, start, end: at });
        }
    }

    /// Returns every interval. If a processor has not been woken, its last interval ends at
    /// `Nanos::MAX`.
    pub fn all(&self) -> Vec<ParkedInterval> {
        let open = self.parked_since.iter().enumerate().filter_map(|(processor, since)| {
            Some(ParkedInterval { processor: processor as u32, start: (*since)?, end: Nanos::MAX })
        });
        self.closed.iter().copied().chain(open).collect()
    }
}
