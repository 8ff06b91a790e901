//! Runs: executions of a program, as their host sees them.
//!
//! - `run`: [`Run`], from its start to its end;
//! - `main_task`: [`Main`], what the first task executes;
//! - `driver`: [`Driver`], for a thread that also does other work;
//! - `pool`: [`Pool`], the threads that processors run on.

mod driver;
mod main_task;
mod pool;
mod run;

pub use driver::{Driver, Next};
pub use main_task::Main;
pub use pool::Pool;
pub use run::Run;
