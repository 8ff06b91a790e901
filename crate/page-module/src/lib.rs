//! The page's WebAssembly module: what the crate gives to JavaScript, and nothing else.
//!
//! The crate is compiled to be small, the runtime and the images' filters to be quick. What links
//! them decides how all of it is optimised once more, so it is a package of its own, compiled to be
//! quick and with no function that could be large.

#[cfg(target_arch = "wasm32")]
pub use manyhands::web::*;
