//! Time on one axis.
//!
//! - [`clock`]: each thread's clock, and the run's axis, on which all of them agree;
//! - `pace`: when a processor reads its clock;
//! - `timers`: the tasks that sleep, each with its deadline.

pub mod clock;

pub(crate) mod pace;
pub(crate) mod timers;
