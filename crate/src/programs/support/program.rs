//! A program: its entry in the catalogue, its first task, and its results.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use images::Image;
use serde_json::{Value as Json, json};

use super::machine::Machine;
use super::words::structure_word;
use crate::params::{Param, Refusal, Values};
use crate::runtime::Structure;
use crate::sync::Arc;

/// One workload, with its parameters.
pub struct Program {
    /// Its name in scripts and in the address.
    pub id: &'static str,
    /// Its name on the page.
    pub title: &'static str,
    /// What it teaches, in a few words.
    pub lesson: &'static str,
    /// What it runs, in a sentence.
    pub summary: &'static str,
    /// The structures that mean something for it; the last is the default.
    pub structures: &'static [Structure],
    /// Its parameters, with defaults that suit the machine.
    pub params: fn(&Machine) -> Vec<Param>,
    /// About how long a run takes on one processor.
    pub estimated_duration: fn(&Values, &Machine, Structure) -> Duration,
    /// The name of the parameter that a reader should lower when that is too long.
    pub workload_param: &'static str,
    /// Why values that are each within their limits can't be taken together, if they can't.
    pub refuse: fn(&Values) -> Option<Refusal>,
    /// How long one of its tasks computes before others get their turn; zero means never.
    pub time_slice: fn(&Values) -> Duration,
    /// Whether the times of its lanes are compared. They are not where the lesson is about order
    /// or about memory: a verdict on time would answer a question that nobody asked.
    pub compares_times: bool,
    /// Its first task.
    pub main: fn(Input) -> Main,
}

/// What a program starts from.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its parameters' values.
    pub values: Values,
    /// For amounts of work.
    pub machine: Machine,
    /// The reader's own images, for programs that work on some.
    pub images: Arc<[Arc<Image>]>,
}

/// The first task of a program.
pub type Main = Pin<Box<dyn Future<Output = Results> + Send>>;

/// What a program has to show for itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// What it computed: the same in every lane, and in Go.
    pub answer: Json,
    /// What this run measured: times, orders, who did what.
    pub observed: Json,
    /// What it drew.
    pub images: Vec<Arc<Image>>,
}

impl Results {
    /// Results of two JSON objects, without images.
    pub fn new(answer: Json, observed: Json) -> Results {
        Results { answer, observed, images: Vec::new() }
    }

    /// With these images.
    pub fn with_images(self, images: Vec<Arc<Image>>) -> Results {
        Results { images, ..self }
    }
}

impl Program {
    /// As JavaScript gets it.
    pub fn to_json(&self, machine: &Machine) -> Json {
        let structures: Vec<_> =
            self.structures.iter().map(|structure| structure_word(*structure)).collect();
        let params: Vec<_> = (self.params)(machine).iter().map(Param::to_json).collect();
        json!({
            "id": self.id, "title": self.title, "lesson": self.lesson, "summary": self.summary,
            "structures": structures, "params": params, "comparesTimes": self.compares_times,
        })
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("id", &self.id).finish_non_exhaustive()
    }
}
