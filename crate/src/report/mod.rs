//! What a run came to: from events to spans, states, levels and sentences.
//!
//! Pure functions, and one incremental [`Fold`] over the trace that serves the
//! drawing during a run and the report at its end alike. In the order of the data:
//! - `rows`: from events to rows, for drawing during a run and for its report;
//! - `figures`: from rows to figures, for one run and for the repeated runs of one lane;
//! - `findings`: the sentences that one run's figures carry, or none;
//! - `verdict`: what a difference between two lanes shows, as data;
//! - `wording`: the sentence for each verdict;
//! - `compare`: which lanes are compared;
//! - `finish`: the report at the end, by all three steps.
//!
//! Times in what leaves this module are milliseconds, counted from main's first
//! instruction. What lies before it is cut away, and what is still open at main's end
//! is cut there.

mod compare;
mod figures;
mod findings;
mod finish;
mod rows;
mod verdict;
mod wording;
mod words;

#[cfg(test)]
mod invariants;
#[cfg(test)]
mod testing;

pub use compare::compare;
pub use figures::{Facts, Level, Losses, Report, scaling};
pub use rows::{Cause, ChannelEvents, Fold, Live, Open, OutputLine, Spans, State, States, Tasks};
pub use verdict::{Kind, Step, Verdict};
