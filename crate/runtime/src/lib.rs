//! Tasks on processors, with Go's semantics.
//!
//! # Layout
//!
//! No module imports one that stands below it in this list.
//!
//! - [`runs`]: for a host: how a program is started, driven and stopped, and on which threads;
//! - [`tasks`], [`channels`]: for a program: how it starts tasks, and what a task can wait for;
//! - [`scheduling`]: which task runs on which processor, and when;
//! - [`time`]: the clocks of all threads on one axis, and who sleeps until when;
//! - [`trace`]: what happened, as fixed-size events;
//! - [`sync`]: the one door to atomics and locks.
//!
//! The crate is compiled for speed. `#[cold]` marks what runs once a run.

pub mod channels;
pub mod runs;
pub mod scheduling;
pub mod sync;
pub mod tasks;
pub mod time;
pub mod trace;

pub use channels::{Receiver, Sender, channel};
pub use runs::{Driver, Next, Pool, Run};
pub use scheduling::{End, Outcome, Settings, StopWord, Structure, now, print, processor};
pub use tasks::{
    Fork, Function, WaitGroup, checkpoint, fork_join, go, io, launch, live_cells, sleep, yield_now,
};
pub use time::clock;
pub use trace::{Name, Nanos, ProcessorId};
