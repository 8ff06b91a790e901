//! Which task runs on which processor, and when.
//!
//! What goes into a run, and what comes out:
//! - `settings`: how a program is to be executed; `poller`: how the host performs the program's
//!   requests; `guest`: the module whose code goroutines execute;
//!   `trap`: why a guest could not go on;
//! - `end`: how a run ended.
//!
//! What the processors of a run share:
//! - `scheduler`: the global queue, the sleeping tasks, and the tasks that have been blocked;
//! - `task`: what all processors can see of a task; `accounting`: its time in each state;
//! - `goroutine`: the tasks whose code is in the guest;
//! - `ended`: what ended tasks leave to new tasks;
//! - `idle`: how processors park and are woken, and when the run is in deadlock;
//! - `gate`: where all processors stop and go on; `collection`: how they do so for the guest's
//!   collector;
//! - `deadlock`: the message that says which task waits on what.
//!
//! One processor:
//! - `processor`: its loop;
//! - `turn`: what is recorded when a task's turn begins and ends;
//! - [`guest_calls`]: the turns of goroutines, and what their code can ask of the processor;
//! - `guest_text`: the text that its goroutine writes; `guest_request`: the request that it makes;
//! - `queue`: its own queue of ready tasks;
//! - `steal_policy`: when it steals tasks from another processor's queue;
//! - `context`: what a task's code can ask of the processor that runs it.

pub(crate) mod accounting;
pub(crate) mod context;
pub(crate) mod end;
pub(crate) mod poller;
pub(crate) mod processor;
pub(crate) mod queue;
pub(crate) mod scheduler;
pub(crate) mod settings;
pub(crate) mod task;
pub(crate) mod turn;

pub mod guest_calls;

mod collection;
mod deadlock;
mod ended;
mod gate;
mod goroutine;
mod guest;
mod guest_request;
mod guest_text;
mod idle;
mod steal_policy;
mod trap;

pub use context::{now, print, processor, write};
pub use end::{End, Outcome};
pub use guest::Guest;
pub use settings::{Settings, StopWord, Structure};
pub use trap::{Trap, TrapKind};
