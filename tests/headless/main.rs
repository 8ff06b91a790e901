//! The suite that runs natively and, by `wasm-pack test`, in a browser.

mod golang;
mod harness;
mod scheduler;
