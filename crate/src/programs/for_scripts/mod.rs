//! Programs that only scripts can start. No lesson shows them: they are for tests of the page.
//!
//! - [`runaway`]: a task without checkpoints, which does not react to Stop;
//! - [`fault`]: a program that fails in the way that its parameter names;
//! - [`guest`]: any module whose code goroutines execute;
//! - [`meeting`]: tasks that run on several processors at the same time;
//! - [`text`]: a program with a text as its parameter, and without an answer.

pub mod fault;
pub mod guest;
pub mod meeting;
pub mod runaway;
pub mod text;
