//! The intervals in which each processor was inside a task.

use super::states::States;
use crate::trace::{ProcessorId, TaskId};

/// Intervals in which one processor was inside one task, as columns. The spans of one processor are
/// in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans {
    /// The processor.
    pub processor: Vec<ProcessorId>,
    /// The task that the processor was inside.
    pub task: Vec<TaskId>,
    /// The time at which the processor entered the task, in milliseconds.
    pub start_ms: Vec<f64>,
    /// The time at which the processor left the task, in milliseconds. It is never before the
    /// start.
    pub end_ms: Vec<f64>,
}

impl Spans {
    /// Returns the spans of `states`, which are its running states.
    pub fn of(states: &States) -> Spans {
        let mut spans = Spans::default();
        for (row, processor) in states.processor.iter().enumerate() {
            if let Some(processor) = *processor {
                spans.processor.push(processor);
                spans.task.push(states.task[row]);
                spans.start_ms.push(states.start_ms[row]);
                spans.end_ms.push(states.end_ms[row]);
            }
        }
        spans
    }
}
