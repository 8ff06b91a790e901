//! What each task was doing, and when.

use super::window::Window;
use super::words::reason_word;
use crate::trace::{ChannelId, Nanos, ProcessorId, Reason, TaskId};

/// What a task is doing.
///
/// Each number is a code, and recorded runs hold codes. So a code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// It is in a processor.
    Running = 0,
    /// It could run, but has no processor.
    Ready = 1,
    /// It waits.
    Blocked = 2,
}

impl State {
    /// Every state, in the order of its code.
    pub const ALL: [State; 3] = [State::Running, State::Ready, State::Blocked];

    /// The word that the report and the page use.
    pub fn word(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Ready => "ready",
            State::Blocked => "blocked",
        }
    }

    /// The number that stands for it in a column of states.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// What a state's reason can be: the trace's reasons to stop, and the task's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The task gave its processor up for this.
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

    /// The number that stands for it in a column of reasons. The end has a
    /// number that no [`Reason`] has.
    pub fn code(self) -> u8 {
        match self {
            Cause::Stopped(reason) => reason as u8,
            Cause::Ended => 7,
        }
    }
}

/// Intervals in which a task was in one state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// Who.
    pub task: Vec<TaskId>,
    /// Doing what.
    pub state: Vec<State>,
    /// Of a running state, why it stopped: `None` when it was cut at main's end. Of a blocked
    /// one, what it waited for. Of a ready one, what it came from: that it had yielded, or
    /// what it had waited for; `None` for a new task.
    pub reason: Vec<Option<Cause>>,
    /// Where the reason is to send or to receive: on which channel.
    pub channel: Vec<Option<ChannelId>>,
    /// Of a running state, in which processor.
    pub processor: Vec<Option<ProcessorId>>,
    /// Of a ready state, whose doing it was; `None` where nobody's or not known.
    pub by: Vec<Option<TaskId>>,
    /// When it began, in milliseconds.
    pub start_ms: Vec<f64>,
    /// When it ended, in milliseconds; not before it began.
    pub end_ms: Vec<f64>,
}

impl States {
    /// What the window shows of these rows.
    pub(in crate::report) fn new(rows: &[StateRow], window: Window) -> States {
        let mut states = States::default();
        for row in rows {
            if let Some((start, end)) = window.cut(row.start, row.end) {
                states.task.push(row.task);
                states.state.push(row.state);
                // Whatever stopped it did so after the part that is shown.
                let stopped_later = row.state == State::Running && row.end > window.end;
                states.reason.push(row.reason.filter(|_| !stopped_later));
                states.channel.push(row.channel.filter(|_| !stopped_later));
                states.processor.push(row.processor);
                states.by.push(row.by);
                states.start_ms.push(window.ms(start));
                states.end_ms.push(window.ms(end));
            }
        }
        states
    }
}

/// One closed state, on the run's own axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct StateRow {
    pub task: TaskId,
    pub state: State,
    pub reason: Option<Cause>,
    pub channel: Option<ChannelId>,
    pub processor: Option<ProcessorId>,
    pub by: Option<TaskId>,
    pub start: Nanos,
    pub end: Nanos,
}

/// What a task is doing now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OpenState {
    pub state: State,
    /// As in [`States::reason`]; `None` while running.
    pub reason: Option<Cause>,
    /// As in [`States::channel`]; `None` while running.
    pub channel: Option<ChannelId>,
    pub by: Option<TaskId>,
    /// Which processor it is in, while running.
    pub processor: Option<ProcessorId>,
    pub start: Nanos,
}

impl OpenState {
    /// The state as it was until `end`.
    pub fn closed(self, task: TaskId, end: Nanos) -> StateRow {
        let OpenState { state, reason, channel, by, processor, start } = self;
        StateRow { task, state, reason, channel, processor, by, start, end }
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
            start,
            end,
        };
        let rows = [row(0, 9_000_000), row(12_000_000, 20_000_000), row(20_000_000, 21_000_000)];
        let states = States::new(&rows, window);
        assert_eq!(states.start_ms, [2.0]);
        assert_eq!(states.end_ms, [10.0]);
        assert_eq!(states.reason, [Some(Cause::Stopped(Reason::Receive))]);
        assert_eq!((states.channel[0], states.processor[0]), (Some(4), Some(0)));
        let states = States::new(&[row(19_000_000, 21_000_000)], window);
        assert_eq!((states.end_ms[0], states.reason[0]), (10.0, None));
        assert_eq!((states.channel[0], states.processor[0]), (None, Some(0)));
    }
}
