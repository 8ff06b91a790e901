//! What one writer has recorded and not handed in yet.
//!
//! In wasm every atomic access is sequentially consistent, and one store costs a
//! good part of what a switch does. So a writer notes what happens in memory
//! of its own and hands its notes in, all at once under a lock, when somebody may
//! have to see them.

use super::event::{Event, Nanos, Timed};
use super::log::{PAGE, Words};
use super::recorder::{Line, Named, Recorder, TaskSums};
use super::totals::ProcessorTotals;

/// What one writer has recorded and not handed in yet.
#[derive(Debug)]
pub struct Notes {
    pub(super) writer: usize,
    /// How many more events there is room for.
    room: usize,
    pub(super) events: Vec<Words>,
    pub(super) names: Vec<Named>,
    pub(super) lines: Vec<Line>,
    pub(super) ended: Vec<TaskSums>,
    pub(super) dropped: u64,
    /// What the writer's processor has come to so far; handed in with the events.
    pub totals: ProcessorTotals,
}

impl Notes {
    pub(super) fn new(writer: usize, room: usize) -> Notes {
        Notes {
            writer,
            room,
            events: Vec::new(),
            names: Vec::new(),
            lines: Vec::new(),
            ended: Vec::new(),
            dropped: 0,
            totals: ProcessorTotals::default(),
        }
    }

    /// Notes an event. Once one writer has no room left all stop, so that what there is has no
    /// holes before that moment.
    // Inlined to where it is known which event it is: encoding it comes down to three words.
    #[inline(always)]
    pub fn event(&mut self, recorder: &Recorder, at: Nanos, event: Event) {
        self.put(recorder, Timed { at, event }.encode());
    }

    #[inline]
    fn put(&mut self, recorder: &Recorder, words: Words) {
        if self.room == 0 || recorder.is_full() {
            recorder.stop_recording();
            self.dropped += 1;
            return;
        }
        self.room -= 1;
        self.events.push(words);
        if self.events.len() == PAGE {
            recorder.hand_in(self);
        }
    }

    /// Notes a new task's name.
    pub fn name(&mut self, named: Named) {
        self.names.push(named);
    }

    /// Notes a line of output, and its event.
    pub fn line(&mut self, recorder: &Recorder, line: Line) {
        match recorder.number_of_next_line() {
            Some(number) => {
                self.event(recorder, line.at, Event::Output { task: line.task, line: number });
                self.lines.push(line);
            }
            None => self.dropped += 1,
        }
    }

    /// Notes the sums of a task that is over.
    pub fn ended(&mut self, sums: TaskSums) {
        self.ended.push(sums);
    }

    /// Whether there is nothing to hand in.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
            && self.names.is_empty()
            && self.lines.is_empty()
            && self.ended.is_empty()
            && self.dropped == 0
    }
}
