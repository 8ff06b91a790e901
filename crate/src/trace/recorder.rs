//! All writers of a run, and what a reader drains from them.
//!
//! There is one writer for each processor and one for the host, whose I/O makes
//! tasks ready. Beside its log a writer keeps a drawer for what does not fit a
//! fixed-size event: names, lines of output and the sums of ended tasks. Only
//! its writer and, now and then, the reader open it.

use std::borrow::Cow;
use std::fmt;

use super::event::{EndedBy, Event, Nanos, ProcessorId, TaskId, Timed};
use super::log::Log;
use crate::sync::{AtomicBool, AtomicU32, AtomicU64, Mutex, Ordering, lock};

/// Events that all logs of a run hold together: 24 bytes each, so 50 MB at most.
const EVENTS: usize = 1 << 21;

/// Things that one drawer holds until it is drained, of each kind.
const DRAWER: usize = 1 << 20;

/// Lines of output that a run keeps.
const LINES: u32 = 10_000;

/// A task's name: a word, or a word with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    word: Cow<'static, str>,
    number: Option<u32>,
}

impl Name {
    /// The name "`word` `number`", without an allocation.
    pub fn numbered(word: &'static str, number: u32) -> Name {
        Name { word: Cow::Borrowed(word), number: Some(number) }
    }
}

impl From<&'static str> for Name {
    fn from(word: &'static str) -> Name {
        Name { word: Cow::Borrowed(word), number: None }
    }
}

impl From<String> for Name {
    fn from(word: String) -> Name {
        Name { word: Cow::Owned(word), number: None }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word)?;
        match self.number {
            Some(number) => write!(f, " {number}"),
            None => Ok(()),
        }
    }
}

/// A task's name with its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whose name.
    pub task: TaskId,
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
    /// Who created it; `None` for `main`.
    pub parent: Option<TaskId>,
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

#[derive(Debug, Default)]
struct Drawer {
    names: Vec<Named>,
    lines: Vec<Line>,
    ended: Vec<TaskSums>,
}

#[derive(Debug)]
struct Writer {
    log: Log,
    drawer: Mutex<Drawer>,
}

/// All writers of a run.
#[derive(Debug)]
pub struct Recorder {
    writers: Box<[Writer]>,
    full: AtomicBool,
    dropped: AtomicU64,
    lines: AtomicU32,
}

impl Recorder {
    /// A recorder for the processors of a run and its host.
    pub fn new(processors: usize) -> Recorder {
        let writers = processors + 1;
        let writer = |_| Writer { log: Log::new(EVENTS / writers), drawer: Mutex::default() };
        Recorder {
            writers: (0..writers).map(writer).collect(),
            full: AtomicBool::new(false),
            dropped: AtomicU64::new(0),
            lines: AtomicU32::new(0),
        }
    }

    /// A recorder that keeps nothing, for measuring what recording costs.
    pub fn silent() -> Recorder {
        Recorder { writers: Box::default(), ..Recorder::new(0) }
    }

    fn is_silent(&self) -> bool {
        self.writers.is_empty()
    }

    /// Records an event in the log of `writer`, which the calling thread alone writes. Once one
    /// log is full all stop, so that what there is has no holes before that moment.
    pub fn record(&self, writer: usize, at: Nanos, event: Event) {
        if self.is_silent() {
            return;
        }
        if self.full.load(Ordering::Relaxed)
            || !self.writers[writer].log.append(Timed { at, event })
        {
            self.full.store(true, Ordering::Relaxed);
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Keeps a new task's name.
    pub fn name(&self, writer: usize, task: TaskId, name: Name) {
        let Some(writer) = self.writers.get(writer) else { return };
        let mut drawer = lock(&writer.drawer);
        if drawer.names.len() < DRAWER {
            drawer.names.push(Named { task, name });
        }
    }

    /// Keeps a line of output and records its event.
    pub fn line(&self, writer: usize, line: Line) {
        if self.is_silent() {
            return;
        }
        let number = self.lines.fetch_add(1, Ordering::Relaxed);
        if number >= LINES {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.record(writer, line.at, Event::Output { task: line.task, line: number });
        lock(&self.writers[writer].drawer).lines.push(line);
    }

    /// Keeps the sums of a task that is over.
    pub fn ended(&self, writer: usize, sums: TaskSums) {
        let Some(writer) = self.writers.get(writer) else { return };
        let mut drawer = lock(&writer.drawer);
        if drawer.ended.len() < DRAWER {
            drawer.ended.push(sums);
        }
    }

    /// Events that were recorded.
    pub fn events(&self) -> u64 {
        self.writers.iter().map(|writer| writer.log.len() as u64).sum()
    }

    /// Events and lines that were not kept.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}

/// A reader's place in a recorder.
#[derive(Debug)]
pub struct Reader {
    read: Box<[usize]>,
}

impl Reader {
    /// A reader at the beginning.
    pub fn new(recorder: &Recorder) -> Reader {
        Reader { read: recorder.writers.iter().map(|_| 0).collect() }
    }

    /// What was recorded since the last time.
    pub fn drain(&mut self, recorder: &Recorder) -> Batch {
        let mut batch = Batch::default();
        for (id, (writer, read)) in recorder.writers.iter().zip(&mut self.read).enumerate() {
            let before = batch.events.len();
            batch.events.extend(writer.log.read(*read).map(|event| (id as ProcessorId, event)));
            *read += batch.events.len() - before;
            let drawer = std::mem::take(&mut *lock(&writer.drawer));
            batch.names.extend(drawer.names);
            batch.lines.extend(drawer.lines);
            batch.ended.extend(drawer.ended);
        }
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_each_thing_once() {
        let recorder = Recorder::new(2);
        let mut reader = Reader::new(&recorder);
        recorder.record(1, 5, Event::ProcessorParked);
        recorder.name(0, 3, Name::numbered("dish", 1));
        recorder.line(0, Line { at: 6, task: 3, text: "served".into() });
        let batch = reader.drain(&recorder);
        assert_eq!(batch.events.len(), 2);
        assert_eq!(batch.names[0].name.to_string(), "dish 1");
        assert_eq!(batch.lines[0].text, "served");
        assert_eq!(reader.drain(&recorder), Batch::default());
        recorder.record(1, 7, Event::ProcessorWoken);
        let batch = reader.drain(&recorder);
        assert_eq!(batch.events, [(1, Timed { at: 7, event: Event::ProcessorWoken })]);
    }

    #[test]
    fn when_one_log_is_full_all_stop_and_the_rest_is_counted() {
        let recorder = Recorder::new(1);
        let mut events = 0u64;
        while recorder.dropped() == 0 {
            recorder.record(0, events, Event::ProcessorParked);
            events += 1;
        }
        recorder.record(1, 0, Event::ProcessorParked);
        assert_eq!(recorder.dropped(), 2);
        let batch = Reader::new(&recorder).drain(&recorder);
        assert_eq!(batch.events.len() as u64, events - 1);
    }
}
