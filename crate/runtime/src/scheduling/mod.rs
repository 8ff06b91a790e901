//! Which task runs on which processor, and when.
//!
//! What goes into a run, and what comes out:
//! - `settings`: how a program is to be executed; `poller`: who performs its requests;
//! - `end`: how a run ended.
//!
//! What the processors of a run share:
//! - `scheduler`: the global queue, the sleepers, and the tasks that have not ended;
//! - `task`: what others can know of a task; `accounting`: where its time goes;
//! - `idle`: which processors sleep, who wakes them, and when nobody ever can;
//! - `deadlock`: the sentence that says who waits on what.
//!
//! One processor:
//! - `processor`: its loop;
//! - `queue`: its own queue of ready tasks;
//! - `steal_policy`: when it takes tasks from another's queue;
//! - `context`: what a task's code can ask of the processor that it is on.

pub(crate) mod accounting;
pub(crate) mod context;
pub(crate) mod end;
pub(crate) mod poller;
pub(crate) mod processor;
pub(crate) mod queue;
pub(crate) mod scheduler;
pub(crate) mod settings;
pub(crate) mod task;

mod deadlock;
mod idle;
mod steal_policy;

pub use context::{now, print, processor};
pub use end::{End, Outcome};
pub use settings::{Settings, StopWord, Structure};
