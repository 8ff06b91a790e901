//! Tasks on processors, with Go's semantics.
//!
//! For a program, from the noun to what it waits on:
//! - [`go`]: starts a task;
//! - [`structure`]: [`launch`], which starts the next task at once or waits for this one;
//! - [`channel`], [`wait_group`], [`sleep`], [`io`]: what a task waits on;
//! - [`fork_join`]: rayon's parallel iterators on the same processors;
//! - [`checkpoint`]: what a task that computes for long owes the others.
//!
//! For a host, from the outside in:
//! - [`run`]: one execution of a program, from its start to its end;
//! - [`settings`], [`end`]: what goes in and what comes out;
//! - [`pool`]: the threads;
//! - `task`, `cell`: what is known of a task, and what executes it;
//! - `scheduler`, `processor`, `queue`, `look`, `idle`: who runs what where, and when nobody can;
//! - `context`: what a task's code can ask of the processor that it is on;
//! - `pace`: when the clock is read.
//!
//! Below all of them: [`trace`], what happened; [`clock`], time on one axis; [`sync`], the one door to
//! atomics and locks.
//!
//! All of it is compiled to be quick, but for what is `#[cold]`: that happens once a run.

pub mod channels;
pub mod pool;
pub mod run;
pub mod scheduling;
pub mod sync;
pub mod tasks;
pub mod time;
pub mod trace;

pub use channels::{Receiver, Sender, channel};
pub use pool::Pool;
pub use run::{Driver, Next, Run};
pub use scheduling::context::{now, print, processor};
pub use scheduling::end::{End, Outcome};
pub use scheduling::settings::{Settings, StopWord, Structure};
pub use tasks::{
    Fork, Function, WaitGroup, checkpoint, fork_join, go, io, launch, live_cells, sleep, yield_now,
};
pub use time::clock;

pub use trace::{Name, Nanos, ProcessorId};
