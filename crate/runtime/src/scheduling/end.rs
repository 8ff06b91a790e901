//! How a run came to its end.

use crate::trace::{EndedBy, Totals};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `main` returned.
    Completed,
    /// Every task was blocked, and nothing was left that could wake one.
    Deadlock,
    /// A task panicked.
    Panicked,
    /// It was asked to stop.
    Stopped,
}

impl Outcome {
    /// How a task ends that was alive when its run ended like this.
    pub(crate) fn ends_the_rest_by(self) -> EndedBy {
        match self {
            Outcome::Completed => EndedBy::MainReturned,
            Outcome::Deadlock | Outcome::Panicked | Outcome::Stopped => EndedBy::Stopped,
        }
    }
}

/// What there is to say about a run that is over.
#[derive(Clone, Debug)]
pub struct End {
    /// How it ended.
    pub outcome: Outcome,
    /// A sentence that explains the outcome; empty for a run that completed.
    pub message: String,
    /// What it came to.
    pub totals: Totals,
}
