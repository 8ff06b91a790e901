//! A task: an independently executing function, with an id and a name.
//!
//! What others have to know of a task is one word: that it is blocked and on
//! what, or since when it is ready again. Who stops the task writes the word, then
//! the one waker that makes it ready; `async_task`'s protocol orders their
//! accesses, which is why relaxed ones suffice. All else about its life is the
//! [`Life`] in its cell, which belongs to whoever is inside the task. So a turn
//! costs two stores that others can see.

use crate::sync::{Arc, AtomicU32, AtomicU64, Ordering};
use crate::trace::{ChannelId, EndedBy, Name, Nanos, Reason, TaskId, TaskSums};

/// What others can know of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// It is running, or ready since it was last running.
    Able,
    /// It stopped with this transition and waits, perhaps on a channel.
    Blocked { transition: u32, reason: Reason, channel: Option<ChannelId> },
    /// It waited, and is ready since then.
    ReadySince(Nanos),
}

impl Notice {
    const ABLE: u64 = 0;
    const BLOCKED: u64 = 1;
    const READY_SINCE: u64 = 2;
    const KIND_BITS: u32 = 2;
    const REASON_BITS: u32 = 4;
    /// Channels that are told apart: who waits on a later one waits on "a channel".
    const CHANNELS: u32 = (1 << (32 - Self::KIND_BITS - Self::REASON_BITS)) - 1;

    /// The kind in the lowest bits; above it the time, or reason, channel + 1 and transition.
    #[inline]
    fn encode(self) -> u64 {
        match self {
            Notice::Able => Self::ABLE,
            Notice::Blocked { transition, reason, channel } => {
                let channel = channel.filter(|channel| *channel < Self::CHANNELS);
                let channel = channel.map_or(0, |channel| u64::from(channel) + 1);
                Self::BLOCKED
                    | (reason as u64) << Self::KIND_BITS
                    | channel << (Self::KIND_BITS + Self::REASON_BITS)
                    | u64::from(transition) << 32
            }
            Notice::ReadySince(at) => Self::READY_SINCE | at << Self::KIND_BITS,
        }
    }

    #[inline]
    fn decode(word: u64) -> Notice {
        let content = word >> Self::KIND_BITS;
        match word & ((1 << Self::KIND_BITS) - 1) {
            Self::BLOCKED => {
                let reason = content & ((1 << Self::REASON_BITS) - 1);
                let channel = word as u32 >> (Self::KIND_BITS + Self::REASON_BITS);
                Notice::Blocked {
                    transition: (word >> 32) as u32,
                    reason: Reason::from_code(reason as u8).expect("a notice holds a reason"),
                    channel: channel.checked_sub(1),
                }
            }
            Self::READY_SINCE => Notice::ReadySince(content),
            _ => Notice::Able,
        }
    }
}

/// What a task has to know of the end of its run.
pub(crate) trait RunEnd {
    /// When the run ended, in nanoseconds; the far future while it goes on.
    fn ended_at(&self) -> Nanos;
    /// When and how a task ends that was still alive when its run ended.
    fn ends_the_rest(&self) -> (Nanos, EndedBy);
}

/// What the runtime knows of a task. `S` is the scheduler, which this module does not know: the
/// scheduler's queues hold tasks.
#[derive(Debug)]
pub(crate) struct Task<S> {
    pub(crate) id: TaskId,
    pub(crate) name: Name,
    pub(crate) scheduler: Arc<S>,
    /// Its place among the run's live tasks, if it has a cell.
    pub(crate) key: AtomicU32,
    notice: AtomicU64,
}

impl<S> Task<S> {
    /// A new task, ready.
    pub(crate) fn new(scheduler: &Arc<S>, id: TaskId, name: Name) -> Task<S> {
        Task {
            id,
            name,
            scheduler: scheduler.clone(),
            key: AtomicU32::new(0),
            notice: AtomicU64::new(Notice::Able.encode()),
        }
    }

    #[inline]
    pub(crate) fn notice(&self) -> Notice {
        Notice::decode(self.notice.load(Ordering::Relaxed))
    }

    #[inline]
    pub(crate) fn is_blocked(&self) -> bool {
        matches!(self.notice(), Notice::Blocked { .. })
    }

    #[inline]
    fn set_notice(&self, notice: Notice) {
        self.notice.store(notice.encode(), Ordering::Relaxed);
    }

    /// Lets others know why it has stopped.
    #[inline]
    pub(crate) fn stops(&self, transition: u32, reason: Reason, channel: Option<ChannelId>) {
        if reason != Reason::Yielded {
            self.set_notice(Notice::Blocked { transition, reason, channel });
        } else if self.notice() != Notice::Able {
            self.set_notice(Notice::Able);
        }
    }

    /// Makes a blocked task ready and returns the number of this transition; `None` when it was
    /// not blocked, as a new task, one that yielded and one that is cancelled are not.
    #[inline]
    pub(crate) fn make_ready(&self, at: Nanos) -> Option<u32> {
        let Notice::Blocked { transition, .. } = self.notice() else { return None };
        self.set_notice(Notice::ReadySince(at));
        Some(transition + 1)
    }
}

/// The first turn of a task that has had none.
const NEVER: Nanos = Nanos::MAX;

/// What a task's time went into, and how many transitions it has made. Times after the run's end
/// do not count. What is left of its time it was blocked.
#[derive(Debug)]
pub(crate) struct Life<S> {
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

impl<S: RunEnd> Life<S> {
    /// Of a task that was created at `now`.
    pub(crate) fn new(task: Arc<Task<S>>, now: Nanos) -> Life<S> {
        Life {
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
    pub(crate) fn able_since(&self) -> Nanos {
        match self.task.notice() {
            Notice::ReadySince(at) => at.max(self.since),
            Notice::Able | Notice::Blocked { .. } => self.since,
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
        match self.task.notice() {
            Notice::Able => self.ready += self.pass(now),
            Notice::ReadySince(at) => {
                self.pass(at);
                self.ready += self.pass(now);
                self.next_transition();
            }
            // Cancelled, or woken as the run ended.
            Notice::Blocked { .. } => {
                self.pass(now);
                self.task.set_notice(Notice::Able);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_survives_encoding() {
        let on = |channel| move |reason| Notice::Blocked { transition: u32::MAX, reason, channel };
        let channels = [None, Some(0), Some(7), Some(Notice::CHANNELS - 1)];
        let blocked = channels.into_iter().flat_map(|channel| Reason::ALL.map(on(channel)));
        let others = [Notice::Able, Notice::ReadySince(0), Notice::ReadySince(1 << 60)];
        for notice in blocked.chain(others) {
            assert_eq!(Notice::decode(notice.encode()), notice);
        }
    }

    #[test]
    fn a_channel_that_came_late_is_a_channel() {
        let late = |channel| Notice::Blocked { transition: 3, reason: Reason::Send, channel };
        let decoded = Notice::decode(late(Some(Notice::CHANNELS)).encode());
        assert_eq!(decoded, late(None));
    }
}
