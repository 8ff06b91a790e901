//! Many Hands.
pub mod sync;
pub mod trace;
