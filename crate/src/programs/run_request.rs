//! A checked request for a run.
//!
//! A form, a URL or a script names a program, the values of its parameters, and how to execute the
//! program. This module checks the whole request. A request with faults is refused with one
//! sentence for each fault, and no run starts.

use std::time::Duration;

use images::Image;
use serde_json::{Map, Value as Json};

use super::catalogue::{find, lesson_programs};
use super::support::{GuestModule, Input, Machine, Program, Results, structure_word};
use crate::params::sentence::{NOT_JSON, described, listed, quoted};
use crate::params::{Param, Refusal, Values, check};
use crate::runtime::{Function, Settings, Structure};
use crate::sync::{Arc, OnceLock};

/// The largest number of processors that a run may have.
pub const MOST_PROCESSORS: usize = 64;

/// The limit for a run's estimated duration on one processor.
const LONGEST: Duration = Duration::from_secs(60);

/// A slot for the results of a run. The slot is empty until the program's main has returned.
pub type SharedResults = Arc<OnceLock<Results>>;

/// A program, the values of its parameters, and how to execute the program.
#[derive(Clone, Debug)]
pub struct RunRequest {
    /// The program to run.
    pub program: Arc<Program>,
    /// The values of the program's parameters.
    pub values: Values,
    /// The number of processors, from 1 to [`MOST_PROCESSORS`].
    pub processors: usize,
    /// Whether the tasks run one after another or overlap.
    pub structure: Structure,
    /// The seed of the random choices among ready tasks.
    pub seed: u32,
    /// The reader's own images, for programs that work on images.
    pub images: Arc<[Arc<Image>]>,
}

impl RunRequest {
    /// Checks a request to run the program `id`. `params` and `options` are objects, or `null` for
    /// all defaults.
    ///
    /// # Errors
    ///
    /// A refusal for each fault. The parameter of a refusal may also be "program", "params",
    /// "options", "processors", "structure" or "seed".
    pub fn check(
        machine: &Machine,
        id: &str,
        params: &Json,
        options: &Json,
    ) -> Result<RunRequest, Vec<Refusal>> {
        let program = find(id).ok_or_else(|| vec![unknown_program(id)])?;
        RunRequest::of(program, machine, params, options)
    }

    /// Checks a request to run `program`, which need not be in the catalogue. Returns the same
    /// refusals as [`check`](RunRequest::check).
    pub fn of(
        program: Arc<Program>,
        machine: &Machine,
        params: &Json,
        options: &Json,
    ) -> Result<RunRequest, Vec<Refusal>> {
        let declared = (program.params)(machine);
        let (values, how) = match (
            read("params", "Parameters", &declared, params),
            read_options(machine, &program, options),
        ) {
            (Ok(values), Ok(how)) => (values, how),
            (values, how) => {
                return Err([values.err(), how.err()].into_iter().flatten().flatten().collect());
            }
        };
        let request = RunRequest {
            program,
            values,
            processors: how.count("processors"),
            structure: structure(&how),
            seed: how.integer("seed") as u32,
            images: Arc::default(),
        };
        let together = (request.program.refuse)(&request.values);
        match together.or_else(|| request.too_long(machine, &declared)) {
            Some(refusal) => Err(vec![refusal]),
            None => Ok(request),
        }
    }

    fn too_long(&self, machine: &Machine, declared: &[Param]) -> Option<Refusal> {
        let estimate = (self.program.estimated_duration)(&self.values, machine, self.structure);
        let workload = declared.iter().find(|param| param.name == self.program.workload_param)?;
        (estimate > LONGEST).then(|| {
            let sentence = format!(
                "{} must be lower here: this {} run would take about {:.0} s on one processor, \
                 and the limit is {} s.",
                workload.label,
                structure_word(self.structure),
                estimate.as_secs_f64(),
                LONGEST.as_secs(),
            );
            Refusal::new(workload.name.as_ref(), sentence)
        })
    }

    /// Returns the settings with which the runtime executes this request.
    pub fn settings(&self) -> Settings {
        Settings {
            processors: self.processors,
            structure: self.structure,
            seed: self.seed,
            time_slice: (self.program.time_slice)(&self.values),
            ..Settings::default()
        }
    }

    /// Returns the guest that the program runs; `None` if the program's tasks are futures.
    pub fn guest(&self) -> Option<GuestModule> {
        self.program.guest.as_ref().map(|guest| guest(&self.values))
    }

    /// Returns the program's first task, and the slot in which that task stores its results.
    pub fn main(&self, machine: Machine) -> (Function, SharedResults) {
        let results = SharedResults::default();
        let (values, images) = (self.values.clone(), self.images.clone());
        let main = (self.program.main)(Input { values, machine, images });
        let task = {
            let results = results.clone();
            Box::pin(async move {
                results.set(main.await).expect("main returns once");
            })
        };
        (task, results)
    }
}

/// Checks an object of values. If the object itself is refused, `whole` is the refusal's parameter,
/// and `label` is the object's name in the sentence.
fn read(
    whole: &str,
    label: &str,
    declared: &[Param],
    given: &Json,
) -> Result<Values, Vec<Refusal>> {
    match given {
        Json::Null => check(declared, &Map::new()),
        Json::Object(fields) if !fields.contains_key(NOT_JSON) => check(declared, fields),
        other => {
            let names: Vec<_> = declared.iter().map(|param| param.name.to_string()).collect();
            let sentence = format!(
                "{label} must be an object with any of {}, not {}.",
                listed(&names, "and"),
                described(other)
            );
            Err(vec![Refusal::new(whole, sentence)])
        }
    }
}

fn read_options(
    machine: &Machine,
    program: &Program,
    given: &Json,
) -> Result<Values, Vec<Refusal>> {
    let all = if machine.isolated { machine.cores.clamp(1, MOST_PROCESSORS) } else { 1 };
    let words = program.structures.iter().map(|structure| structure_word(*structure));
    let declared = [processors(all), Param::choice("structure", "Structure", words), seed()];
    let how = read("options", "Options", &declared, given)?;
    if how.count("processors") > 1 && !machine.isolated {
        return Err(vec![not_isolated(how.count("processors"))]);
    }
    Ok(how)
}

/// Returns the options that have a field in the form. In this list the default number of processors
/// is 1. A page uses the number of processors of the machine instead.
pub fn option_fields() -> [Param; 2] {
    [processors(1), seed()]
}

fn processors(all: usize) -> Param {
    Param::integer("processors", "Processors", 1..=MOST_PROCESSORS as i64, all as i64)
        .primary()
        .help("How many processors the Parallel run uses.")
}

fn seed() -> Param {
    Param::integer("seed", "Seed", 0..=i64::from(u32::MAX), 1).help(
        "When several tasks are ready, one is chosen at random. With one processor, the same seed \
         always leads to the same choices.",
    )
}

fn structure(how: &Values) -> Structure {
    let word = how.choice("structure");
    Structure::ALL
        .into_iter()
        .find(|structure| structure_word(*structure) == word)
        .expect("the choices are the structures' words")
}

fn unknown_program(id: &str) -> Refusal {
    let ids: Vec<_> = lesson_programs().iter().map(|program| program.id.to_string()).collect();
    let sentence =
        format!("There is no program {}; there are {}.", quoted(id), listed(&ids, "and"));
    Refusal::new("program", sentence)
}

fn not_isolated(processors: usize) -> Refusal {
    let sentence = format!(
        "Processors must be 1 here, not {processors}: workers can share memory only on a page \
         that is cross-origin isolated, for which its host sends \
         “Cross-Origin-Opener-Policy: same-origin” and “Cross-Origin-Embedder-Policy: require-corp”."
    );
    Refusal::new("processors", sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const MACHINE: Machine = Machine { cores: 8, isolated: true, steps_per_ms: 100_000.0 };
    const NOT_ISOLATED: Machine = Machine { isolated: false, ..MACHINE };

    fn checked(id: &str, params: Json, options: Json) -> Result<RunRequest, Vec<Refusal>> {
        RunRequest::check(&MACHINE, id, &params, &options)
    }

    /// Returns the one parameter that is refused, and the refusal's sentence.
    fn refusal(result: Result<RunRequest, Vec<Refusal>>) -> (String, String) {
        let mut refusals = result.expect_err("this must be refused");
        assert_eq!(refusals.len(), 1, "{refusals:?}");
        let Refusal { param, sentence } = refusals.remove(0);
        (param, sentence)
    }

    #[test]
    fn all_defaults() {
        let request = checked("kitchen", json!({}), Json::Null).unwrap();
        assert_eq!((request.processors, request.seed), (8, 1));
        assert_eq!(request.structure, Structure::Concurrent);
        assert_eq!(request.values.count("dishes"), 4);
        assert_eq!(request.settings().time_slice, Duration::ZERO);
        assert_eq!(
            RunRequest::check(&NOT_ISOLATED, "sum", &Json::Null, &Json::Null).unwrap().processors,
            1
        );
    }

    #[test]
    fn a_program_may_be_made_at_run_time() {
        let words: Vec<String> = (1..=3).map(|n| format!("{n} times")).collect();
        let most = words.len() as i64;
        let choices = words.clone();
        let program = Arc::new(Program {
            id: words[0].clone().into(),
            title: "Made now".into(),
            lesson: "none".into(),
            file: file!().into(),
            summary: "Does nothing.".into(),
            structures: vec![Structure::Concurrent],
            params: Box::new(move |_| {
                vec![
                    Param::choice("word".to_string(), "Word", choices.clone()),
                    Param::integer(format!("up to {most}"), "Number", 0..=most, 1),
                ]
            }),
            estimated_duration: Box::new(|_, _, _| Duration::ZERO),
            workload_param: "word".into(),
            refuse: Box::new(|_| None),
            time_slice: Box::new(|_| Duration::ZERO),
            compares_times: true,
            guest: None,
            main: Box::new(|_| Box::pin(async { Results::without_answer() })),
        });
        let asked = |params: Json| RunRequest::of(program.clone(), &MACHINE, &params, &Json::Null);
        let request = asked(json!({ "word": "2 times" })).unwrap();
        assert_eq!(request.values.choice("word"), "2 times");
        assert_eq!(request.values.integer("up to 3"), 1);
        assert_eq!(
            refusal(asked(json!({ "up to 3": 4 }))).1,
            "Number must be a whole number from 0 to 3, not 4."
        );
    }

    #[test]
    fn options_decide_how() {
        let options = json!({ "processors": 64, "structure": "sequential", "seed": u32::MAX });
        let settings =
            checked("counters", json!({ "timeSliceMs": 3 }), options).unwrap().settings();
        assert_eq!((settings.processors, settings.seed), (64, u32::MAX));
        assert_eq!(settings.structure, Structure::Sequential);
        assert_eq!(settings.time_slice, Duration::from_millis(3));
    }

    #[test]
    fn an_unknown_program_is_refused_with_the_known_ones() {
        let (param, sentence) = refusal(checked("kitchn", json!({}), json!({})));
        assert_eq!(param, "program");
        assert!(sentence.starts_with("There is no program \"kitchn\"; there are "), "{sentence}");
        for program in lesson_programs() {
            assert!(sentence.contains(program.id.as_ref()), "{sentence}");
        }
    }

    #[test]
    fn bad_options_are_refused_with_their_limits() {
        for (options, param, expected) in [
            (
                json!({ "processors": 0 }),
                "processors",
                "Processors must be a whole number from 1 to 64, not 0.",
            ),
            (
                json!({ "processors": 65 }),
                "processors",
                "Processors must be a whole number from 1 to 64, not 65.",
            ),
            (
                json!({ "processors": 1.5 }),
                "processors",
                "Processors must be a whole number from 1 to 64, not 1.5.",
            ),
            (
                json!({ "processors": "2" }),
                "processors",
                "Processors must be a whole number from 1 to 64, not the text \"2\".",
            ),
            (
                json!({ "seed": -1 }),
                "seed",
                "Seed must be a whole number from 0 to 4294967295, not -1.",
            ),
            (
                json!({ "seed": 4294967296u64 }),
                "seed",
                "Seed must be a whole number from 0 to 4294967295, not 4294967296.",
            ),
            (
                json!({ "structure": "parallel" }),
                "structure",
                "Structure must be \"sequential\" or \"concurrent\", not the text \"parallel\".",
            ),
            (
                json!({ "cores": 2 }),
                "cores",
                "There is no parameter \"cores\"; there are processors, structure and seed.",
            ),
            (
                json!(2),
                "options",
                "Options must be an object with any of processors, structure and seed, not 2.",
            ),
        ] {
            let (named, sentence) = refusal(checked("kitchen", json!({}), options));
            assert_eq!((named.as_str(), sentence.as_str()), (param, expected));
        }
    }

    #[test]
    fn a_structure_is_refused_where_the_program_has_none_of_it() {
        let (param, sentence) =
            refusal(checked("sum", json!({}), json!({ "structure": "sequential" })));
        assert_eq!(param, "structure");
        assert_eq!(sentence, "Structure must be \"concurrent\", not the text \"sequential\".");
    }

    #[test]
    fn without_isolation_there_is_one_processor_and_a_sentence_how_to_have_more() {
        let check = |processors| {
            RunRequest::check(
                &NOT_ISOLATED,
                "kitchen",
                &json!({}),
                &json!({ "processors": processors }),
            )
        };
        assert_eq!(check(1).unwrap().processors, 1);
        let (param, sentence) = refusal(check(2));
        assert_eq!(param, "processors");
        assert!(sentence.contains("Cross-Origin-Opener-Policy: same-origin"));
        assert!(sentence.contains("Cross-Origin-Embedder-Policy: require-corp"));
        assert!(refusal(check(65)).1.contains("from 1 to 64"));
    }

    #[test]
    fn parameters_that_are_no_object_are_refused() {
        for (params, instead) in [
            (json!([1]), "a list"),
            (json!({ "notJson": "5n" }), "5n"),
            (json!("sum"), "the text \"sum\""),
        ] {
            let (param, sentence) = refusal(checked("sum", params, json!({})));
            assert_eq!(param, "params");
            assert!(sentence.ends_with(&format!("not {instead}.")), "{sentence}");
        }
    }

    #[test]
    fn faults_of_parameters_and_options_are_named_together() {
        let result = checked("kitchen", json!({ "dishes": 0 }), json!({ "seed": 0.5 }));
        let refusals = result.unwrap_err();
        let names: Vec<_> = refusals.iter().map(|refusal| refusal.param.as_str()).collect();
        assert_eq!(names, ["dishes", "seed"]);
    }

    #[test]
    fn numbers_whose_squares_would_not_be_exact_or_are_too_many_are_refused() {
        let between = |from: i64, to: i64| {
            checked("pipeline", json!({ "from": from, "to": to, "workUs": 0 }), json!({}))
        };
        for (from, to) in [(1, 10_000), (-94_906_265, -94_906_265), (94_906_265, -94_906_265)] {
            assert!(between(from, to).is_ok());
        }
        let (param, sentence) = refusal(between(0, 10_000));
        assert_eq!(param, "to");
        assert_eq!(
            sentence,
            "From and To must be so close that there are at most 10000 numbers, not 10001 from 0 \
             to 10000."
        );
        let (param, sentence) = refusal(between(94_906_266, 0));
        assert_eq!(param, "from");
        assert!(sentence.contains("from -94906265 to 94906265"), "{sentence}");
    }

    #[test]
    fn images_that_memory_has_no_room_for_are_refused() {
        let images = |images: i64, size: i64| {
            checked("images", json!({ "images": images, "size": size }), json!({}))
        };
        for (count, size) in [(1, 4096), (64, 512), (16, 1024), (1, 1)] {
            assert!(images(count, size).is_ok());
        }
        let (param, sentence) = refusal(images(64, 1024));
        assert_eq!(param, "size");
        assert_eq!(
            sentence,
            "Images and Size must make at most 16 megapixels in all. 64 images of 1024 × 1024 pixels \
             have 64."
        );
        assert!(refusal(images(1, 6400)).1.contains("from 1 to 4096 px"));
    }

    #[test]
    fn a_million_jobs_are_refused_and_what_would_run_for_minutes_too() {
        let jobs = |jobs: i64, ms: i64, work: &str| {
            let params = json!({ "jobs": jobs, "jobMs": ms, "work": work, "workers": 4 });
            checked("pool", params, json!({}))
        };
        assert!(jobs(10_000, 1, "compute").is_ok());
        assert!(jobs(1000, 200, "wait").is_ok());
        assert_eq!(
            refusal(jobs(1_000_000, 1, "wait")).1,
            "Jobs must be a whole number from 0 to 10000, not 1000000."
        );
        assert!(refusal(jobs(1000, 200, "compute")).1.starts_with("Jobs must be lower here"));
    }

    #[test]
    fn what_would_run_for_minutes_is_refused() {
        let many = json!({ "dishes": 64, "chopMs": 100, "boilMs": 1000 });
        assert!(checked("kitchen", many.clone(), json!({})).is_ok());
        let (param, sentence) =
            refusal(checked("kitchen", many, json!({ "structure": "sequential" })));
        assert_eq!(param, "dishes");
        assert_eq!(
            sentence,
            "Dishes must be lower here: this sequential run would take about 70 s on one \
             processor, and the limit is 60 s."
        );
        // 8 counters of 10^9 steps each take 80 s at 100,000 steps per millisecond.
        let far = json!({ "iterations": 1_000_000_000 });
        assert_eq!(refusal(checked("counters", far, json!({}))).0, "iterations");
    }
}
