//! What all writers of a run have recorded, and how a reader takes it.
//!
//! There is one writer for each processor, and one for the host. The host is a writer because its
//! answers to requests make tasks ready. Each writer records in a buffer of its own (`buffer.rs`),
//! and flushes it to the recorder now and then.

use super::event::{NEVER, Nanos, ProcessorId, Timed};
use super::log::Log;
use super::output::{Output, OutputLog};
use super::places::{PlaceCode, Places, SourceLine, code_of};
use super::records::{Named, Records, TaskSums};
use super::totals::ProcessorTotals;
use crate::sync::{AtomicU64, Mutex, Ordering, lock};

/// How many entries, which are events and marks, all logs of a run hold together. Each entry takes
/// 16 bytes, so the logs take at most 50 MB.
const ALL_ENTRIES: usize = 3 << 20;

/// How many entries the host's log holds. The host records one event for each answer from outside.
const HOST_ENTRIES: usize = ALL_ENTRIES / 16;

/// The maximum number of entries in one log. If a million tasks are blocked, a full log takes 25
/// bytes for each task.
const MOST_LOG_ENTRIES: usize = ALL_ENTRIES / 2;

/// What the writers have flushed since the last call of [`Recorder::drain`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The events, writer by writer, and each writer's events in the order of writing. An event has
    /// the number of its writer: a processor's id, or for the host the number of processors.
    pub events: Vec<(ProcessorId, Timed)>,
    /// The names of new tasks.
    pub names: Vec<Named>,
    /// What tasks have written.
    pub output: Output,
    /// The times by state of each task that has ended.
    pub ended: Vec<TaskSums>,
    /// New places. Their numbers continue the numbers of the last batch.
    pub places: Vec<SourceLine>,
}

/// What one writer has flushed and no reader has taken.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) log: Log,
    pub(super) records: Records,
}

/// What readers see of one writer.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) pending: Pending,
    pub(super) totals: ProcessorTotals,
    pub(super) events: u64,
    pub(super) dropped: u64,
}

/// What all writers of a run have recorded.
#[derive(Debug)]
pub struct Recorder {
    pub(super) writers: Box<[Mutex<Shared>]>,
    pub(super) places: Places,
    /// The number of the guest's lines, with which the table of places begins.
    guest_lines: u32,
    /// The time of the first event that found no room; [`NEVER`] while every event has found room.
    first_dropped: AtomicU64,
    /// What tasks have written, whichever processor they were on.
    pub(crate) output: OutputLog,
}

impl Recorder {
    /// Creates a recorder for the processors of a run and for its host. The table of places begins
    /// with the lines of the run's guest.
    pub fn new(processors: usize, guest_lines: Vec<SourceLine>) -> Recorder {
        let places = Places::beginning_with(guest_lines);
        Recorder {
            guest_lines: places.len() as u32,
            writers: (0..=processors).map(|_| Mutex::default()).collect(),
            places,
            first_dropped: AtomicU64::new(NEVER),
            output: OutputLog::new(),
        }
    }

    /// Returns what stands for a guest's line in an event. `line` is the index of the line plus 1. A
    /// number that stands for no line counts as no place.
    #[inline]
    pub(crate) fn guest_line(&self, line: u32) -> PlaceCode {
        if line <= self.guest_lines { line as PlaceCode } else { code_of(None) }
    }

    /// Returns how many events and marks the log of `writer` has room for.
    pub(super) fn room(&self, writer: usize) -> usize {
        let processors = self.writers.len() - 1;
        let room = if writer == processors {
            HOST_ENTRIES
        } else {
            (ALL_ENTRIES - HOST_ENTRIES) / processors
        };
        room.min(MOST_LOG_ENTRIES)
    }

    /// Returns whether a writer has run out of room. From then on no events are recorded.
    pub(super) fn is_full(&self) -> bool {
        self.first_dropped().is_some()
    }

    /// Notes that an event at `at` found no room.
    pub(super) fn note_dropped(&self, at: Nanos) {
        // After the first dropped event, each writer calls this for every event. The check spares
        // most calls an atomic write.
        if at < self.first_dropped.load(Ordering::Relaxed) {
            self.first_dropped.fetch_min(at, Ordering::Relaxed);
        }
    }

    /// Returns the time of the first event that found no room, if there was one. No earlier event
    /// is missing.
    pub fn first_dropped(&self) -> Option<Nanos> {
        Some(self.first_dropped.load(Ordering::Relaxed)).filter(|at| *at != NEVER)
    }

    /// Returns how many events were recorded.
    pub fn events(&self) -> u64 {
        self.writers.iter().map(|writer| lock(writer).events).sum()
    }

    /// Returns how many events were not kept.
    pub fn dropped(&self) -> u64 {
        self.writers.iter().map(|writer| lock(writer).dropped).sum()
    }

    /// Returns the totals of each processor, as of its last flush.
    pub fn totals(&self) -> Vec<ProcessorTotals> {
        let processors = &self.writers[..self.writers.len() - 1];
        processors.iter().map(|writer| lock(writer).totals).collect()
    }

    /// Takes what was flushed since the last call.
    pub fn drain(&self) -> Batch {
        // The output is taken first: a writer flushes the name of a task before the task writes.
        let mut batch = Batch { output: self.output.drain(), ..Batch::default() };
        for (id, writer) in self.writers.iter().enumerate() {
            let pending = std::mem::take(&mut lock(writer).pending);
            batch.events.extend(pending.log.into_events().map(|event| (id as ProcessorId, event)));
            batch.names.extend(pending.records.names);
            batch.ended.extend(pending.records.ended);
        }
        // The places are taken last: a writer adds an event's place to the table before it flushes
        // the event.
        batch.places = self.places.take_new();
        batch
    }
}
