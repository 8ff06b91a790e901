//! The programs that the page can run.
//!
//! - [`lessons`]: the programs of the lessons, each with a twin in Go in the folder `twins`;
//! - [`for_scripts`]: programs that only scripts can start, for tests of the page;
//! - [`support`]: the parts that the programs share;
//! - [`catalogue`]: the list of all programs;
//! - [`run_request`]: a program with checked values and options.

pub mod catalogue;
pub mod for_scripts;
pub mod lessons;
pub mod run_request;
pub mod support;

pub use catalogue::{find, lesson_programs, programs_for_scripts};
pub use run_request::RunRequest;
pub use support::uploaded_images::UploadedImages;
pub use support::{
    Counted, GuestModule, Input, IsolatedCount, Machine, Main, Program, Results, outcome_word,
    structure_word, work,
};
