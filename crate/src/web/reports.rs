//! The reports of finished runs that a host keeps for comparing.

use std::collections::VecDeque;

use crate::report::Report;

/// How many reports a host keeps for comparing, without their tables. The page asks for at most 15
/// runs of each of four lanes.
const KEPT: usize = 64;

/// The last reports, by the numbers of their runs; the oldest first.
#[derive(Debug, Default)]
pub(super) struct Reports(VecDeque<(u32, Report)>);

impl Reports {
    /// Keeps a report's figures, if the run completed: no other is compared.
    pub fn keep(&mut self, run: u32, report: Report) {
        if !report.completed() {
            return;
        }
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back((run, report.without_tables()));
    }

    pub fn find(&self, run: u32) -> Option<&Report> {
        self.0.iter().find(|(own, _)| *own == run).map(|(_, report)| report)
    }
}
