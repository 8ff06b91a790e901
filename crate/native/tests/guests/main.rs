//! Guests, run natively.

mod programs;
mod running;
