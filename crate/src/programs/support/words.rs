//! The words that options, reports and the page use for a run's structure and outcome.

use crate::runtime::{Outcome, Structure};

/// Returns the word for a run's structure.
pub fn structure_word(structure: Structure) -> &'static str {
    match structure {
        Structure::Sequential => "sequential",
        Structure::Concurrent => "concurrent",
    }
}

/// Returns the word for how a run ended.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::Deadlock => "deadlock",
        Outcome::Panicked => "panicked",
        Outcome::Stopped => "stopped",
        Outcome::Exited => "exited",
        Outcome::Fatal => "fatal",
    }
}
