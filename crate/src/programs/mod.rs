//! The catalogue: what the page can run.
//!
//! - [`kitchen`]: one cook, several dishes;
//! - [`greeters`]: goroutines, and a main that does not wait for them;
//! - [`counters`]: work for every processor;
//! - [`quadrants`]: what structure gains, and what execution does;
//! - [`sum`]: partial sums over a channel;
//! - [`spaces`]: memories apart, and one memory;
//! - [`fetch`]: requests that are under way together;
//! - [`images`]: a filter for every processor;
//! - [`pool`]: a few workers, many jobs;
//! - [`pipeline`]: fan-out and fan-in;
//! - [`mandelbrot`]: rayon's parallel iterators beside tasks.
//!
//! Each file is one program, written once on the runtime's API: it knows neither the
//! trace nor JavaScript, and never how many processors there are. The folder `twins` holds
//! each one's twin in Go, which computes the same answer; what the two must agree on
//! stands in the program's own documentation.
//!
//! Three more are for scripts alone, for trying what the page does:
//!
//! - [`runaway`]: a task that nobody can stop from inside;
//! - [`fault`]: everything that can go wrong in a program, on request;
//! - [`meeting`]: tasks that run on several processors at the same time.
//!
//! - [`work`]: computing as an amount, not as a time;
//! - [`given`]: the reader's own pictures;
//! - [`names`]: the n-th name from a list that never runs out;
//! - [`request`]: what was asked for, once it is found good.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::params::{Param, Refusal, Values};
use crate::runtime::Structure;
use crate::sync::Arc;

pub mod counters;
pub mod fault;
pub mod fetch;
pub mod given;
pub mod greeters;
pub mod images;
pub mod kitchen;
pub mod mandelbrot;
pub mod meeting;
pub mod names;
pub mod pipeline;
pub mod pool;
pub mod quadrants;
pub mod request;
pub mod runaway;
pub mod spaces;
pub mod sum;
pub mod work;

pub use given::Given;
pub use pictures::Picture;
pub use request::Request;

/// All programs, in the order of their lessons.
pub static CATALOGUE: [Program; 11] = [
    kitchen::PROGRAM,
    greeters::PROGRAM,
    counters::PROGRAM,
    quadrants::PROGRAM,
    sum::PROGRAM,
    spaces::PROGRAM,
    fetch::PROGRAM,
    images::PROGRAM,
    pool::PROGRAM,
    pipeline::PROGRAM,
    mandelbrot::PROGRAM,
];

/// Programs that only scripts reach: no lesson shows them.
static FOR_SCRIPTS: [Program; 3] = [runaway::PROGRAM, fault::PROGRAM, meeting::PROGRAM];

/// The program called `id`, of the lessons or for scripts.
pub fn find(id: &str) -> Option<&'static Program> {
    CATALOGUE.iter().chain(&FOR_SCRIPTS).find(|program| program.id == id)
}

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
    /// How long a run takes on one processor, about.
    pub takes: fn(&Values, &Machine, Structure) -> Duration,
    /// The parameter to lower when that is too long.
    pub lower: &'static str,
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
    /// The reader's own pictures, for programs that work on some.
    pub pictures: Arc<[Arc<Picture>]>,
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
    pub pictures: Vec<Arc<Picture>>,
}

impl Results {
    /// Results of two JSON objects, without pictures.
    pub fn new(answer: Json, observed: Json) -> Results {
        Results { answer, observed, pictures: Vec::new() }
    }

    /// With these pictures.
    pub fn with_pictures(self, pictures: Vec<Arc<Picture>>) -> Results {
        Results { pictures, ..self }
    }
}

/// What a program may know of the machine before it runs: for defaults and for amounts of work,
/// never for decisions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// Logical processors, as reported.
    pub cores: usize,
    /// Whether memory can be shared between workers, so that there can be several processors.
    pub isolated: bool,
    /// Steps of [`work::count`] that one processor takes in a millisecond.
    pub steps_per_ms: f64,
}

impl Machine {
    /// The amount of work that keeps one processor busy for `time`.
    pub fn steps(&self, time: Duration) -> u64 {
        (time.as_secs_f64() * 1e3 * self.steps_per_ms).round() as u64
    }
}

impl Program {
    /// As JavaScript gets it.
    pub fn to_json(&self, machine: &Machine) -> Json {
        let structures: Vec<_> = self.structures.iter().map(|structure| structure.word()).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::check;

    const MACHINES: [Machine; 3] = [
        Machine { cores: 1, isolated: false, steps_per_ms: 50_000.0 },
        Machine { cores: 2, isolated: true, steps_per_ms: 400_000.0 },
        Machine { cores: 64, isolated: true, steps_per_ms: 1e6 },
    ];

    #[test]
    fn the_names_that_others_rely_on() {
        let shown: Vec<_> = CATALOGUE
            .iter()
            .map(|program| {
                let params = (program.params)(&MACHINES[1]);
                let names = |front| {
                    let chosen = params.iter().filter(|param| param.front == front);
                    chosen.map(|param| param.name).collect::<Vec<_>>().join(" ")
                };
                format!("{}: {} · {}", program.id, names(true), names(false))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "kitchen: dishes chopMs boilMs · ",
                "greeters: times mainWaitsMs · greeters firstDelayMs delayStepMs",
                "counters: counters timeSliceMs · work iterations serialPercent",
                "quadrants: tasks taskMs · ",
                "sum: numbers parts · length capacity",
                "spaces: workers update · increments payloadMiB",
                "fetch: requests latencyMs · spreadMs bytes addresses",
                "images: images filter · size radius tiles",
                "pool: workers jobs jobMs work · capacity",
                "pipeline: from to squarers · workUs capacity",
                "mandelbrot: width · height iterations",
            ]
        );
    }

    #[test]
    fn ids_and_labels_are_unique_and_everything_is_explained() {
        for (place, program) in CATALOGUE.iter().enumerate() {
            assert!(CATALOGUE[..place].iter().all(|other| other.id != program.id));
            assert!(!program.title.is_empty() && !program.lesson.is_empty());
            assert!(program.summary.ends_with('.'));
            let params = (program.params)(&MACHINES[0]);
            for (place, param) in params.iter().enumerate() {
                assert!(params[..place].iter().all(|other| other.label != param.label));
                assert!(param.help.ends_with('.'), "{} {}", program.id, param.name);
            }
            assert!(params.iter().any(|param| param.name == program.lower));
        }
    }

    #[test]
    fn a_lane_takes_a_second_and_a_half_at_most_on_its_defaults_on_any_machine() {
        for machine in &MACHINES {
            for program in &CATALOGUE {
                let values = check(&(program.params)(machine), &Default::default()).unwrap();
                for structure in program.structures {
                    let takes = (program.takes)(&values, machine, *structure);
                    assert!(takes < Duration::from_millis(1500), "{program:?} takes {takes:?}");
                }
            }
        }
    }

    #[test]
    fn the_catalogue_as_javascript_gets_it() {
        let kitchen = find("kitchen").unwrap().to_json(&MACHINES[1]);
        assert_eq!(kitchen["structures"], json!(["sequential", "concurrent"]));
        assert_eq!(kitchen["params"][0]["default"], 4);
        assert_eq!(find("sum").unwrap().to_json(&MACHINES[1])["structures"], json!(["concurrent"]));
        assert!(find("kitchn").is_none());
    }
}
