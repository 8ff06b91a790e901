//! What programs are made of.
//!
//! - [`program`]: a program, with its parameters, its first task and its results;
//! - [`machine`]: what a program may know of the machine;
//! - [`words`]: the words for a run's structure and outcome;
//! - [`work`]: computing as an amount, not as a time;
//! - [`names`]: the n-th name from a list that never runs out;
//! - [`isolated_count`]: the job of a worker that shares no memory with the run;
//! - [`uploaded_images`]: the images that a reader hands in.

pub mod isolated_count;
pub mod machine;
pub mod names;
pub mod program;
pub mod uploaded_images;
pub mod words;
pub mod work;

pub use isolated_count::{Counted, IsolatedCount};
pub use machine::Machine;
pub use program::{Input, Main, Program, Results};
pub use words::{outcome_word, structure_word};
