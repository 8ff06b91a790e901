//! What each processor was inside of, and when.

use super::window::Window;
use crate::trace::{Nanos, ProcessorId, TaskId};

/// Intervals in which one processor was inside one task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans {
    /// Which processor.
    pub processor: Vec<ProcessorId>,
    /// Inside which task.
    pub task: Vec<TaskId>,
    /// When it entered, in milliseconds.
    pub start_ms: Vec<f64>,
    /// When it left, in milliseconds; not before it entered.
    pub end_ms: Vec<f64>,
}

impl Spans {
    /// What the window shows of these rows.
    pub(super) fn new(rows: &[SpanRow], window: Window) -> Spans {
        let mut spans = Spans::default();
        for row in rows {
            if let Some((start, end)) = window.cut(row.start, row.end) {
                spans.processor.push(row.processor);
                spans.task.push(row.task);
                spans.start_ms.push(window.ms(start));
                spans.end_ms.push(window.ms(end));
            }
        }
        spans
    }
}

/// One span, on the run's own axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SpanRow {
    pub processor: ProcessorId,
    pub task: TaskId,
    pub start: Nanos,
    pub end: Nanos,
}
