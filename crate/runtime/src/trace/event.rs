//! Events, each of a fixed size, which say what happened in a run.
//!
//! A task's events carry its transition number, a channel's events its operation number. These
//! numbers give the order of events. Times do not, because one step of a browser's clock is long
//! enough for many switches.

use super::places::{PlaceCode, PlaceId, place_of};

/// Nanoseconds on the run's axis, which starts when the run is started.
pub type Nanos = u64;

/// Marks a time that never comes.
pub const NEVER: Nanos = Nanos::MAX;

/// A task's id within its run; `main` is 0.
pub type TaskId = u32;

/// A channel's id within its run, in the order of creation.
pub type ChannelId = u32;

/// A processor's id within its run, from 0.
pub type ProcessorId = u32;

/// The task that every run starts with.
pub const MAIN: TaskId = 0;

/// Why a task gave its processor up.
///
/// Each number is a code, and recorded runs hold codes. So a code never changes its meaning, and a
/// new reason gets a new code. Code 7 must stay free: it stands for the end of a task in the
/// report's column of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reason {
    /// The task's time slice was over, or the task yielded.
    Yielded = 0,
    /// The task waits for room in a channel, or for a receiver.
    Send = 1,
    /// The task waits for a value from a channel.
    Receive = 2,
    /// The task waits for a wait group to reach zero.
    WaitGroup = 3,
    /// The task sleeps until a deadline.
    Sleep = 4,
    /// The task waits for input or output outside the runtime.
    Io = 5,
    /// The task waits for the pieces of a fork-join.
    ForkJoin = 6,
    /// The task waits for one of several operations on channels.
    Select = 8,
    /// The task waits for a mutex.
    Mutex = 9,
    /// The task waits for a condition that another task signals.
    Condition = 10,
    /// The task waits for a semaphore.
    Semaphore = 11,
    /// The task waits on a channel that does not exist, so nothing can wake it.
    NilChannel = 12,
    /// The task waits while unused memory is collected.
    Collector = 13,
    /// The task waits for the task that it calls.
    Call = 14,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 14] = [
        Reason::Yielded,
        Reason::Send,
        Reason::Receive,
        Reason::WaitGroup,
        Reason::Sleep,
        Reason::Io,
        Reason::ForkJoin,
        Reason::Select,
        Reason::Mutex,
        Reason::Condition,
        Reason::Semaphore,
        Reason::NilChannel,
        Reason::Collector,
        Reason::Call,
    ];

    /// Returns the reason with this code. Only the lowest four bits of `code` count, because an
    /// event holds only four bits of a code.
    #[inline(always)]
    pub(crate) fn from_code(code: u8) -> Option<Reason> {
        Self::BY_CODE[usize::from(code & 15)]
    }

    const BY_CODE: [Option<Reason>; 16] = {
        let mut reasons = [None; 16];
        let mut place = 0;
        while place < Self::ALL.len() {
            reasons[Self::ALL[place] as usize] = Some(Self::ALL[place]);
            place += 1;
        }
        reasons
    };
}

/// How a task ended.
///
/// Each number is a code, and recorded runs hold codes. So a code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum EndedBy {
    /// The task's function returned.
    Returned = 0,
    /// `main` returned first, which ends every task.
    MainReturned = 1,
    /// The task panicked.
    Panicked = 2,
    /// The run was stopped, or ended by another task's panic or in a deadlock.
    Stopped = 3,
}

impl EndedBy {
    /// Every way to end, in the order of the codes.
    pub const ALL: [EndedBy; 4] =
        [EndedBy::Returned, EndedBy::MainReturned, EndedBy::Panicked, EndedBy::Stopped];
}

/// What a task did to a channel.
///
/// Each number is a code, and recorded runs hold codes. So a code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ChannelOp {
    /// A value was queued, or passed to a waiting receiver.
    Send = 0,
    /// A value was received.
    Receive = 1,
    /// The channel was closed.
    Close = 2,
}

impl ChannelOp {
    /// Every operation, in the order of the codes.
    pub const ALL: [ChannelOp; 3] = [ChannelOp::Send, ChannelOp::Receive, ChannelOp::Close];
}

/// One event. `transition` numbers a task's changes of state without a gap, from 0 for the task's
/// creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A task was created, ready for its first turn. Its transition is 0.
    TaskCreated {
        /// The new task.
        task: TaskId,
        /// The task that created it; `None` for `main`.
        parent: Option<TaskId>,
    },
    /// A blocked task became able to run.
    TaskReady {
        /// The task that became ready.
        task: TaskId,
        /// The task's transition number.
        transition: u32,
        /// The task that made this task ready; `None` if a timer or I/O made this task ready, or if
        /// this task was made ready before it had stopped.
        by: Option<TaskId>,
    },
    /// The processor that wrote the event entered the task.
    TaskStarted {
        /// The task that runs.
        task: TaskId,
        /// The task's transition number.
        transition: u32,
    },
    /// The processor left the task, which will go on later. After [`Reason::Yielded`] the task is
    /// ready at once; after any other reason it is blocked.
    TaskStopped {
        /// The task that stopped.
        task: TaskId,
        /// The task's transition number.
        transition: u32,
        /// Why the task stopped.
        reason: Reason,
        /// The channel that the task waits on, if there is one.
        channel: Option<ChannelId>,
    },
    /// The task ended. If it was running, the processor left it.
    TaskEnded {
        /// The task that ended.
        task: TaskId,
        /// The task's transition number.
        transition: u32,
        /// How the task ended.
        by: EndedBy,
    },
    /// The processor that wrote the event took a ready task from another processor's queue. The
    /// event has no transition, because the task stays ready.
    TaskStolen {
        /// The task that was stolen.
        task: TaskId,
        /// The processor from whose queue the task was stolen.
        from: ProcessorId,
    },
    /// An operation on a channel took effect.
    Channel {
        /// The channel.
        channel: ChannelId,
        /// The operation.
        op: ChannelOp,
        /// The task that sent, received or closed.
        task: TaskId,
        /// The operation's number on its channel, from 0. The n-th receive takes the value of the
        /// n-th send, and has a higher number than that send.
        operation: u32,
        /// The number of values in the queue after the operation. 16,777,215 also stands for any
        /// larger number.
        length: u32,
    },
    /// A task wrote a chunk of output.
    Output {
        /// The task that wrote.
        task: TaskId,
        /// The number of the chunk in the run, from 0.
        chunk: u32,
    },
    /// The processor that wrote the event parked, because it found no ready task.
    ProcessorParked,
    /// The processor that wrote the event woke up.
    ProcessorWoken,
}

/// An event with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    /// The time, in nanoseconds on the run's axis.
    pub at: Nanos,
    /// The place at which a task's code caused the event; `None` if no task's code did, or if the
    /// place is unknown. If a task completes the channel operation of a waiting task, that
    /// operation has the place at which the waiting task waits.
    pub place: Option<PlaceId>,
    /// The event.
    pub event: Event,
}

/// One event in a log: its head and its body.
pub(super) type Words = [u64; 2];

/// Stands for "no task", "no channel" in a word.
const NONE: u32 = u32::MAX;

const CREATED: u8 = 1;
const READY: u8 = 2;
const STARTED: u8 = 3;
const STOPPED: u8 = 4;
const ENDED: u8 = 5;
const STOLEN: u8 = 6;
const CHANNEL: u8 = 7;
const OUTPUT: u8 = 8;
const PARKED: u8 = 9;
const WOKEN: u8 = 10;
const MARK: u8 = 11;

/// The largest queue length that an event can hold, and the mask of its bits. A channel's event
/// also holds 24 bits of its task and 24 bits of its operation. This is enough, because each task
/// and each operation has an event, and the logs hold fewer events.
const LARGEST: u32 = (1 << 24) - 1;

impl Event {
    /// Encodes the event as words. From the lowest bit, the head holds 4 bits of the kind, 4 bits
    /// of a code, 16 bits of the place, 8 unused bits, and 32 bits of the task. The body holds two
    /// halves of 32 bits.
    ///
    /// A channel's event needs every bit. Above the place, its head holds 16 bits of the length and
    /// 24 bits of the task. Its body holds 32 bits of the channel, 24 bits of the operation, and
    /// the upper 8 bits of the length.
    #[inline(always)]
    pub(super) fn encode(self) -> Words {
        let kind_and_code = |kind: u8, code: u8| u64::from(kind) | u64::from(code) << 4;
        let words = |kind: u8, code: u8, task: u32, low: u32, high: u32| {
            let head = u64::from(task) << 32 | kind_and_code(kind, code);
            [head, u64::from(low) | u64::from(high) << 32]
        };
        match self {
            Event::TaskCreated { task, parent } => {
                words(CREATED, 0, task, parent.unwrap_or(NONE), 0)
            }
            Event::TaskReady { task, transition, by } => {
                words(READY, 0, task, by.unwrap_or(NONE), transition)
            }
            Event::TaskStarted { task, transition } => words(STARTED, 0, task, 0, transition),
            Event::TaskStopped { task, transition, reason, channel } => {
                words(STOPPED, reason as u8, task, channel.unwrap_or(NONE), transition)
            }
            Event::TaskEnded { task, transition, by } => {
                words(ENDED, by as u8, task, 0, transition)
            }
            Event::TaskStolen { task, from } => words(STOLEN, 0, task, from, 0),
            Event::Channel { channel, op, task, operation, length } => {
                let length = length.min(LARGEST);
                let head = kind_and_code(CHANNEL, op as u8)
                    | u64::from(length & 0xFFFF) << 24
                    | u64::from(task) << 40;
                let high = operation & LARGEST | (length >> 16) << 24;
                [head, u64::from(channel) | u64::from(high) << 32]
            }
            Event::Output { task, chunk } => words(OUTPUT, 0, task, chunk, 0),
            Event::ProcessorParked => words(PARKED, 0, 0, 0, 0),
            Event::ProcessorWoken => words(WOKEN, 0, 0, 0, 0),
        }
    }

    /// Decodes words that [`Event::encode`] made, and returns the place and the event. Returns
    /// `None` for a mark, and for an unknown kind or code.
    pub(super) fn decode([head, body]: Words) -> Option<(Option<PlaceId>, Event)> {
        let some = |half: u32| (half != NONE).then_some(half);
        let (task, low, high) = ((head >> 32) as u32, body as u32, (body >> 32) as u32);
        let code = (head >> 4) as usize & 15;
        let place = place_of((head >> 8) as PlaceCode);
        let event = match head as u8 & 15 {
            CREATED => Event::TaskCreated { task, parent: some(low) },
            READY => Event::TaskReady { task, transition: high, by: some(low) },
            STARTED => Event::TaskStarted { task, transition: high },
            STOPPED => Event::TaskStopped {
                task,
                transition: high,
                reason: Reason::from_code(code as u8)?,
                channel: some(low),
            },
            ENDED => Event::TaskEnded { task, transition: high, by: *EndedBy::ALL.get(code)? },
            STOLEN => Event::TaskStolen { task, from: low },
            CHANNEL => Event::Channel {
                channel: low,
                op: *ChannelOp::ALL.get(code)?,
                task: (head >> 40) as u32,
                operation: high & LARGEST,
                length: (head >> 24) as u32 & 0xFFFF | (high >> 24) << 16,
            },
            OUTPUT => Event::Output { task, chunk: low },
            PARKED => Event::ProcessorParked,
            WOKEN => Event::ProcessorWoken,
            _ => return None,
        };
        Some((place, event))
    }
}

/// Returns the head of an event with its place, which [`Event::encode`] leaves out.
#[inline]
pub(super) fn with_place(head: u64, code: PlaceCode) -> u64 {
    head | u64::from(code) << 8
}

/// Returns the mark that stands in a log before the events that happened at `at`.
pub(super) fn mark(at: Nanos) -> Words {
    [u64::from(MARK), at]
}

/// Returns the time of a [`mark`]; `None` for an event.
pub(super) fn marked([head, body]: Words) -> Option<Nanos> {
    (head == u64::from(MARK)).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::super::places::code_of;
    use super::*;

    /// Encodes an event with a place, and decodes both again.
    fn decoded(event: Event, place: Option<PlaceId>) -> Option<(Option<PlaceId>, Event)> {
        let [head, body] = event.encode();
        Event::decode([with_place(head, code_of(place)), body])
    }

    #[test]
    fn every_kind_survives_encoding() {
        let mut events = vec![
            Event::TaskCreated { task: 0, parent: None },
            Event::TaskCreated { task: 7, parent: Some(3) },
            Event::TaskReady { task: 7, transition: 4, by: Some(0) },
            Event::TaskReady { task: 7, transition: 4, by: None },
            Event::TaskStarted { task: 7, transition: u32::MAX },
            Event::TaskStolen { task: 9, from: 63 },
            Event::Output { task: 2, chunk: 5 },
            Event::ProcessorParked,
            Event::ProcessorWoken,
        ];
        for reason in Reason::ALL {
            for channel in [None, Some(0), Some(12)] {
                events.push(Event::TaskStopped { task: 1, transition: 2, reason, channel });
            }
        }
        for by in EndedBy::ALL {
            events.push(Event::TaskEnded { task: 1, transition: 2, by });
        }
        for op in ChannelOp::ALL {
            let (task, operation, length) = (LARGEST, LARGEST, LARGEST);
            events.push(Event::Channel { channel: u32::MAX, op, task, operation, length });
            events.push(Event::Channel { channel: 3, op, task: 1, operation: 9, length: 64 });
        }
        for event in events {
            for place in [None, Some(0), Some(PlaceId::MAX - 1)] {
                assert_eq!(decoded(event, place), Some((place, event)));
            }
        }
    }

    #[test]
    fn a_mark_is_no_event() {
        assert_eq!(marked(mark(Nanos::MAX)), Some(Nanos::MAX));
        assert_eq!(Event::decode(mark(3)), None);
        assert_eq!(marked(Event::ProcessorWoken.encode()), None);
    }

    #[test]
    fn an_empty_word_is_no_event() {
        assert_eq!(Event::decode([0; 2]), None);
        assert_eq!(Event::decode([u64::MAX; 2]), None);
    }

    #[test]
    fn a_length_is_told_as_far_as_there_is_room_for_it() {
        let event = |length| {
            let (channel, op) = (3, ChannelOp::Send);
            Event::Channel { channel, op, task: 1, operation: 2, length }
        };
        assert_eq!(decoded(event(u32::MAX), Some(4)), Some((Some(4), event(LARGEST))));
    }
}
