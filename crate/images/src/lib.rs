//! Images, and filters over them that give way to other tasks.
//!
//! - [`image`]: an image and its checksum, and how its rows are split so that a task can reach a
//!   checkpoint after each part;
//! - [`filter`]: the filters, among them `blur`.
//!
//! The filters come from the crate `image`. This package runs code for every pixel, so it is
//! optimised for speed. The package above it, `manyhands`, is optimised for size.

pub mod filter;
pub mod image;

mod blur;

pub use self::filter::Filter;
pub use self::image::{Image, PIXEL, bands, checksum};
