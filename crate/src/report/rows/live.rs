//! The changes of a run since the last call of [`Fold::live`], for drawing while the run goes on.

use super::fold::Fold;
use super::output::OutputChunk;
use super::states::{Cause, State, States};
use super::window::Window;
use crate::trace::{ChannelId, Nanos, ProcessorId, TaskId};

/// The changes since the last call of [`Fold::live`], and the states that are open now. All fields
/// are empty until main's first instruction, which is time zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// The time of the call, in milliseconds.
    pub now_ms: f64,
    /// The new tasks.
    pub task: Vec<TaskId>,
    /// The names of the new tasks.
    pub name: Vec<String>,
    /// The tasks that created the new tasks, or `None` for main.
    pub parent: Vec<Option<TaskId>>,
    /// The states that closed.
    pub states: States,
    /// The current state of every task that has not ended.
    pub open: Open,
    /// The new chunks of output, in the order in which they were written.
    pub output: Vec<OutputChunk>,
}

/// The current state of every task that has not ended, as columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    /// The task.
    pub task: Vec<TaskId>,
    /// The state of the task.
    pub state: Vec<State>,
    /// The reason as in [`States::reason`], but `None` while the task is running.
    pub reason: Vec<Option<Cause>>,
    /// The channel as in [`States::channel`], but `None` while the task is running.
    pub channel: Vec<Option<ChannelId>>,
    /// The processor that is inside the task, or `None` if the task is not running.
    pub processor: Vec<Option<ProcessorId>>,
    /// The time at which the state began, in milliseconds.
    pub start_ms: Vec<f64>,
}

impl Fold {
    /// Returns the changes since the last call. `now` and `main_started` are times on the run's
    /// time axis.
    pub fn live(&mut self, now: Nanos, main_started: Option<Nanos>) -> Live {
        let Some(start) = main_started else { return Live::default() };
        // The window has no end, because each state is returned only once: a state that closed
        // after `now` must not be cut.
        let window = Window { start, end: Nanos::MAX };
        let (lives, returned) = (&self.lives, &mut self.returned);

        let task = lives.created[returned.created..].to_vec();
        returned.alive.extend_from_slice(&task);
        returned.alive.retain(|task| !lives.tasks[*task as usize].over());
        let mut open = Open::default();
        for &task in &returned.alive {
            if let Some(now) = lives.tasks[task as usize].open {
                open.task.push(task);
                open.state.push(now.state);
                open.reason.push(now.reason);
                open.channel.push(now.channel);
                open.processor.push(now.processor);
                open.start_ms.push(window.ms(now.start));
            }
        }

        let states = States::new(&lives.states[returned.states..], window);
        let output = self.output.chunks(window, returned.chunks);
        returned.created = lives.created.len();
        returned.states = lives.states.len();
        returned.chunks = self.output.len();
        Live {
            now_ms: window.ms(now),
            name: task.iter().map(|task| self.name(*task)).collect(),
            parent: task.iter().map(|task| self.parent(*task)).collect(),
            task,
            states,
            open,
            output,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{MS, Script};
    use crate::trace::{MAIN, Named, Reason, Stream};

    #[test]
    fn nothing_before_mains_first_instruction() {
        let mut script = Script::default();
        script.created(1, 0, 0, MAIN);
        let mut fold = Fold::new(1);
        fold.add(&script.batch());
        assert_eq!(fold.live(3 * MS, None), Live::default());
        // A task that was created before main started is new at the first call after main's start.
        script.started(0, 5, 0);
        fold.add(&script.batch());
        let live = fold.live(7 * MS, Some(5 * MS));
        assert_eq!((live.now_ms, &live.task[..]), (2.0, &[0][..]));
        assert_eq!((live.open.state[0], live.open.start_ms[0]), (State::Running, 0.0));
        assert_eq!(live.open.processor, [Some(0)]);
        assert_eq!(live.states, States::default());
    }

    #[test]
    fn everything_is_shown_once_and_what_is_open_every_time() {
        let mut script = Script::default();
        let mut fold = Fold::new(1);
        script.created(1, 0, 0, MAIN);
        script.started(0, 5, 0);
        script.created(0, 6, 1, MAIN);
        script.waited(0, 7, 0, Reason::Receive, 2);
        script.started(0, 7, 1);
        let mut batch = script.batch();
        batch.names = vec![
            Named { task: 0, parent: None, name: "main".into() },
            Named { task: 1, parent: Some(0), name: "soup".into() },
        ];
        fold.add(&batch);
        let live = fold.live(8 * MS, Some(5 * MS));
        assert_eq!(live.name, ["main", "soup"]);
        assert_eq!(live.parent, [None, Some(0)]);
        assert_eq!(live.states.state, [State::Running, State::Ready]);
        assert_eq!((live.states.task[0], live.states.end_ms[0]), (0, 2.0));
        assert_eq!(live.states.processor, [Some(0), None]);
        assert_eq!(live.states.channel, [Some(2), None]);
        assert_eq!(live.open.task, [0, 1]);
        assert_eq!(live.open.state, [State::Blocked, State::Running]);
        assert_eq!(live.open.reason, [Some(Cause::Stopped(Reason::Receive)), None]);
        assert_eq!(live.open.channel, [Some(2), None]);
        assert_eq!(live.open.processor, [None, Some(0)]);

        let live = fold.live(9 * MS, Some(5 * MS));
        assert_eq!((live.task.len(), live.states.task.len()), (0, 0));
        assert_eq!(live.open.task, [0, 1]);

        script.ended(0, 10, 1);
        let mut batch = script.batch();
        batch.output.push(9 * MS, 1, Stream::Stdout, b"done\n");
        fold.add(&batch);
        let live = fold.live(11 * MS, Some(5 * MS));
        assert_eq!(live.open.task, [0]);
        assert_eq!((live.states.start_ms[0], live.states.end_ms[0]), (2.0, 5.0));
        assert_eq!(live.states.reason, [Some(Cause::Ended)]);
        assert_eq!((live.output[0].at_ms, live.output[0].text.as_str()), (4.0, "done\n"));
        assert_eq!(fold.live(12 * MS, Some(5 * MS)).output, []);
    }

    #[test]
    fn what_comes_too_early_is_shown_when_its_turn_has_come() {
        let mut script = Script::default();
        script.created(1, 0, 0, MAIN);
        let earlier = script.batch();
        script.started(0, 5, 0);
        let mut fold = Fold::new(1);
        fold.add(&script.batch());
        assert_eq!(fold.live(8 * MS, Some(5 * MS)).open, Open::default());
        fold.add(&earlier);
        let live = fold.live(9 * MS, Some(5 * MS));
        assert_eq!((&live.task[..], &live.open.state[..]), (&[0][..], &[State::Running][..]));
    }
}
