//! The intervals in which each processor slept, which means that it was parked.

use crate::trace::{Nanos, ProcessorId};

/// An interval in which a processor slept, in times on the run's own axis.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Sleep {
    pub processor: ProcessorId,
    pub start: Nanos,
    pub end: Nanos,
}

/// The sleeps of all processors.
#[derive(Clone, Debug)]
pub(super) struct Sleeps {
    closed: Vec<Sleep>,
    /// The time since which each processor sleeps, if it sleeps; by processor.
    asleep: Vec<Option<Nanos>>,
}

impl Sleeps {
    pub fn new(writers: usize) -> Sleeps {
        Sleeps { closed: Vec::new(), asleep: vec![None; writers] }
    }

    pub fn parked(&mut self, processor: ProcessorId, at: Nanos) {
        self.asleep[processor as usize] = Some(at);
    }

    pub fn woken(&mut self, processor: ProcessorId, at: Nanos) {
        if let Some(start) = self.asleep[processor as usize].take() {
            self.closed.push(Sleep { processor, start, end: at });
        }
    }

    /// Returns every sleep. A sleep from which the processor has not woken has no end.
    pub fn all(&self) -> Vec<Sleep> {
        let open = self.asleep.iter().enumerate().filter_map(|(processor, since)| {
            Some(Sleep { processor: processor as u32, start: (*since)?, end: Nanos::MAX })
        });
        self.closed.iter().copied().chain(open).collect()
    }
}
