//! A program: its entry in the catalogue, its first task, and its results.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use images::Image;
use serde_json::{Value as Json, json};

use super::machine::Machine;
use super::words::structure_word;
use crate::params::{Param, Refusal, Text, Values};
use crate::runtime::{SourceLine, Structure};
use crate::sync::Arc;

/// A function that declares the parameters of a program for a machine.
pub type Declare = Box<dyn Fn(&Machine) -> Vec<Param> + Send + Sync>;

/// A function that estimates how long a run takes on one processor.
pub type Estimate = Box<dyn Fn(&Values, &Machine, Structure) -> Duration + Send + Sync>;

/// A function of a program's values.
pub type OfValues<R> = Box<dyn Fn(&Values) -> R + Send + Sync>;

/// A workload, with its parameters. A `Program` is a value, so it can also be made at run time.
pub struct Program {
    /// The program's name in scripts and in URLs.
    pub id: Text,
    /// The program's name on the page.
    pub title: Text,
    /// What the program teaches, in a few words.
    pub lesson: Text,
    /// What the program does, in a sentence or two.
    pub summary: Text,
    /// The path of the file with the program's code, as `file!()` gives it. Places have the same
    /// path.
    pub file: Text,
    /// The structures in which the program can run. The last structure is the default.
    pub structures: Vec<Structure>,
    /// The program's parameters, with defaults that suit the machine.
    pub params: Declare,
    /// About how long a run takes on one processor.
    pub estimated_duration: Estimate,
    /// The name of the parameter that a reader should lower if the estimated duration is too long.
    pub workload_param: Text,
    /// Checks a combination of values that are all within their limits. Returns a refusal if the
    /// program does not accept the combination.
    pub refuse: OfValues<Option<Refusal>>,
    /// How long a task may compute before other tasks get its processor. Zero means no limit.
    pub time_slice: OfValues<Duration>,
    /// Whether the page compares the times of the lanes. It does not compare them if the lesson is
    /// about order or memory, because times say nothing about order or memory.
    pub compares_times: bool,
    /// Returns the guest that the program runs; `None` if the program's tasks are futures.
    pub guest: Option<OfValues<GuestModule>>,
    /// Makes the program's first task. A program that runs a guest does not use this function.
    pub main: Box<dyn Fn(Input) -> Main + Send + Sync>,
}

/// A guest, and what its goroutine `main` gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestModule {
    /// The module, as bytes.
    pub bytes: Vec<u8>,
    /// The lines of source at which the guest calls the runtime. The guest names a line by its index
    /// plus 1.
    pub lines: Vec<SourceLine>,
    /// The two numbers with which the guest makes its goroutine `main`.
    pub arguments: (u32, u32),
}

/// What a program's first task gets.
#[derive(Clone, Debug)]
pub struct Input {
    /// The values of the program's parameters.
    pub values: Values,
    /// The machine, for computing amounts of work.
    pub machine: Machine,
    /// The reader's own images, for programs that work on images.
    pub images: Arc<[Arc<Image>]>,
}

/// The first task of a program.
pub type Main = Pin<Box<dyn Future<Output = Results> + Send>>;

/// The results of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// What the program computed, as an object. It is the same in every lane, and in the twin in
    /// Go. A program without an answer has an empty object.
    pub answer: Json,
    /// What this run measured, such as times, orders, and which worker did which job.
    pub observed: Json,
    /// The images that the page shows for this run.
    pub images: Vec<Arc<Image>>,
}

impl Results {
    /// Makes results of two JSON objects, without images.
    pub fn new(answer: Json, observed: Json) -> Results {
        Results { answer, observed, images: Vec::new() }
    }

    /// Creates the results of a program that computes no answer and measures nothing.
    pub fn without_answer() -> Results {
        Results::new(json!({}), json!({}))
    }

    /// Returns the results with these images.
    pub fn with_images(self, images: Vec<Arc<Image>>) -> Results {
        Results { images, ..self }
    }
}

impl Program {
    /// Returns the program's entry in the catalogue as JSON, with the defaults for `machine`.
    pub fn to_json(&self, machine: &Machine) -> Json {
        let structures: Vec<_> =
            self.structures.iter().map(|structure| structure_word(*structure)).collect();
        let params: Vec<_> = (self.params)(machine).iter().map(Param::to_json).collect();
        json!({
            "id": self.id, "title": self.title, "lesson": self.lesson, "summary": self.summary,
            "file": self.file,
            "structures": structures, "params": params, "comparesTimes": self.compares_times,
        })
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("id", &self.id).finish_non_exhaustive()
    }
}
