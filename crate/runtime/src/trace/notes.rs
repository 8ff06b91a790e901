//! What one writer has recorded and not handed in yet.
//!
//! In wasm every atomic access is sequentially consistent, and one store costs a
//! good part of what a switch does. So a writer notes what happens in memory
//! of its own and hands its notes in, all at once under a lock, when somebody may
//! have to see them.

use std::cell::{Cell, RefCell};

use super::event::{self, Event, NEVER, Nanos, Words};
use super::log::Log;
use super::recorder::{Extras, Line, Named, Recorder, TaskSums};
use super::totals::ProcessorTotals;

/// Events and marks that lie in notes at most.
const PAGE: usize = 512;

/// What one writer has recorded and not handed in yet. An event is noted by a few stores, so
/// there is no flag around them that says whether somebody else is at it: the writer has one thread.
#[derive(Debug)]
pub struct Notes {
    pub(super) writer: usize,
    /// Events and marks,
    page: Box<[Cell<Words>; PAGE]>,
    /// so many of them,
    noted: Cell<usize>,
    /// of which so many are marks,
    marks: Cell<usize>,
    /// the last of this time; [`NEVER`] where the next event needs one.
    at: Cell<Nanos>,
    /// How many more the writer's logs have room for, those above included.
    room: Cell<usize>,
    /// How many may lie here before the next event; 0 once nothing is recorded any more.
    limit: Cell<usize>,
    pub(super) extras: RefCell<Extras>,
    pub(super) dropped: Cell<u64>,
    /// What the writer's processor has come to so far; handed in with the events.
    pub(super) totals: Cell<ProcessorTotals>,
}

impl Notes {
    pub(super) fn new(writer: usize, room: usize) -> Notes {
        Notes {
            writer,
            page: Box::new([const { Cell::new([0; 2]) }; PAGE]),
            noted: Cell::new(0),
            marks: Cell::new(0),
            at: Cell::new(NEVER),
            room: Cell::new(room),
            limit: Cell::new(limit(room)),
            extras: RefCell::default(),
            dropped: Cell::new(0),
            totals: Cell::default(),
        }
    }

    /// Notes an event. Once one writer has no room left all stop, so that what there is has no
    /// holes before that moment.
    // Inlined to where it is known which event it is: encoding it comes down to two words.
    #[inline(always)]
    pub fn event(&self, recorder: &Recorder, at: Nanos, event: Event) {
        let [head, body] = event.encode();
        self.put(recorder, at, head, body);
    }

    // Two words, since in wasm an array of them would be handed over in memory. Inlined: its calls
    // would take a twentieth of a switch.
    #[inline(always)]
    fn put(&self, recorder: &Recorder, at: Nanos, head: u64, body: u64) {
        if self.noted.get() >= self.limit.get() && !self.make_room(recorder, at) {
            return;
        }
        let mut noted = self.noted.get();
        if self.at.replace(at) != at {
            self.page[noted].set(event::mark(at));
            self.marks.set(self.marks.get() + 1);
            noted += 1;
        }
        self.page[noted].set([head, body]);
        self.noted.set(noted + 1);
    }

    /// Hands in; `false` when there is no room even then for what happened at `at`, which is dropped.
    #[cold]
    fn make_room(&self, recorder: &Recorder, at: Nanos) -> bool {
        if self.limit.get() > 0 {
            recorder.hand_in(self);
        }
        let has_room = self.limit.get() > 0;
        if !has_room {
            recorder.break_off(at);
            self.drop_one();
        }
        has_room
    }

    fn drop_one(&self) {
        self.dropped.set(self.dropped.get() + 1);
    }

    /// Moves the events to where readers find them; returns how many they were.
    pub(super) fn move_events(&self, log: &mut Log, is_full: bool) -> usize {
        let noted = self.noted.replace(0);
        log.append(&self.page[..noted]);
        // What comes next may be read by itself.
        self.at.set(NEVER);
        self.room.set(self.room.get() - noted);
        self.limit.set(if is_full { 0 } else { limit(self.room.get()) });
        noted - self.marks.take()
    }

    /// Notes a new task's name.
    pub fn name(&self, named: Named) {
        self.extras.borrow_mut().names.push(named);
    }

    /// Notes a line of output, and its event.
    pub fn line(&self, recorder: &Recorder, line: Line) {
        match recorder.number_of_next_line() {
            Some(number) => {
                self.event(recorder, line.at, Event::Output { task: line.task, line: number });
                self.extras.borrow_mut().lines.push(line);
            }
            None => self.drop_one(),
        }
    }

    /// Notes the sums of a task that is over.
    pub fn ended(&self, sums: TaskSums) {
        self.extras.borrow_mut().ended.push(sums);
    }

    /// Adds to what the writer's processor has come to.
    #[inline]
    pub fn tally(&self, add: impl FnOnce(&mut ProcessorTotals)) {
        let mut totals = self.totals.get();
        add(&mut totals);
        self.totals.set(totals);
    }

    /// Whether there is nothing to hand in.
    pub fn is_empty(&self) -> bool {
        self.noted.get() == 0 && self.dropped.get() == 0 && self.extras.borrow().is_empty()
    }
}

/// How many may lie in notes before an event, which may need a mark.
fn limit(room: usize) -> usize {
    room.min(PAGE).saturating_sub(1)
}
