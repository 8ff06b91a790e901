//! All writers of a run, and what a reader takes from them.
//!
//! There is one writer for each processor and one for the host, whose I/O makes
//! tasks ready. Each writes [`Notes`] and hands them in now and then; beside
//! events they hold what does not fit one: names, lines of output and the
//! sums of ended tasks.

use std::fmt;
use std::num::NonZeroU32;

use super::event::{EndedBy, NEVER, Nanos, ProcessorId, TaskId, Timed};
use super::log::Log;
use super::notes::Notes;
use super::totals::ProcessorTotals;
use crate::sync::{AtomicU32, AtomicU64, Mutex, Ordering, lock};

/// Events and marks that all logs of a run hold together: 16 bytes each, so 50 MB at most.
const EVENTS: usize = 3 << 20;

/// Of these, what the host's log holds: it records what comes from outside, an event for each answer.
const HOSTS: usize = EVENTS / 16;

/// What any one log holds: where a million tasks are blocked, 25 bytes for each.
const LARGEST: usize = EVENTS / 2;

/// Things that one drawer holds until it is drained, of each kind.
const DRAWER: usize = 1 << 20;

/// Lines of output that a run keeps.
const LINES: u32 = 10_000;

/// A task's name: a word, or a word with a number. Three machine words, since every task has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(Word);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// Of the program's text, and one more than the number.
    Numbered(&'static str, Option<NonZeroU32>),
    /// Made for this task.
    Own(Box<str>),
}

impl Name {
    /// The name "`word` `number`", without an allocation. The largest number is none.
    pub fn numbered(word: &'static str, number: u32) -> Name {
        Name(Word::Numbered(word, NonZeroU32::new(number.wrapping_add(1))))
    }
}

impl From<&'static str> for Name {
    fn from(word: &'static str) -> Name {
        Name(Word::Numbered(word, None))
    }
}

impl From<String> for Name {
    fn from(word: String) -> Name {
        Name(Word::Own(word.into()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Word::Numbered(word, Some(after)) => write!(f, "{word} {}", after.get() - 1),
            Word::Numbered(word, None) => f.write_str(word),
            Word::Own(word) => f.write_str(word),
        }
    }
}

/// What a task is called and where it comes from, with its id. The parent stands here and not with
/// the task itself, which takes as little memory as can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whose name.
    pub task: TaskId,
    /// Who created it; `None` for `main`.
    pub parent: Option<TaskId>,
    /// The name.
    pub name: Name,
}

/// A line that a task wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Nanos,
    /// Who wrote it.
    pub task: TaskId,
    /// What was written.
    pub text: String,
}

/// What became of a task, exact even when the logs were too short for its events. Handed in
/// once for each task, when it has ended or when the run's end cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskSums {
    /// Whose sums.
    pub task: TaskId,
    /// When it came to be.
    pub created: Nanos,
    /// When its first turn began, if it had one.
    pub first_run: Option<Nanos>,
    /// When it ended; for a task that the run's end cancelled, when the run ended.
    pub ended: Nanos,
    /// How it ended.
    pub ended_by: EndedBy,
    /// Nanoseconds in a processor.
    pub running: Nanos,
    /// Nanoseconds able to run, without a processor.
    pub ready: Nanos,
    /// Nanoseconds waiting.
    pub blocked: Nanos,
}

/// What was recorded since the last time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// Each writer's events in the order of writing, writer after writer. Writers below the
    /// number of processors are processors, the one above is the host.
    pub events: Vec<(ProcessorId, Timed)>,
    /// The names of new tasks.
    pub names: Vec<Named>,
    /// New lines of output.
    pub lines: Vec<Line>,
    /// Tasks that are over.
    pub ended: Vec<TaskSums>,
}

/// What does not fit an event.
#[derive(Debug, Default)]
pub(super) struct Extras {
    pub(super) names: Vec<Named>,
    pub(super) lines: Vec<Line>,
    pub(super) ended: Vec<TaskSums>,
}

impl Extras {
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.lines.is_empty() && self.ended.is_empty()
    }

    /// Moves what `new` holds to here.
    fn append(&mut self, new: &mut Extras) {
        put(&mut self.names, &mut new.names);
        put(&mut self.ended, &mut new.ended);
        self.lines.append(&mut new.lines);
    }
}

/// What one writer has handed in and no reader has taken.
#[derive(Debug, Default)]
struct Drawer {
    log: Log,
    extras: Extras,
}

/// What all readers see of a writer.
#[derive(Debug, Default)]
struct Desk {
    drawer: Drawer,
    totals: ProcessorTotals,
    events: u64,
    dropped: u64,
}

/// All writers of a run.
#[derive(Debug)]
pub struct Recorder {
    desks: Box<[Mutex<Desk>]>,
    /// When the first event came that found no room; [`NEVER`] while all have.
    broke_off: AtomicU64,
    lines: AtomicU32,
}

impl Recorder {
    /// A recorder for the processors of a run and its host.
    pub fn new(processors: usize) -> Recorder {
        Recorder {
            desks: (0..=processors).map(|_| Mutex::default()).collect(),
            broke_off: AtomicU64::new(NEVER),
            lines: AtomicU32::new(0),
        }
    }

    /// Empty notes for a writer; each is to have one of a kind.
    pub fn notes(&self, writer: usize) -> Notes {
        let processors = self.desks.len() - 1;
        let room = if writer == processors { HOSTS } else { (EVENTS - HOSTS) / processors };
        Notes::new(writer, room.min(LARGEST))
    }

    /// Whether some writer has run out of room, so that nothing is recorded any more.
    fn is_full(&self) -> bool {
        self.broke_off().is_some()
    }

    /// Something has happened at `at` for which there is no room.
    pub(super) fn break_off(&self, at: Nanos) {
        // Each writer comes here for every event from then on.
        if at < self.broke_off.load(Ordering::Relaxed) {
            self.broke_off.fetch_min(at, Ordering::Relaxed);
        }
    }

    /// When the first event came that found no room, if one did: before, none is missing.
    pub fn broke_off(&self) -> Option<Nanos> {
        Some(self.broke_off.load(Ordering::Relaxed)).filter(|at| *at != NEVER)
    }

    /// The number of the run's next line of output, if there is room for it.
    pub(super) fn number_of_next_line(&self) -> Option<u32> {
        Some(self.lines.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < LINES)
    }

    /// Makes what a writer has noted visible to readers.
    pub fn hand_in(&self, notes: &Notes) {
        if notes.is_empty() {
            return;
        }
        let desk = &mut *lock(&self.desks[notes.writer]);
        desk.totals = notes.totals.get();
        desk.events += notes.move_events(&mut desk.drawer.log, self.is_full()) as u64;
        desk.dropped += notes.dropped.take();
        desk.drawer.extras.append(&mut notes.extras.borrow_mut());
    }

    /// Events that were recorded.
    pub fn events(&self) -> u64 {
        self.desks.iter().map(|desk| lock(desk).events).sum()
    }

    /// Events and lines that were not kept.
    pub fn dropped(&self) -> u64 {
        self.desks.iter().map(|desk| lock(desk).dropped).sum()
    }

    /// What each processor has come to, as far as it has handed in.
    pub fn totals(&self) -> Vec<ProcessorTotals> {
        let processors = &self.desks[..self.desks.len() - 1];
        processors.iter().map(|desk| lock(desk).totals).collect()
    }

    /// Takes what was handed in since the last time.
    pub fn drain(&self) -> Batch {
        let mut batch = Batch::default();
        for (id, desk) in self.desks.iter().enumerate() {
            let drawer = std::mem::take(&mut lock(desk).drawer);
            batch.events.extend(drawer.log.into_events().map(|event| (id as ProcessorId, event)));
            batch.names.extend(drawer.extras.names);
            batch.lines.extend(drawer.extras.lines);
            batch.ended.extend(drawer.extras.ended);
        }
        batch
    }
}

/// Moves what there is room for. Capacities are powers of two, so that the largest is a full
/// drawer's and not nearly twice as much.
fn put<T>(kept: &mut Vec<T>, new: &mut Vec<T>) {
    if new.is_empty() {
        return;
    }
    new.truncate(DRAWER - kept.len());
    let filled = kept.len() + new.len();
    kept.reserve_exact(filled.next_power_of_two() - kept.len());
    kept.append(new);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Event;

    #[test]
    fn a_name_takes_three_words() {
        assert_eq!(size_of::<Option<Name>>(), 3 * size_of::<usize>());
        assert_eq!(Name::numbered("dish", 0).to_string(), "dish 0");
        assert_eq!(Name::numbered("dish", u32::MAX).to_string(), "dish");
        assert_eq!(Name::from("soup".to_string()).to_string(), "soup");
    }

    #[test]
    fn a_reader_gets_each_thing_once() {
        let recorder = Recorder::new(2);
        let zero = recorder.notes(0);
        let one = recorder.notes(1);
        one.event(&recorder, 5, Event::ProcessorParked);
        zero.name(Named { task: 3, parent: Some(0), name: Name::numbered("dish", 1) });
        zero.line(&recorder, Line { at: 6, task: 3, text: "served".into() });
        assert_eq!(recorder.drain(), Batch::default(), "nothing has been handed in");
        recorder.hand_in(&zero);
        recorder.hand_in(&one);
        let batch = recorder.drain();
        assert_eq!(batch.events.len(), 2);
        assert_eq!(batch.names[0].name.to_string(), "dish 1");
        assert_eq!(batch.lines[0].text, "served");
        assert_eq!(recorder.drain(), Batch::default());
        // Of the same moment as what was taken before: it needs a mark of its own.
        one.event(&recorder, 5, Event::ProcessorWoken);
        recorder.hand_in(&one);
        assert_eq!(recorder.drain().events, [(1, Timed { at: 5, event: Event::ProcessorWoken })]);
        assert_eq!(recorder.events(), 3);
    }

    #[test]
    fn when_one_writer_has_no_room_all_stop_and_the_rest_is_counted() {
        let recorder = Recorder::new(1);
        let (zero, one) = (recorder.notes(0), recorder.notes(1));
        let mut events = 0u64;
        while zero.dropped.get() == 0 {
            zero.event(&recorder, events, Event::ProcessorParked);
            events += 1;
        }
        for at in 0..2 {
            // The first is handed in when it is known already that there is no more room.
            one.event(&recorder, at, Event::ProcessorParked);
            recorder.hand_in(&one);
        }
        recorder.hand_in(&zero);
        assert_eq!(recorder.dropped(), 2);
        assert_eq!(recorder.broke_off(), Some(1), "the earlier of two");
        assert_eq!(recorder.drain().events.len() as u64, events);
        assert_eq!(recorder.events(), events);
    }
}
