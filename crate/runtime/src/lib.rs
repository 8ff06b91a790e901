//! A runtime that runs tasks on processors, with Go's semantics.
//!
//! # Layout
//!
//! A module imports only modules that stand below it in this list.
//!
//! - [`runs`]: how a host starts, drives and stops a program, and on which threads;
//! - [`tasks`], [`channels`]: how a program starts tasks, and what a task can wait for;
//! - [`scheduling`]: which task runs on which processor, and when;
//! - [`time`]: the clocks of all threads on one axis, and the deadlines of the tasks that sleep;
//! - [`trace`]: what happened in a run, as fixed-size events;
//! - [`sync`]: the atomics and locks that all other modules use.
//!
//! The crate is compiled for speed. `#[cold]` marks functions that run rarely, most of them once in
//! a run.

// Without guests no goroutine exists, so the compiler finds code that is never reached.
#![cfg_attr(not(feature = "guests"), allow(dead_code, unreachable_code, unused_variables))]

pub mod channels;
pub mod runs;
pub mod scheduling;
pub mod sync;
pub mod tasks;
pub mod time;
pub mod trace;

pub use channels::{Receiver, Sender, channel};
pub use runs::{Driver, Main, Next, Pool, Run};
pub use scheduling::{
    End, Guest, Outcome, Settings, StopWord, Structure, Trap, TrapKind, guest_calls, now, print,
    processor, write,
};
pub use tasks::{
    Fork, Function, WaitGroup, checkpoint, checkpoint_at, fork_join, go, io, launch, live_cells,
    sleep, yield_now,
};
pub use time::clock;
pub use trace::{Name, Nanos, Place, ProcessorId, SourceLine, Stream};
