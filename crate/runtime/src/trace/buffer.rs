//! The writer buffer: what one writer has recorded and no reader can see yet.
//!
//! In wasm every atomic access is sequentially consistent, and one atomic store takes a good part
//! of the time of a switch between tasks. So a writer records into memory of its own. It flushes
//! the buffer to the [`Recorder`], all at once under a lock, when a reader may need its content.

use std::cell::{Cell, RefCell};

use super::event::{self, Event, NEVER, Nanos, Words};
use super::places::{KnownPlaces, Place, PlaceCode, code_of};
use super::recorder::{Recorder, Shared};
use super::records::{Named, Records, TaskSums};
use super::totals::ProcessorTotals;
use crate::sync::lock;

/// The largest number of entries, which are events and marks, that a buffer holds.
const BUFFER_ENTRIES: usize = 512;

/// The buffer of what one writer has recorded and not flushed yet. Only one thread uses it, so most
/// fields are `Cell`s: a `RefCell` would cost a check for every event.
#[derive(Debug)]
pub struct WriterBuffer {
    writer: usize,
    /// Events and marks that are not flushed.
    entries: Box<[Cell<Words>; BUFFER_ENTRIES]>,
    /// How many entries are in use.
    used: Cell<usize>,
    /// How many of the entries in use hold marks.
    marks: Cell<usize>,
    /// The time of the last mark; [`NEVER`] if the next event needs a mark.
    last_mark: Cell<Nanos>,
    /// How many entries the writer may still flush, including the entries in the buffer.
    room: Cell<usize>,
    /// The next event fits if fewer entries than this are in use. The limit is 0 when no more
    /// events are recorded.
    limit: Cell<usize>,
    records: RefCell<Records>,
    places: KnownPlaces,
    dropped: Cell<u64>,
    /// The totals of the writer's processor; flushed with the events.
    totals: Cell<ProcessorTotals>,
}

impl WriterBuffer {
    /// Creates an empty buffer for the writer with this number. Must be called only once for each
    /// writer.
    pub fn new(recorder: &Recorder, writer: usize) -> WriterBuffer {
        let room = recorder.room(writer);
        WriterBuffer {
            writer,
            entries: Box::new([const { Cell::new([0; 2]) }; BUFFER_ENTRIES]),
            used: Cell::new(0),
            marks: Cell::new(0),
            last_mark: Cell::new(NEVER),
            room: Cell::new(room),
            limit: Cell::new(limit(room)),
            records: RefCell::default(),
            places: KnownPlaces::new(),
            dropped: Cell::new(0),
            totals: Cell::default(),
        }
    }

    /// Records an event. When one writer has no room left, all writers stop recording events. So
    /// the trace has no holes before that time.
    // This is inlined because the caller knows the kind of the event. So the compiler reduces the
    // encoding to the computation of two words.
    #[inline(always)]
    pub fn event(&self, recorder: &Recorder, at: Nanos, event: Event) {
        let [head, body] = event.encode();
        self.put(recorder, at, head, body);
    }

    /// Returns what stands for a place in an event. `None` is an unknown place.
    #[inline(always)]
    pub(crate) fn code(&self, recorder: &Recorder, place: Option<Place>) -> PlaceCode {
        place.map_or(code_of(None), |place| self.places.code(&recorder.places, place))
    }

    /// Records an event as [`Self::event`] does, with the place at which a task's code caused the
    /// event.
    #[inline(always)]
    pub(crate) fn event_at(&self, recorder: &Recorder, at: Nanos, code: PlaceCode, event: Event) {
        let [head, body] = event.encode();
        self.put(recorder, at, event::with_place(head, code), body);
    }

    // The two words are separate arguments, because wasm would pass an array in memory. The
    // function is inlined, because calls would take a twentieth of the time of a switch.
    #[inline(always)]
    fn put(&self, recorder: &Recorder, at: Nanos, head: u64, body: u64) {
        let mut used = self.used.get();
        if used >= self.limit.get() {
            if !self.make_room(recorder, at) {
                return;
            }
            used = self.used.get();
        }
        if self.last_mark.get() != at {
            self.last_mark.set(at);
            self.marks.set(self.marks.get() + 1);
            self.entry(used).set(event::mark(at));
            used += 1;
        }
        self.entry(used).set([head, body]);
        self.used.set(used + 1);
    }

    /// Returns an entry. `index` is within the buffer, so the remainder is the index itself. It
    /// tells the compiler that no check is needed.
    #[inline(always)]
    fn entry(&self, index: usize) -> &Cell<Words> {
        &self.entries[index % BUFFER_ENTRIES]
    }

    /// Flushes the buffer, and returns whether there is room for another event after that. If not,
    /// counts the event at `at` as dropped.
    #[cold]
    fn make_room(&self, recorder: &Recorder, at: Nanos) -> bool {
        if self.limit.get() > 0 {
            self.flush(recorder);
        }
        let has_room = self.limit.get() > 0;
        if !has_room {
            recorder.note_dropped(at);
            self.dropped.set(self.dropped.get() + 1);
        }
        has_room
    }

    /// Makes what the writer has recorded visible to readers.
    pub fn flush(&self, recorder: &Recorder) {
        if self.is_empty() {
            return;
        }
        let shared = &mut *lock(&recorder.writers[self.writer]);
        shared.totals = self.totals.get();
        shared.events += self.move_events(shared, recorder.is_full()) as u64;
        shared.dropped += self.dropped.take();
        shared.pending.records.append(&mut self.records.borrow_mut());
    }

    /// Moves the events to the writer's log, and returns their number.
    fn move_events(&self, shared: &mut Shared, is_full: bool) -> usize {
        let used = self.used.replace(0);
        shared.pending.log.append(&self.entries[..used]);
        // A reader may take the log now, so the next event needs a mark of its own.
        self.last_mark.set(NEVER);
        self.room.set(self.room.get() - used);
        self.limit.set(if is_full { 0 } else { limit(self.room.get()) });
        used - self.marks.take()
    }

    /// Records a new task's name.
    pub fn name(&self, named: Named) {
        self.records.borrow_mut().names.push(named);
    }

    /// Records the times by state of a task that has ended.
    pub fn ended(&self, sums: TaskSums) {
        self.records.borrow_mut().ended.push(sums);
    }

    /// Adds to the totals of the writer's processor.
    #[inline]
    pub fn tally(&self, add: impl FnOnce(&mut ProcessorTotals)) {
        let mut totals = self.totals.get();
        add(&mut totals);
        self.totals.set(totals);
    }

    /// Returns whether there is nothing to flush.
    fn is_empty(&self) -> bool {
        self.used.get() == 0 && self.dropped.get() == 0 && self.records.borrow().is_empty()
    }
}

/// Returns the limit of a buffer whose writer may still flush `room` entries. If fewer entries are
/// in use, an event and its mark fit.
fn limit(room: usize) -> usize {
    room.min(BUFFER_ENTRIES).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Batch, Event, Name, Named, Timed};

    #[test]
    fn a_reader_gets_each_thing_once() {
        let recorder = Recorder::new(2, vec![]);
        let zero = WriterBuffer::new(&recorder, 0);
        let one = WriterBuffer::new(&recorder, 1);
        one.event(&recorder, 5, Event::ProcessorParked);
        zero.name(Named { task: 3, parent: Some(0), name: Name::numbered("dish", 1) });
        zero.event(&recorder, 6, Event::Output { task: 3, chunk: 0 });
        assert_eq!(recorder.drain(), Batch::default(), "nothing has been flushed");
        zero.flush(&recorder);
        one.flush(&recorder);
        let batch = recorder.drain();
        assert_eq!(batch.events.len(), 2);
        assert_eq!(batch.names[0].name.to_string(), "dish 1");
        assert_eq!(recorder.drain(), Batch::default());
        // This event has the same time as an event that the reader has taken. It still needs a mark
        // of its own.
        one.event(&recorder, 5, Event::ProcessorWoken);
        one.flush(&recorder);
        assert_eq!(
            recorder.drain().events,
            [(1, Timed { at: 5, place: None, event: Event::ProcessorWoken })]
        );
        assert_eq!(recorder.events(), 3);
    }

    #[test]
    fn when_one_writer_has_no_room_all_stop_and_the_rest_is_counted() {
        let recorder = Recorder::new(1, vec![]);
        let (zero, one) = (WriterBuffer::new(&recorder, 0), WriterBuffer::new(&recorder, 1));
        let mut events = 0u64;
        while zero.dropped.get() == 0 {
            zero.event(&recorder, events, Event::ProcessorParked);
            events += 1;
        }
        for at in 0..2 {
            // When `one` flushes its first event, the recorder already knows that `zero` has no
            // more room.
            one.event(&recorder, at, Event::ProcessorParked);
            one.flush(&recorder);
        }
        zero.flush(&recorder);
        assert_eq!(recorder.dropped(), 2);
        assert_eq!(recorder.first_dropped(), Some(1), "the earlier of two");
        assert_eq!(recorder.drain().events.len() as u64, events);
        assert_eq!(recorder.events(), events);
    }
}
