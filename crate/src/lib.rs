//! Many Hands.
pub mod clock;
pub mod params;
pub mod runtime;
pub mod report;
pub mod sync;
pub mod trace;
