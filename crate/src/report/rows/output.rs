//! The lines that tasks wrote.

use super::window::Window;
use crate::trace::{Line, TaskId};

/// A line that a task wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputLine {
    /// When, in milliseconds.
    pub at_ms: f64,
    /// Who wrote it.
    pub task: TaskId,
    /// What was written.
    pub text: String,
}

impl OutputLine {
    pub(super) fn new(line: &Line, window: Window) -> OutputLine {
        OutputLine { at_ms: window.ms(line.at), task: line.task, text: line.text.clone() }
    }
}

/// The lines within the window, by their time. The lines of one processor keep their order within
/// a clock step.
pub(super) fn output(mut lines: Vec<Line>, window: Window) -> Vec<OutputLine> {
    lines.sort_by_key(|line| line.at);
    let lines = lines.iter().filter(|line| window.holds(line.at));
    lines.map(|line| OutputLine::new(line, window)).collect()
}
