//! Pictures, and filters over them that let others go first.
//!
//! - [`picture`]: a picture, its checksum, and the parts after which a task looks up;
//! - [`filter`]: what can be done to one, among it `blur`.
//!
//! It is what runs for every pixel, and so compiled for speed where what stands above it is compiled
//! to be small.

pub mod filter;
pub mod picture;

mod blur;

pub use filter::Filter;
pub use picture::{PIXEL, Picture, bands, checksum};
