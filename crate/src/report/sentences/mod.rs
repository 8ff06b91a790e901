//! The third step: from figures to sentences.
//!
//! For one run:
//! - `findings`: the sentences that follow from the figures of one run, if any;
//! - `losses`: the sentence on the largest part of the processors' time.
//!
//! For two lanes of one program:
//! - `compare`: which lanes are compared;
//! - `verdict`: what a difference between two lanes shows, as data;
//! - `wording`: the sentence for each verdict.
//!
//! For one run and for two lanes, `words`: numbers as a sentence shows them.

mod compare;
mod findings;
mod losses;
mod verdict;
mod wording;
mod words;

pub use compare::compare;
pub use verdict::{Kind, Step, Verdict};
pub use wording::{CONCURRENT, PARALLEL, SEQUENTIAL};

use super::figures::Report;

impl Report {
    /// Adds the sentences that follow from the report's figures.
    pub fn conclude(&mut self) {
        self.findings = findings::findings(self);
        self.losses_sentence = losses::losses_sentence(self);
    }
}
