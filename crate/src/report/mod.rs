//! The report on a run: rows, figures and sentences.
//!
//! The report consists of pure functions and one incremental [`Fold`] over the trace. The fold
//! serves both the drawing during a run and the report at its end. There are three steps, and each
//! step uses only the steps before it:
//! - `rows`: from events to rows, such as a task's states with their times;
//! - `figures`: from rows to figures, for one run and for the repeated runs of one lane;
//! - `sentences`: from figures to sentences, for one run and for two lanes.
//!
//! `finish` takes all three steps for the report on a run.
//!
//! Times in the tables and figures of a report are milliseconds, counted from main's first
//! instruction. Everything before main's first instruction is left out. A state that is still open
//! at main's end is cut at main's end.

use crate::trace::PlaceId;

mod figures;
mod finish;
mod rows;
mod sentences;

#[cfg(test)]
mod invariants;
#[cfg(test)]
mod testing;

pub use figures::{CLOCK_STEPS, Facts, Level, Losses, MACHINE_MS, REPEAT_SHARE, Report, scaling};
pub use rows::{
    Cause, ChannelEvents, Fold, Live, Open, OutputChunk, Spans, State, States, Tasks,
    channel_op_word, ended_by_word, reason_word,
};
pub use sentences::{CONCURRENT, Kind, PARALLEL, SEQUENTIAL, Step, Verdict, compare};

/// The missing value in a column of codes. No code has this number.
pub const NO_CODE: u8 = u8::MAX;

/// The missing value in a column of places. No place has this number.
pub const NO_PLACE: PlaceId = PlaceId::MAX;

/// The maximum number of finished reports that a host keeps for comparing, without their tables.
pub const MOST_KEPT: usize = 64;
