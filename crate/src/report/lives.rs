//! The life of every task, transition by transition, and what each leaves behind: a
//! closed state, and a span when a processor was left.
//!
//! Clocks differ by a step, and a timer writes its deadline as its time. So a time that lies
//! before its predecessor's, in the same task or in the same processor, is taken as its
//! predecessor's: no task is in two states, and no processor inside two tasks.

use super::merge::Due;
use super::spans::SpanRow;
use super::states::{Cause, OpenState, State, StateRow};
use crate::trace::{EndedBy, Event, Nanos, Reason, TaskId};

/// What is known of one task.
#[derive(Clone, Debug, Default)]
pub(super) struct Life {
    pub parent: Option<TaskId>,
    pub created: Option<Nanos>,
    pub first_run: Option<Nanos>,
    /// What it is doing; `None` once it has ended, and while events are missing.
    pub open: Option<OpenState>,
    pub ended: Option<(Nanos, EndedBy)>,
    /// Its sums have come, so that it is over even where no event says so.
    pub summed: bool,
    /// The time of its last transition.
    last: Nanos,
}

impl Life {
    pub fn over(&self) -> bool {
        self.summed || self.ended.is_some()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Processor {
    inside: Option<TaskId>,
    /// When it left its last task.
    left: Nanos,
}

#[derive(Debug)]
pub(super) struct Lives {
    /// By id.
    pub tasks: Vec<Life>,
    /// In the order of their creation.
    pub created: Vec<TaskId>,
    pub states: Vec<StateRow>,
    pub spans: Vec<SpanRow>,
    processors: Vec<Processor>,
}

impl Lives {
    pub fn new(writers: usize) -> Lives {
        Lives {
            tasks: Vec::new(),
            created: Vec::new(),
            states: Vec::new(),
            spans: Vec::new(),
            processors: vec![Processor::default(); writers],
        }
    }

    /// Goes on with a task's next transition.
    pub fn apply(&mut self, Due { writer, at, event, gap }: Due) {
        match event {
            Event::TaskCreated { task, parent } => {
                let life = self.life(task);
                life.parent = parent;
                life.created = Some(at);
                life.last = at;
                self.created.push(task);
                self.open(task, State::Ready, None);
            }
            Event::TaskReady { task, by, .. } => {
                self.forget_if(gap, task);
                let waited_for = self.close(task, at, None);
                let ready = self.open(task, State::Ready, waited_for);
                ready.by = by;
            }
            Event::TaskStarted { task, .. } => {
                self.forget_if(gap, task);
                // Its last task's stop is missing: nobody knows when it was.
                if let Some(other) = self.processors[writer as usize].inside {
                    self.forget_if(true, other);
                }
                let at = at.max(self.processors[writer as usize].left);
                self.close(task, at, None);
                self.open(task, State::Running, None).processor = Some(writer);
                self.processors[writer as usize].inside = Some(task);
                let life = self.life(task);
                life.first_run = life.first_run.or(Some(life.last));
            }
            Event::TaskStopped { task, reason, .. } => {
                self.forget_if(gap, task);
                let cause = Some(Cause::Stopped(reason));
                self.close(task, at, cause);
                let yielded = reason == Reason::Yielded;
                self.open(task, if yielded { State::Ready } else { State::Blocked }, cause);
            }
            Event::TaskEnded { task, by, .. } => {
                self.forget_if(gap, task);
                self.close(task, at, Some(Cause::Ended));
                let life = self.life(task);
                life.ended = Some((life.last, by));
            }
            Event::TaskStolen { .. }
            | Event::Channel { .. }
            | Event::Output { .. }
            | Event::ProcessorParked
            | Event::ProcessorWoken => {}
        }
    }

    /// Cuts what is still open, at the last time for which it is known to be so.
    pub fn cut(&mut self, at: Nanos) {
        for task in 0..self.tasks.len() {
            if self.tasks[task].open.is_some_and(|open| open.start <= at) {
                self.close(task as TaskId, at, None);
            }
        }
    }

    /// What is known of a task; nothing at first.
    pub fn life(&mut self, task: TaskId) -> &mut Life {
        let task = task as usize;
        if task >= self.tasks.len() {
            self.tasks.resize(task + 1, Life::default());
        }
        &mut self.tasks[task]
    }

    fn open(&mut self, task: TaskId, state: State, reason: Option<Cause>) -> &mut OpenState {
        let life = self.life(task);
        let start = life.last;
        life.open.insert(OpenState { state, reason, by: None, processor: None, start })
    }

    /// Closes what the task is doing, and says what it had waited for.
    fn close(&mut self, task: TaskId, at: Nanos, stopped: Option<Cause>) -> Option<Cause> {
        let life = self.life(task);
        let end = at.max(life.last);
        life.last = end;
        let open = life.open.take()?;
        self.states.push(open.closed(task, end, stopped));
        if let Some(processor) = open.processor {
            self.spans.push(SpanRow { processor, task, start: open.start, end });
            self.processors[processor as usize] = Processor { inside: None, left: end };
        }
        open.reason
    }

    /// After a gap nobody knows until when the task did what it was last seen doing.
    fn forget_if(&mut self, gap: bool, task: TaskId) {
        if gap
            && let Some(open) = self.life(task).open.take()
            && let Some(processor) = open.processor
        {
            self.processors[processor as usize].inside = None;
        }
    }
}
