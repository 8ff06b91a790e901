//! What changed since the last look, for drawing while a run goes on.

use super::window::Window;
use super::{Cause, Fold, OutputLine, Spans, State, States};
use crate::trace::{Nanos, ProcessorId, TaskId};

/// The step from one look to the next: what came to be, what closed, and what is open.
/// All empty until main's first instruction, which is time zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// The time of the look, in milliseconds.
    pub now_ms: f64,
    /// New tasks.
    pub task: Vec<TaskId>,
    /// Their names.
    pub name: Vec<String>,
    /// Who created them; `None` for main.
    pub parent: Vec<Option<TaskId>>,
    /// Spans that closed.
    pub spans: Spans,
    /// States that closed.
    pub states: States,
    /// What every task that has not ended is doing.
    pub open: Open,
    /// New lines, as they came in.
    pub output: Vec<OutputLine>,
}

/// What every task that has not ended is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    /// Who.
    pub task: Vec<TaskId>,
    /// Doing what.
    pub state: Vec<State>,
    /// As in [`States::reason`], and `None` while running.
    pub reason: Vec<Option<Cause>>,
    /// In which processor, while running.
    pub processor: Vec<Option<ProcessorId>>,
    /// Since when, in milliseconds.
    pub start_ms: Vec<f64>,
}

/// How much of a fold has been shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    created: usize,
    spans: usize,
    states: usize,
    lines: usize,
    /// The tasks that were created and, as far as was shown, have not ended.
    alive: Vec<TaskId>,
}

impl Fold {
    /// What changed since the last call. `now` and `main_started` are times on the run's axis.
    pub fn live(&mut self, now: Nanos, main_started: Option<Nanos>) -> Live {
        let Some(start) = main_started else { return Live::default() };
        // No end: what closes after `now` was read is shown too, since it won't come again.
        let window = Window { start, end: Nanos::MAX };
        let (lives, shown) = (&self.lives, &mut self.shown);

        let task = lives.created[shown.created..].to_vec();
        shown.alive.extend_from_slice(&task);
        shown.alive.retain(|task| !lives.tasks[*task as usize].over());
        let mut open = Open::default();
        for &task in &shown.alive {
            if let Some(now) = lives.tasks[task as usize].open {
                open.task.push(task);
                open.state.push(now.state);
                open.reason.push(now.reason);
                open.processor.push(now.processor);
                open.start_ms.push(window.ms(now.start));
            }
        }

        let spans = Spans::new(&lives.spans[shown.spans..], window);
        let states = States::new(&lives.states[shown.states..], window);
        let lines = self.lines[shown.lines..].iter();
        let output = lines.map(|line| OutputLine::new(line, window)).collect();
        shown.created = lives.created.len();
        shown.spans = lives.spans.len();
        shown.states = lives.states.len();
        shown.lines = self.lines.len();
        Live {
            now_ms: window.ms(now),
            name: task.iter().map(|task| self.name(*task)).collect(),
            parent: task.iter().map(|task| self.lives.tasks[*task as usize].parent).collect(),
            task,
            spans,
            states,
            open,
            output,
        }
    }
}
