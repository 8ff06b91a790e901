//! The fold over a run's events, which come in batches.

use super::channels::ChannelRow;
use super::lives::Lives;
use super::merge::Merge;
use super::output::Texts;
use super::parked::ParkedIntervals;
use crate::trace::{Batch, Event, Named, Nanos, ProcessorId, SourceLine, TaskId, TaskSums, Timed};

/// Everything that is known so far about one run. The way in which the events are split into
/// batches changes only the order of the rows in the report's tables.
///
/// ```
/// use manyhands::report::Fold;
/// use manyhands::trace::{Batch, Event, Timed};
///
/// let mut fold = Fold::new(1);
/// let events = [
///     (0, Event::TaskCreated { task: 0, parent: None }),
///     (5, Event::TaskStarted { task: 0, transition: 1 }),
/// ];
/// let events = events.map(|(at, event)| (0, Timed { at, place: None, event })).to_vec();
/// fold.add(&Batch { events, ..Batch::default() });
/// assert_eq!(fold.live(9, Some(5)).open.task, [0]);
/// ```
#[derive(Clone, Debug)]
pub struct Fold {
    pub(super) merge: Merge,
    pub(super) lives: Lives,
    pub(super) names: Vec<Option<Named>>,
    pub(super) sums: Vec<TaskSums>,
    pub(super) channel_events: Vec<ChannelRow>,
    pub(super) output: Texts,
    pub(super) parked: ParkedIntervals,
    pub(super) places: Vec<SourceLine>,
    pub(super) returned: Returned,
}

/// What earlier calls of [`Fold::live`] have returned: the number of created tasks, of states and of
/// chunks of output.
#[derive(Clone, Debug, Default)]
pub(super) struct Returned {
    pub created: usize,
    pub states: usize,
    pub chunks: usize,
    /// The tasks that `live` has returned and that had not ended at its last call.
    pub alive: Vec<TaskId>,
}

impl Fold {
    /// Creates an empty fold for a run on this many processors.
    pub fn new(processors: usize) -> Fold {
        // The host is a writer, too. For example, it records that it makes a task ready.
        let writers = processors + 1;
        Fold {
            merge: Merge::new(writers),
            lives: Lives::new(writers),
            names: Vec::new(),
            sums: Vec::new(),
            channel_events: Vec::new(),
            output: Texts::default(),
            parked: ParkedIntervals::new(writers),
            places: Vec::new(),
            returned: Returned::default(),
        }
    }

    /// Adds what was recorded since the last batch. An event that changes a task's state has a
    /// transition number. Such an event is held until all events of that task with lower numbers
    /// have arrived.
    pub fn add(&mut self, batch: &Batch) {
        for named in &batch.names {
            let task = named.task as usize;
            if task >= self.names.len() {
                self.names.resize(task + 1, None);
            }
            self.names[task] = Some(named.clone());
        }
        self.output.add(&batch.output);
        self.places.extend_from_slice(&batch.places);
        self.sums.extend_from_slice(&batch.ended);
        for sums in &batch.ended {
            self.lives.life(sums.task).summed = true;
        }
        for &(writer, timed) in &batch.events {
            let Timed { at, place, event } = timed;
            match event {
                Event::Channel { channel, op, task, operation, length } => {
                    let row = ChannelRow { channel, op, task, operation, length, place, at };
                    self.channel_events.push(row);
                }
                Event::ProcessorParked => self.parked.parked(writer, at),
                Event::ProcessorWoken => self.parked.woken(writer, at),
                _ => {
                    if let Some(due) = self.merge.offer(writer, timed) {
                        self.lives.apply(due);
                    }
                }
            }
        }
        while let Some(due) = self.merge.due() {
            self.lives.apply(due);
        }
    }

    /// Returns the processors that run a task now, each with the time at which the turn began.
    pub(in crate::report) fn inside(&self) -> impl Iterator<Item = (ProcessorId, Nanos)> {
        let open = self.lives.tasks.iter().filter_map(|life| life.open);
        open.filter_map(|open| Some((open.processor?, open.start)))
    }

    /// Returns a task's name, or "task" and its id if the name was not kept.
    pub(super) fn name(&self, task: TaskId) -> String {
        match self.names.get(task as usize) {
            Some(Some(named)) => named.name.to_string(),
            _ => format!("task {task}"),
        }
    }

    /// Returns the task that created `task`; `None` for main, or if the creator was not
    /// recorded.
    pub(super) fn parent(&self, task: TaskId) -> Option<TaskId> {
        match self.names.get(task as usize) {
            Some(Some(named)) => named.parent,
            _ => self.lives.tasks.get(task as usize)?.parent,
        }
    }
}
