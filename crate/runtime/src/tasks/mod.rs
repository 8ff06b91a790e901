//! How a program starts tasks, and what a task can wait for.
//!
//! - `cell`: [`go`], which starts a task, and the future that executes it;
//! - `launch`: [`launch`](launch::launch), which starts a task that a wait group counts;
//! - `checkpoint`: where a task that computes for long lets other tasks go first;
//! - `sleep`, `wait_group`, [`io`]: what a task waits for;
//! - `fork_join`: rayon's parallel iterators on the processors of the run.

pub mod io;

pub(crate) mod cell;

mod checkpoint;
mod fork_join;
mod launch;
mod sleep;
mod wait_group;

pub use cell::{Function, go, live_cells};
pub use checkpoint::{checkpoint, checkpoint_at, yield_now};
pub use fork_join::{Fork, fork_join};
pub use launch::launch;
pub use sleep::sleep;
pub use wait_group::WaitGroup;
