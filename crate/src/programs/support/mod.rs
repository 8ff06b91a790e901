//! The parts that the programs share.
//!
//! - [`program`]: a program, with its parameters, its first task and its results;
//! - [`machine`]: what a program may know about the machine;
//! - [`words`]: the words for a run's structure and outcome;
//! - [`work`]: computing that is given as a number of steps, not as a duration;
//! - [`names`]: any number of names, made from a list of words;
//! - [`isolated_count`]: the job of a Web Worker that shares no memory with the run;
//! - [`uploaded_images`]: the images that a reader adds.

pub mod isolated_count;
pub mod machine;
pub mod names;
pub mod program;
pub mod uploaded_images;
pub mod words;
pub mod work;

pub use isolated_count::{Counted, IsolatedCount};
pub use machine::Machine;
pub use program::{GuestModule, Input, Main, Program, Results};
pub use words::{outcome_word, structure_word};
