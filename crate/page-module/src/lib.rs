//! The page's WebAssembly module. It contains what the crate `manyhands` exports to JavaScript, and
//! nothing else.
//!
//! `manyhands` is compiled for size, the runtime and the filters for speed. The optimisation level
//! of the package that links them is applied to all of them once more. So a separate package links
//! them. It is compiled for speed, and has no functions of its own that could become larger.

#[cfg(target_arch = "wasm32")]
pub use manyhands::web::*;
