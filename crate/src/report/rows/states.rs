//! The states of each task, with their times.

use super::window::Window;
use super::words::reason_word;
use crate::trace::{ChannelId, Nanos, PlaceId, ProcessorId, Reason, TaskId};

/// The state of a task.
///
/// Each number is a code. Recorded runs contain codes, so a code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// The task is inside a processor.
    Running = 0,
    /// The task can run, but has no processor.
    Ready = 1,
    /// The task waits.
    Blocked = 2,
}

impl State {
    /// All states, in the order of their codes.
    pub const ALL: [State; 3] = [State::Running, State::Ready, State::Blocked];

    /// The word that the report and the page use.
    pub fn word(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Ready => "ready",
            State::Blocked => "blocked",
        }
    }

    /// The number that stands for the state in a column of states.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// The reason of a state: one of the trace's reasons for a stop, or the task's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The task gave up its processor for this reason.
    Stopped(Reason),
    /// The task ended.
    Ended,
}

impl Cause {
    /// The word that the report and the page use.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Stopped(reason) => reason_word(reason),
            Cause::Ended => "ended",
        }
    }

    /// The number that stands for the cause in a column of reasons. No [`Reason`] has the number
    /// of the task's end.
    pub fn code(self) -> u8 {
        match self {
            Cause::Stopped(reason) => reason as u8,
            Cause::Ended => 7,
        }
    }
}

/// Intervals in which a task was in one state, as columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// The task.
    pub task: Vec<TaskId>,
    /// The state of the task.
    pub state: Vec<State>,
    /// For a running state, the reason why the task stopped, or `None` if main's end cut the state.
    /// For a blocked state, what the task waited for. For a ready state, the reason of the task's
    /// last stop: the task had yielded, or what it had waited for. `None` for the ready state of a
    /// new task.
    pub reason: Vec<Option<Cause>>,
    /// The channel, if the reason is to send or to receive.
    pub channel: Vec<Option<ChannelId>>,
    /// The processor, if the state is running.
    pub processor: Vec<Option<ProcessorId>>,
    /// For a ready state, the task that made this task ready. `None` if no task made it ready, or
    /// if that task is unknown.
    pub by: Vec<Option<TaskId>>,
    /// The place that belongs to the reason: where the task stopped, or where it waits. For the
    /// first state of a task, the place where the task was started. `None` if the task ended, or if
    /// the place is unknown.
    pub place: Vec<Option<PlaceId>>,
    /// For a running state, the place from which the task went on: where it had stopped before, or
    /// where it was started. `None` for the other states, and if the place is unknown.
    pub from_place: Vec<Option<PlaceId>>,
    /// For a ready state, the place at which a task made this task ready. `None` if no task made it
    /// ready, or if the place is unknown.
    pub by_place: Vec<Option<PlaceId>>,
    /// The time at which the state began, in milliseconds.
    pub start_ms: Vec<f64>,
    /// The time at which the state ended, in milliseconds. It is never before the start.
    pub end_ms: Vec<f64>,
}

impl States {
    /// Returns the parts of these rows that lie within the window.
    pub(in crate::report) fn new(rows: &[StateRow], window: Window) -> States {
        let mut states = States::default();
        for row in rows {
            if let Some((start, end)) = window.cut(row.start, row.end) {
                states.task.push(row.task);
                states.state.push(row.state);
                // If the task stopped after the end of the window, the report leaves out why and
                // where it stopped.
                let stopped_later = row.state == State::Running && row.end > window.end;
                states.reason.push(row.reason.filter(|_| !stopped_later));
                states.channel.push(row.channel.filter(|_| !stopped_later));
                states.processor.push(row.processor);
                states.by.push(row.by);
                states.place.push(row.place.filter(|_| !stopped_later));
                states.from_place.push(row.from_place);
                states.by_place.push(row.by_place);
                states.start_ms.push(window.ms(start));
                states.end_ms.push(window.ms(end));
            }
        }
        states
    }
}

/// One closed state, in times on the run's time axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct StateRow {
    pub task: TaskId,
    pub state: State,
    pub reason: Option<Cause>,
    pub channel: Option<ChannelId>,
    pub processor: Option<ProcessorId>,
    pub by: Option<TaskId>,
    pub place: Option<PlaceId>,
    pub from_place: Option<PlaceId>,
    pub by_place: Option<PlaceId>,
    pub start: Nanos,
    pub end: Nanos,
}

/// The current state of a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OpenState {
    pub state: State,
    /// The reason as in [`States::reason`], but `None` while the task is running.
    pub reason: Option<Cause>,
    /// The channel as in [`States::channel`], but `None` while the task is running.
    pub channel: Option<ChannelId>,
    pub by: Option<TaskId>,
    /// The place as in [`States::place`], but `None` while the task is running.
    pub place: Option<PlaceId>,
    pub from_place: Option<PlaceId>,
    pub by_place: Option<PlaceId>,
    /// The processor that is inside the task, or `None` if the task is not running.
    pub processor: Option<ProcessorId>,
    pub start: Nanos,
}

impl OpenState {
    /// Returns the state as closed at `end`.
    pub fn closed(self, task: TaskId, end: Nanos) -> StateRow {
        let OpenState { state, reason, channel, by, place, from_place, by_place, processor, start } =
            self;
        StateRow {
            task,
            state,
            reason,
            channel,
            processor,
            by,
            place,
            from_place,
            by_place,
            start,
            end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_state_that_is_cut_did_not_stop_for_anything() {
        let window = Window { start: 10_000_000, end: 20_000_000 };
        let row = |start, end| StateRow {
            task: 1,
            state: State::Running,
            reason: Some(Cause::Stopped(Reason::Receive)),
            channel: Some(4),
            processor: Some(0),
            by: None,
            place: Some(7),
            from_place: Some(2),
            by_place: None,
            start,
            end,
        };
        let rows = [row(0, 9_000_000), row(12_000_000, 20_000_000), row(20_000_000, 21_000_000)];
        let states = States::new(&rows, window);
        assert_eq!(states.start_ms, [2.0]);
        assert_eq!(states.end_ms, [10.0]);
        assert_eq!(states.reason, [Some(Cause::Stopped(Reason::Receive))]);
        assert_eq!((states.channel[0], states.processor[0]), (Some(4), Some(0)));
        assert_eq!((states.place[0], states.from_place[0]), (Some(7), Some(2)));
        let states = States::new(&[row(19_000_000, 21_000_000)], window);
        assert_eq!((states.end_ms[0], states.reason[0]), (10.0, None));
        assert_eq!((states.channel[0], states.processor[0]), (None, Some(0)));
        assert_eq!((states.place[0], states.from_place[0]), (None, Some(2)));
    }
}
