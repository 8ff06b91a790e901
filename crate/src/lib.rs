//! Many Hands.
pub mod params;
pub mod sync;
pub mod trace;
