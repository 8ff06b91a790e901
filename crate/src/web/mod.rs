//! Everything that JavaScript may call.
//!
//! The host worker loads the module, builds the pool with wasm-bindgen-rayon's
//! `initThreadPool` where the page is isolated, and [opens](open) a [`Host`]. From then
//! on it asks the host to check and to run, and drains what an [`Execution`]
//! records. All decisions are made and all figures are computed on this side;
//! JavaScript passes messages on.
//!
//! - [`host`]: what the host worker owns, and what it can be asked;
//! - [`execution`]: one run, as its host sees it;
//! - `reports`: the reports that a host keeps for comparing;
//! - `watch`: faults of the pool's threads;
//! - `drive`: a processor in the gaps of the host's event loop, where there is no pool;
//! - `outside`, `isolated`: what the host's event loop does for tasks; `aborting`: how it ends;
//! - `columns`: reports as JavaScript's objects and typed arrays;
//! - `json`: JavaScript's objects and lists, from JSON's values and back;
//! - `clock`, `promise`: the worker's clock, and promises;
//! - `exp`: so that a blur is the native one, byte by byte;
//! - `memory`: where all memory comes from;
//! - `sweep`: how a program scales, in figures.
//!
//! Objects of parameters and options arrive as JSON; what JSON cannot hold
//! arrives as [`params`](crate::params) says.

mod aborting;
mod clock;
mod columns;
mod drive;
pub mod execution;
mod exp;
pub mod host;
mod isolated;
mod json;
mod memory;
mod outside;
mod promise;
mod reports;
mod sweep;
mod watch;

use wasm_bindgen::prelude::wasm_bindgen;

pub use execution::Execution;
pub use host::{Host, open};
pub use wasm_bindgen_rayon::init_thread_pool;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
    crate::clock::install(clock::read_clock);
}
