//! Everything that JavaScript may call.
//!
//! The host worker loads the module. If the page is isolated, the host worker builds the pool with
//! wasm-bindgen-rayon's `initThreadPool`. Then it opens a [`Host`], asks it to check and to start
//! runs, and drains what an [`Execution`] records. This module makes all decisions and computes all
//! figures; JavaScript passes messages on.
//!
//! - `host`: checks requests, starts runs, and compares their reports;
//! - `execution`: one run, as JavaScript sees it;
//! - `run_handle`: a run that was started, until its end;
//! - `stop_word`: the word of shared memory by which the page stops a run;
//! - `reports`: the reports that are kept for comparing;
//! - `drive`: a processor on the host's own thread, for a page without a pool;
//! - `poller`, `isolated`: what the host's event loop does for tasks;
//! - `abort`: how an operation of the event loop is aborted, and why an operation failed;
//! - `columns`: reports as JavaScript's objects and typed arrays;
//! - `json`: JSON values as JavaScript's objects and lists, and back;
//! - `promise`: futures as JavaScript's promises;
//! - `sweep`: figures on how a program scales;
//! - `clock`: the clock of the calling worker;
//! - `memory`: the memory allocator;
//! - `guest`: modules whose code goroutines execute;
//! - `watch`: reports of traps in the pool's threads;
//! - `exp`: an exponential function with which a blur equals the native blur, byte by byte.
//!
//! Objects of parameters and options arrive as JSON. [`params`](crate::params) says how a value
//! that JSON cannot hold arrives.

mod abort;
mod clock;
mod columns;
mod drive;
mod execution;
mod exp;
#[cfg(feature = "guests")]
mod guest;
#[cfg(not(feature = "guests"))]
#[path = "no_guest.rs"]
mod guest;
#[cfg(feature = "guests")]
mod guest_exports;
mod host;
mod isolated;
mod json;
mod memory;
mod poller;
mod promise;
mod reports;
mod run_handle;
mod stop_word;
mod sweep;
mod watch;

use wasm_bindgen::prelude::*;

pub use execution::Execution;
#[cfg(feature = "guests")]
pub use guest::WebGuest;
#[cfg(feature = "guests")]
pub use guest_exports::*;
pub use host::{Host, open};
pub use wasm_bindgen_rayon::init_thread_pool;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
    crate::clock::install(clock::read_clock);
}
