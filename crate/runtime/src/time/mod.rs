//! Time on one axis.
//!
//! - [`clock`]: each thread's clock, and the run's axis, on which all threads agree;
//! - `sampler`: when a processor reads its clock;
//! - `timers`: the tasks that sleep, each with its deadline.

pub mod clock;

pub(crate) mod sampler;
pub(crate) mod timers;
