//! Images, and filters that have checkpoints.
//!
//! - [`image`]: an image, its checksum, and the division of its rows into bands. A task has a
//!   checkpoint after each band;
//! - [`filter`]: the filters, among them `blur`.
//!
//! The filters come from the crate `image`. This package runs code for every pixel, so it is
//! optimised for speed. The package above it, `manyhands`, is optimised for size.

pub mod filter;
pub mod image;

mod blur;

pub use self::filter::Filter;
pub use self::image::{Image, PIXEL, bands, checksum};
