//! The reports of finished runs that a host keeps for comparing.

use std::collections::VecDeque;

use crate::report::{MOST_KEPT, Report};

/// The last reports with the numbers of their runs, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Reports(VecDeque<(u32, Report)>);

impl Reports {
    /// Keeps a report without its tables, if the run completed. Runs that did not complete are not
    /// compared.
    pub fn keep(&mut self, run: u32, report: Report) {
        if !report.completed() {
            return;
        }
        if self.0.len() == MOST_KEPT {
            self.0.pop_front();
        }
        self.0.push_back((run, report.without_tables()));
    }

    pub fn find(&self, run: u32) -> Option<&Report> {
        self.0.iter().find(|(own, _)| *own == run).map(|(_, report)| report)
    }
}
