//! Programs that only scripts can start. No lesson shows them: they are for tests of the page.
//!
//! - [`runaway`]: a task that nobody can stop from inside;
//! - [`fault`]: everything that can go wrong in a program, on request;
//! - [`meeting`]: tasks that run on several processors at the same time.

pub mod fault;
pub mod meeting;
pub mod runaway;
