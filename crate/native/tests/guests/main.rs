//! Guests, run natively.

mod bad_modules;
mod pausable;
mod programs;
mod running;
