//! The page's WebAssembly module: what the crate `manyhands` exports to JavaScript, and nothing
//! else.
//!
//! `manyhands` is compiled for size, the runtime and the filters for speed. The package that links
//! them decides how all of it is optimised once more. So the linking package is separate: it is
//! compiled for speed, and has no functions of its own that this would make larger.

#[cfg(target_arch = "wasm32")]
pub use manyhands::web::*;
