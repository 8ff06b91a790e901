//! A task: an independently executing function, with an id and a name.
//!
//! A task's state changes only in the hands of who may change it: the
//! processor that is inside the task, or the one waker that makes it ready
//! when it is blocked. `async_task`'s protocol sees to that and orders their
//! accesses, which is why relaxed atomics suffice here.

use super::scheduler::Scheduler;
use crate::sync::{Arc, AtomicU32, AtomicU64, Ordering};
use crate::trace::{ChannelId, EndedBy, Event, Name, Nanos, Reason, TaskId, TaskSums};

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Able to run.
    Ready,
    /// Inside a processor.
    Running,
    /// Waiting, perhaps on a channel.
    Blocked(Reason, Option<ChannelId>),
}

impl State {
    const READY: u64 = 0;
    const RUNNING: u64 = 1;
    const BLOCKED: u64 = 2;

    /// Kind in the lowest byte, reason in the next, channel + 1 in the upper half.
    fn encode(self) -> u64 {
        match self {
            State::Ready => Self::READY,
            State::Running => Self::RUNNING,
            State::Blocked(reason, channel) => {
                let channel = channel.map_or(0, |channel| u64::from(channel) + 1);
                Self::BLOCKED | (reason as u64) << 8 | channel << 32
            }
        }
    }

    fn decode(word: u64) -> State {
        match word & 0xff {
            Self::READY => State::Ready,
            Self::RUNNING => State::Running,
            _ => State::Blocked(
                Reason::ALL[(word >> 8 & 0xff) as usize],
                (word >> 32).checked_sub(1).map(|channel| channel as ChannelId),
            ),
        }
    }
}

/// The time that a task has not had its first turn.
const NEVER: Nanos = Nanos::MAX;

/// What the runtime knows of a task.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: TaskId,
    pub(crate) name: Name,
    pub(crate) scheduler: Arc<Scheduler>,
    parent: Option<TaskId>,
    /// Its place among the run's live tasks, if it has a cell.
    pub(crate) key: AtomicU32,
    transition: AtomicU32,
    state: AtomicU64,
    /// Since when it is in its state.
    since: AtomicU64,
    created: Nanos,
    first_run: AtomicU64,
    running: AtomicU64,
    ready: AtomicU64,
    blocked: AtomicU64,
}

impl Task {
    /// A new task, ready, recorded by `writer`.
    pub(crate) fn new(
        scheduler: &Arc<Scheduler>,
        writer: usize,
        parent: Option<TaskId>,
        name: Name,
        now: Nanos,
    ) -> Task {
        let id = scheduler.next_task_id();
        // The name first, so that whoever reads of the task knows what it is called.
        scheduler.recorder.name(writer, id, name.clone());
        scheduler.recorder.record(writer, now, Event::TaskCreated { task: id, parent });
        Task {
            id,
            name,
            scheduler: scheduler.clone(),
            parent,
            key: AtomicU32::new(0),
            transition: AtomicU32::new(0),
            state: AtomicU64::new(State::Ready.encode()),
            since: AtomicU64::new(now),
            created: now,
            first_run: AtomicU64::new(NEVER),
            running: AtomicU64::new(0),
            ready: AtomicU64::new(0),
            blocked: AtomicU64::new(0),
        }
    }

    /// Notes when the first turn begins; whether this is it.
    pub(crate) fn first_turn(&self, now: Nanos) -> bool {
        let first = self.first_run.load(Ordering::Relaxed) == NEVER;
        if first {
            self.first_run.store(now, Ordering::Relaxed);
        }
        first
    }

    pub(crate) fn state(&self) -> State {
        State::decode(self.state.load(Ordering::Relaxed))
    }

    /// Goes over to `state` at `now` and returns the number of this transition.
    pub(crate) fn change(&self, state: State, now: Nanos) -> u32 {
        self.account(now);
        self.state.store(state.encode(), Ordering::Relaxed);
        let transition = self.transition.load(Ordering::Relaxed) + 1;
        self.transition.store(transition, Ordering::Relaxed);
        transition
    }

    /// Adds the time since the last change to the state's sum. What lies after the run's end
    /// does not count.
    pub(crate) fn account(&self, now: Nanos) {
        let now = now.min(self.scheduler.ended_at());
        let since = self.since.load(Ordering::Relaxed);
        let sum = match self.state() {
            State::Ready => &self.ready,
            State::Running => &self.running,
            State::Blocked(..) => &self.blocked,
        };
        sum.store(sum.load(Ordering::Relaxed) + now.saturating_sub(since), Ordering::Relaxed);
        self.since.store(since.max(now), Ordering::Relaxed);
    }

    /// Makes a blocked task ready; `None` when it was not blocked, as a new task, one that
    /// yielded and one that is cancelled are not.
    pub(crate) fn make_ready(&self, at: Nanos) -> Option<u32> {
        matches!(self.state(), State::Blocked(..)).then(|| self.change(State::Ready, at))
    }

    pub(crate) fn sums(&self, ended: Nanos, ended_by: EndedBy) -> TaskSums {
        let first_run = self.first_run.load(Ordering::Relaxed);
        TaskSums {
            task: self.id,
            parent: self.parent,
            created: self.created,
            first_run: (first_run != NEVER).then_some(first_run),
            ended,
            ended_by,
            running: self.running.load(Ordering::Relaxed),
            ready: self.ready.load(Ordering::Relaxed),
            blocked: self.blocked.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_encoding() {
        let blocked = Reason::ALL.map(|reason| State::Blocked(reason, None));
        let on_channel =
            [0, 7, ChannelId::MAX - 1].map(|id| State::Blocked(Reason::Send, Some(id)));
        for state in [State::Ready, State::Running].into_iter().chain(blocked).chain(on_channel) {
            assert_eq!(State::decode(state.encode()), state);
        }
    }
}
