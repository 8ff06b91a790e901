//! How a run came to its end.

use crate::trace::{EndedBy, Totals};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `main` returned.
    Completed,
    /// Every task was blocked, and nothing was left that could wake a task.
    Deadlock,
    /// A task panicked.
    Panicked,
    /// The run was asked to stop.
    Stopped,
    /// The program ended the run itself, with an exit code.
    Exited,
    /// The program could not go on, for a reason that it cannot recover from.
    Fatal,
}

impl Outcome {
    /// Returns how a task ends if the task is alive when its run ends with this outcome.
    pub(crate) fn ends_the_rest_by(self) -> EndedBy {
        match self {
            Outcome::Completed => EndedBy::MainReturned,
            Outcome::Deadlock
            | Outcome::Panicked
            | Outcome::Stopped
            | Outcome::Exited
            | Outcome::Fatal => EndedBy::Stopped,
        }
    }
}

/// The end of a run: its outcome, the message and the totals.
#[derive(Clone, Debug)]
pub struct End {
    /// How the run ended.
    pub outcome: Outcome,
    /// The message that explains the outcome; empty for a run that completed.
    pub message: String,
    /// The exit code, if the program gave one.
    pub exit_code: Option<u32>,
    /// The total times and numbers of the run.
    pub totals: Totals,
}
