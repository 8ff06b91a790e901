//! What each processor was inside of, and when.

use super::states::States;
use crate::trace::{ProcessorId, TaskId};

/// Intervals in which one processor was inside one task; one processor's spans are in order.
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
    /// The running ones of some states.
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
