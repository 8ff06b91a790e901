//! The lines of output that a run's tasks wrote.

use super::window::Window;
use crate::trace::{Line, TaskId};

/// A line that a task wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputLine {
    /// The time at which the line was written, in milliseconds.
    pub at_ms: f64,
    /// The task that wrote the line.
    pub task: TaskId,
    /// The text of the line.
    pub text: String,
}

impl OutputLine {
    pub(super) fn new(line: &Line, window: Window) -> OutputLine {
        OutputLine { at_ms: window.ms(line.at), task: line.task, text: line.text.clone() }
    }
}

/// Returns the lines within the window, in the order of their times. Lines of one processor with
/// the same time keep their order.
pub(super) fn output(mut lines: Vec<Line>, window: Window) -> Vec<OutputLine> {
    lines.sort_by_key(|line| line.at);
    let lines = lines.iter().filter(|line| window.holds(line.at));
    lines.map(|line| OutputLine::new(line, window)).collect()
}
