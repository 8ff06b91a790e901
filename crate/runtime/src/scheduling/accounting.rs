//! Where a task's time goes: how long it was running, ready and blocked, and its transitions.

use super::task::{Task, TaskState};
use crate::sync::Arc;
use crate::trace::{EndedBy, NEVER, Nanos, TaskSums};

/// What a task has to know of the end of its run.
pub(crate) trait RunEnd {
    /// When the run ended, in nanoseconds; the far future while it goes on.
    fn ended_at(&self) -> Nanos;
    /// When and how a task ends that was still alive when its run ended.
    fn ends_the_rest(&self) -> (Nanos, EndedBy);
}

/// How long a task was in each state, in nanoseconds, and how many transitions it has made. Time
/// after the run's end does not count. The task was blocked whenever it was neither running nor ready.
#[derive(Debug)]
pub(crate) struct Accounting<S> {
    pub(crate) task: Arc<Task<S>>,
    transition: u32,
    created: Nanos,
    /// When its first turn began, or [`NEVER`].
    first_run: Nanos,
    /// Since when it is in its state.
    since: Nanos,
    running: Nanos,
    ready: Nanos,
}

impl<S: RunEnd> Accounting<S> {
    /// The accounting of a task that was created at `now`.
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

    /// Whether it has had no turn yet.
    pub(crate) fn is_new(&self) -> bool {
        self.first_run == NEVER
    }

    /// The time before which its next turn can't begin.
    #[inline]
    pub(crate) fn ready_since(&self) -> Nanos {
        match self.task.state() {
            TaskState::ReadySince(at) => at.max(self.since),
            TaskState::NotBlocked | TaskState::Blocked { .. } => self.since,
        }
    }

    /// A turn begins; returns its transition.
    #[inline]
    pub(crate) fn begin(&mut self, now: Nanos) -> u32 {
        self.wait(now);
        self.first_run = self.first_run.min(now);
        self.next_transition()
    }

    /// What came before a turn, or instead of one: being blocked, being ready, or both.
    #[inline]
    fn wait(&mut self, now: Nanos) {
        match self.task.state() {
            TaskState::NotBlocked => self.ready += self.pass(now),
            TaskState::ReadySince(at) => {
                self.pass(at);
                self.ready += self.pass(now);
                self.next_transition();
            }
            // Cancelled, or woken as the run ended.
            TaskState::Blocked { .. } => {
                self.pass(now);
                self.task.set_state(TaskState::NotBlocked);
            }
        }
    }

    /// A turn ends; returns its transition, and how long it lasted.
    #[inline]
    pub(crate) fn stop(&mut self, now: Nanos) -> (u32, Nanos) {
        let lasted = self.pass(now);
        self.running += lasted;
        (self.next_transition(), lasted)
    }

    /// What a task came to that has not ended, and does so as its run has.
    pub(crate) fn cut_off(&mut self) -> TaskSums {
        let (at, by) = self.task.scheduler.ends_the_rest();
        self.wait(at);
        self.since = at;
        self.sums(by)
    }

    /// What it came to.
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

    /// Goes on to `now`, and returns the time until then.
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
