//! Everything that JavaScript may call.
//!
//! The host worker loads the module, builds the pool with wasm-bindgen-rayon's
//! `initThreadPool` where the page is isolated, and opens a [`Host`]. From then
//! on it asks the host to check and to run, and drains what an [`Execution`]
//! records. All decisions are made and all figures are computed on this side;
//! JavaScript passes messages on.
//!
//! - `host`: checks what is asked for, starts runs, and compares them;
//! - `execution`: one run, as JavaScript sees it;
//! - `run_handle`: a run that was started, until its end;
//! - `stop_word`: the word of shared memory by which the page stops a run;
//! - `reports`: the reports that are kept for comparing;
//! - `drive`: a processor in the gaps of the host's event loop, where there is no pool;
//! - `outside`, `isolated`: what the host's event loop does for tasks, and `abort`: how it is ended;
//! - `columns`: reports as JavaScript's objects and typed arrays;
//! - `json`: JavaScript's objects and lists, from JSON's values and back;
//! - `promise`: JavaScript's promises, from futures;
//! - `sweep`: how a program scales, in figures;
//! - `clock`: the clock of the calling worker;
//! - `memory`: where all memory comes from;
//! - `watch`: faults of the pool's threads;
//! - `exp`: so that a blur is the native one, byte by byte.
//!
//! Objects of parameters and options arrive as JSON; what JSON cannot hold
//! arrives as [`params`](crate::params) says.

mod abort;
mod clock;
mod columns;
mod drive;
mod execution;
mod exp;
mod host;
mod isolated;
mod json;
mod memory;
mod outside;
mod promise;
mod reports;
mod run_handle;
mod stop_word;
mod sweep;
mod watch;

use wasm_bindgen::prelude::*;

pub use execution::Execution;
pub use host::{Host, open};
pub use wasm_bindgen_rayon::init_thread_pool;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
    crate::clock::install(clock::read_clock);
}
