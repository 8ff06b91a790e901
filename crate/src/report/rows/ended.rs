//! The rows of a run that has ended.

use super::channels::ChannelEvents;
use super::fold::Fold;
use super::output::OutputChunk;
use super::parked::ParkedInterval;
use super::states::StateRow;
use super::tasks::{TaskRow, tasks};
use super::window::Window;
use crate::trace::{SourceLine, Totals};

/// The rows of a run that has ended.
#[derive(Debug)]
pub(in crate::report) struct Rows {
    /// The part of the run's time axis that is reported.
    pub window: Window,
    /// The closed states, in the order in which they closed. Some states may lie outside the
    /// window.
    pub states: Vec<StateRow>,
    /// The tasks, in the order of their ids.
    pub tasks: Vec<TaskRow>,
    /// The intervals in which processors were parked. Some intervals may lie outside the window.
    pub parked: Vec<ParkedInterval>,
    /// The operations on channels within the window.
    pub channel_events: ChannelEvents,
    /// The chunks of output within the window.
    pub output: Vec<OutputChunk>,
    /// The number of bytes of standard output, and of standard error, that were not kept.
    pub dropped_bytes: [u64; 2],
    /// The table of places.
    pub places: Vec<SourceLine>,
    /// Whether events from within the window are missing, so that the states end early.
    pub events_missing: bool,
}

impl Fold {
    /// Returns the rows of a run that has ended. If events are missing, the states have gaps and
    /// end early, and no state is guessed.
    pub(in crate::report) fn rows(mut self, totals: &Totals) -> Rows {
        while let Some(due) = self.merge.after_gap() {
            self.lives.apply(due);
            while let Some(due) = self.merge.due() {
                self.lives.apply(due);
            }
        }
        let window = Window { start: totals.main_started, end: totals.main_ended };
        let first_dropped = totals.first_dropped.filter(|at| *at < window.end);
        if first_dropped.is_some() {
            self.lives.forget_sleepers();
        }
        self.lives.cut(first_dropped.unwrap_or(window.end));
        let dropped_bytes = self.output.finish(totals.dropped_bytes);
        Rows {
            window,
            tasks: tasks(&self, window),
            states: self.lives.states,
            parked: self.parked.all(),
            channel_events: ChannelEvents::new(self.channel_events, window),
            output: self.output.within(window),
            dropped_bytes,
            places: self.places,
            events_missing: first_dropped.is_some(),
        }
    }
}
