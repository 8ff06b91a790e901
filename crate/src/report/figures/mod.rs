//! The second step: from rows to figures.
//!
//! - `report`: the report on one run, as data;
//! - `run`: the figures of one run, from its rows and its exact totals;
//! - `levels`: how many tasks or processors there were at once;
//! - `losses`: the processors' time, split into work and losses;
//! - `lane`: the figures of repeated runs of one lane, and whether two lanes differ;
//! - `median`: the median of several figures;
//! - `scaling`: laws that are fitted to the times of a program on several numbers of processors.

mod lane;
mod levels;
mod losses;
mod median;
mod report;
mod run;
pub mod scaling;

pub use lane::{CLOCK_STEPS, MACHINE_MS, REPEAT_SHARE};
pub use levels::Level;
pub use losses::Losses;
pub use report::{Facts, Report};

pub(super) use lane::{Difference, Lane, Uneven, WAITS, lanes};
#[cfg(test)]
pub(super) use levels::at_once;
pub(super) use losses::{before_first_turn_ms, without_ready_ms};
pub(super) use run::figures;
