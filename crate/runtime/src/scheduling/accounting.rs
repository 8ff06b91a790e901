//! The accounting of a task: how long it was running, ready and blocked, and its transitions.

use super::task::{Task, TaskState};
use crate::sync::Arc;
use crate::trace::{EndedBy, NEVER, Name, Nanos, TaskId, TaskSums};

/// The end of a run, as far as its tasks need to know it.
pub(crate) trait RunEnd {
    /// Returns the time at which the run ended, in nanoseconds; [`NEVER`] while the run goes on.
    fn ended_at(&self) -> Nanos;
    /// Returns when and how the end of the run ends a task that is still alive.
    fn ends_the_rest(&self) -> (Nanos, EndedBy);
}

/// A run that never ends, for tests and models.
#[cfg(any(test, loom))]
#[derive(Debug)]
pub(crate) struct Endless;

#[cfg(any(test, loom))]
impl RunEnd for Endless {
    fn ended_at(&self) -> Nanos {
        NEVER
    }

    fn ends_the_rest(&self) -> (Nanos, EndedBy) {
        (NEVER, EndedBy::Stopped)
    }
}

/// How long a task was in each state, in nanoseconds, and how many transitions it has made. Time
/// after the run's end does not count. A task is blocked whenever it is neither running nor ready.
#[derive(Debug)]
pub(crate) struct Accounting<S> {
    pub(crate) task: Arc<Task<S>>,
    transition: u32,
    created: Nanos,
    /// The time at which the task's first turn began; [`NEVER`] before that.
    first_run: Nanos,
    /// The time up to which the task's time has been counted.
    since: Nanos,
    running: Nanos,
    ready: Nanos,
}

impl<S: RunEnd> Accounting<S> {
    /// Creates the accounting of a task that was created at `now`.
    pub(crate) fn new(task: Arc<Task<S>>, now: Nanos) -> Accounting<S> {
        Accounting {
            task,
            transition: 0,
            created: now,
            first_run: NEVER,
            since: now,
            running: 0,
            ready: 0,
        }
    }

    /// Turns the accounting of a task that has ended into that of a new task, which was created at
    /// `now`. The new task keeps the memory of the old one.
    pub(crate) fn renew(&mut self, id: TaskId, name: Name, now: Nanos) {
        match Arc::get_mut(&mut self.task) {
            Some(task) => task.renew(id, name),
            None => self.task = Arc::new(Task::new(&self.task.scheduler, id, name)),
        }
        (self.transition, self.created, self.since) = (0, now, now);
        (self.first_run, self.running, self.ready) = (NEVER, 0, 0);
    }

    /// Returns whether the task has had no turn yet.
    pub(crate) fn is_new(&self) -> bool {
        self.first_run == NEVER
    }

    /// Returns the earliest time at which the task's next turn can begin.
    #[inline]
    pub(crate) fn ready_since(&self) -> Nanos {
        match self.task.state() {
            TaskState::ReadySince(at) => at.max(self.since),
            TaskState::NotBlocked | TaskState::Blocked { .. } => self.since,
        }
    }

    /// Begins a turn, and returns the number of this transition.
    #[inline]
    pub(crate) fn begin(&mut self, now: Nanos) -> u32 {
        self.wait(now);
        self.first_run = self.first_run.min(now);
        self.next_transition()
    }

    /// Counts the time from the last turn to `now`, when the next turn begins or the run has ended.
    /// In this time the task was ready, or blocked, or first blocked and then ready.
    #[inline]
    fn wait(&mut self, now: Nanos) {
        match self.task.state() {
            TaskState::NotBlocked => self.ready += self.pass(now),
            TaskState::ReadySince(at) => {
                self.pass(at);
                self.ready += self.pass(now);
                self.next_transition();
            }
            // The task was cancelled, or was woken while the run ended.
            TaskState::Blocked { .. } => {
                self.pass(now);
                self.task.set_state(TaskState::NotBlocked);
            }
        }
    }

    /// Ends a turn. Returns the number of this transition, and how long the turn lasted.
    #[inline]
    pub(crate) fn stop(&mut self, now: Nanos) -> (u32, Nanos) {
        let lasted = self.pass(now);
        self.running += lasted;
        (self.next_transition(), lasted)
    }

    /// Returns the times by state of a task that ends only because its run has ended.
    pub(crate) fn cut_off(&mut self) -> TaskSums {
        let (at, by) = self.task.scheduler.ends_the_rest();
        self.wait(at);
        self.since = at;
        self.sums(by)
    }

    /// Returns the times by state of a task that has ended.
    pub(crate) fn sums(&self, ended_by: EndedBy) -> TaskSums {
        let lived = self.since.saturating_sub(self.created);
        TaskSums {
            task: self.task.id,
            created: self.created,
            first_run: (!self.is_new()).then_some(self.first_run),
            ended: self.since,
            ended_by,
            running: self.running,
            ready: self.ready,
            blocked: lived.saturating_sub(self.running + self.ready),
        }
    }

    /// Counts the time up to `now`, but not beyond the run's end. Returns the nanoseconds counted.
    #[inline]
    fn pass(&mut self, now: Nanos) -> Nanos {
        let now = now.min(self.task.scheduler.ended_at());
        let passed = now.saturating_sub(self.since);
        self.since = self.since.max(now);
        passed
    }

    #[inline]
    fn next_transition(&mut self) -> u32 {
        self.transition += 1;
        self.transition
    }
}
