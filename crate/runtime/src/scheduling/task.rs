//! A task as all processors see it: its id, its name and its state.
//!
//! The state is one atomic word. If the task is blocked, the word says on what it waits. If the
//! task is ready again, the word says since when. The processor that stops the task writes the
//! word. Then the only waker that makes the task ready writes it. The protocol of `async_task`
//! orders these accesses, so relaxed accesses suffice. All other data of a task belong to the
//! processor that is inside the task (`accounting.rs`). So a turn costs two stores that other
//! processors can see.

use crate::sync::{Arc, AtomicU64, Ordering};
use crate::trace::{ChannelId, Name, Nanos, Reason, TaskId};

/// The state of a task, as far as processors outside it need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskState {
    /// The task is running, or has been ready since it was last running.
    NotBlocked,
    /// The task stopped with this transition, and waits. If `channel` is given, the task waits on
    /// that channel.
    Blocked { transition: u32, reason: Reason, channel: Option<ChannelId> },
    /// The task was blocked, and has been ready since this time.
    ReadySince(Nanos),
}

impl TaskState {
    const NOT_BLOCKED: u64 = 0;
    const BLOCKED: u64 = 1;
    const READY_SINCE: u64 = 2;
    const KIND_BITS: u32 = 2;
    const REASON_BITS: u32 = 4;
    /// The number of channels that the word can tell apart. If a task waits on a channel with a
    /// higher id, the word holds no channel.
    const CHANNELS: u32 = (1 << (32 - Self::KIND_BITS - Self::REASON_BITS)) - 1;

    /// Encodes the state as a word: the kind in the lowest bits, and above it the time, or the
    /// reason, the channel plus 1 and the transition.
    #[inline]
    fn encode(self) -> u64 {
        match self {
            TaskState::NotBlocked => Self::NOT_BLOCKED,
            TaskState::Blocked { transition, reason, channel } => {
                let channel = channel.filter(|channel| *channel < Self::CHANNELS);
                let channel = channel.map_or(0, |channel| u64::from(channel) + 1);
                Self::BLOCKED
                    | (reason as u64) << Self::KIND_BITS
                    | channel << (Self::KIND_BITS + Self::REASON_BITS)
                    | u64::from(transition) << 32
            }
            TaskState::ReadySince(at) => Self::READY_SINCE | at << Self::KIND_BITS,
        }
    }

    #[inline]
    fn decode(word: u64) -> TaskState {
        let content = word >> Self::KIND_BITS;
        match word & ((1 << Self::KIND_BITS) - 1) {
            Self::BLOCKED => {
                let reason = content & ((1 << Self::REASON_BITS) - 1);
                let channel = word as u32 >> (Self::KIND_BITS + Self::REASON_BITS);
                TaskState::Blocked {
                    transition: (word >> 32) as u32,
                    reason: Reason::from_code(reason as u8)
                        .expect("a blocked state holds a reason"),
                    channel: channel.checked_sub(1),
                }
            }
            Self::READY_SINCE => TaskState::ReadySince(content),
            _ => TaskState::NotBlocked,
        }
    }
}

/// The data of a task that all processors can see. `S` is the scheduler. This module must not
/// import the scheduler, because the scheduler imports this module.
#[derive(Debug)]
pub(crate) struct Task<S> {
    pub(crate) id: TaskId,
    pub(crate) name: Name,
    pub(crate) scheduler: Arc<S>,
    /// The encoded [`TaskState`].
    word: AtomicU64,
}

impl<S> Task<S> {
    /// Creates a task that is ready.
    pub(crate) fn new(scheduler: &Arc<S>, id: TaskId, name: Name) -> Task<S> {
        Task {
            id,
            name,
            scheduler: scheduler.clone(),
            word: AtomicU64::new(TaskState::NotBlocked.encode()),
        }
    }

    /// Turns a task that has ended into a new task, which is ready.
    pub(super) fn renew(&mut self, id: TaskId, name: Name) {
        (self.id, self.name) = (id, name);
        self.set_state(TaskState::NotBlocked);
    }

    #[inline]
    pub(crate) fn state(&self) -> TaskState {
        TaskState::decode(self.word.load(Ordering::Relaxed))
    }

    #[inline]
    pub(crate) fn is_blocked(&self) -> bool {
        matches!(self.state(), TaskState::Blocked { .. })
    }

    #[inline]
    pub(super) fn set_state(&self, state: TaskState) {
        self.word.store(state.encode(), Ordering::Relaxed);
    }

    /// Records in the state that the task has stopped for this reason.
    #[inline]
    pub(crate) fn stops(&self, transition: u32, reason: Reason, channel: Option<ChannelId>) {
        if reason != Reason::Yielded {
            self.set_state(TaskState::Blocked { transition, reason, channel });
        } else if self.state() != TaskState::NotBlocked {
            self.set_state(TaskState::NotBlocked);
        }
    }

    /// Makes a blocked task ready, and returns the number of this transition. Returns `None` if the
    /// task was not blocked: it is new, has yielded, or was cancelled.
    #[inline]
    pub(crate) fn make_ready(&self, at: Nanos) -> Option<u32> {
        let TaskState::Blocked { transition, .. } = self.state() else { return None };
        self.set_state(TaskState::ReadySince(at));
        Some(transition + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_encoding() {
        let on =
            |channel| move |reason| TaskState::Blocked { transition: u32::MAX, reason, channel };
        let channels = [None, Some(0), Some(7), Some(TaskState::CHANNELS - 1)];
        let blocked = channels.into_iter().flat_map(|channel| Reason::ALL.map(on(channel)));
        let others =
            [TaskState::NotBlocked, TaskState::ReadySince(0), TaskState::ReadySince(1 << 60)];
        for state in blocked.chain(others) {
            assert_eq!(TaskState::decode(state.encode()), state);
        }
    }

    #[test]
    fn a_channel_that_came_late_is_a_channel() {
        let late = |channel| TaskState::Blocked { transition: 3, reason: Reason::Send, channel };
        let decoded = TaskState::decode(late(Some(TaskState::CHANNELS)).encode());
        assert_eq!(decoded, late(None));
    }
}
