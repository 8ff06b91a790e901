//! The answers of each program, in every lane.
//!
//! Answers are compared across structures, processors and seeds. Times are read from a manual
//! clock, so the formulas for programs that only wait are exact to the nanosecond.

use std::sync::Arc;
use std::time::Duration;

use manyhands::clock::Clock;
use manyhands::params::MOST_TEXT_BYTES;
use manyhands::programs::{
    Counted, IsolatedCount, Machine, Results, RunRequest, UploadedImages, find, lesson_programs,
    structure_word,
};
use manyhands::runtime::io::{Completion, Job, JobAnswer, Poller, Request, Response};
use manyhands::runtime::{Outcome, Pool, Run, Settings};
use manyhands::trace::Batch;
use serde_json::{Value, json};

const MACHINE: Machine = Machine { cores: 2, isolated: true, steps_per_ms: 1000.0 };

/// One run's results, the time that main took by the manual clock, and the trace.
struct Ran {
    results: Results,
    wall: Duration,
    batch: Batch,
}

fn run(id: &str, params: &Value, options: Value) -> Ran {
    run_with(id, params, options, UploadedImages::default())
}

fn run_with(id: &str, params: &Value, options: Value, given: UploadedImages) -> Ran {
    let mut request =
        RunRequest::check(&MACHINE, id, params, &options).expect("tests ask for good runs");
    request.images = given.into_images();
    let (main, slot) = request.main(MACHINE);
    let poller: Option<Arc<dyn Poller>> = Some(Arc::new(InstantPoller));
    let settings = Settings { clock: Clock::manual(), poller, ..request.settings() };
    let (end, batch) = Run::complete(&Pool::new(request.processors), settings, main);
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    let wall = Duration::from_nanos(end.totals.main_ended - end.totals.main_started);
    let results = slot.get().expect("main has returned").clone();
    Ran { results, wall, batch }
}

/// A poller that answers at once: "missing" with status 404, URLs of foreign sites with a failure,
/// and all other URLs with status 200.
#[derive(Debug)]
struct InstantPoller;

impl Poller for InstantPoller {
    fn submit(&self, asked: Request, completion: Completion) {
        std::thread::spawn(move || {
            completion.complete(match asked.address.as_str() {
                "missing" => Ok(Response { status: 404, bytes: 9 }),
                address if address.contains("://") => Err("Nobody answers.".to_string()),
                _ => Ok(Response { status: 200, bytes: 100 }),
            });
        });
    }

    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        let Some(work) = IsolatedCount::from_job(job) else { return };
        std::thread::spawn(move || {
            let copying = Duration::from_millis(work.payload.len() as u64 >> 20);
            completion.complete(Ok(Counted { count: work.increments, copying }.into_answer()));
        });
    }
}

/// Returns every lane of a program: each structure, on 1 to 3 processors, with three seeds.
fn lanes(id: &str) -> impl Iterator<Item = Value> {
    find(id).unwrap().structures.clone().into_iter().flat_map(|structure| {
        [1, 2, 3].into_iter().flat_map(move |processors| {
            [1, 2, 77].into_iter().map(move |seed| {
                json!({ "structure": structure_word(structure), "processors": processors, "seed": seed })
            })
        })
    })
}

#[test]
fn answers_are_the_same_in_every_lane() {
    for (id, params, answer) in [
        (
            "kitchen",
            json!({ "dishes": 5, "chopMs": 1, "boilMs": 3 }),
            json!({ "served": ["beans", "eggs", "pasta", "rice", "soup"] }),
        ),
        (
            "kitchen",
            json!({ "dishes": 1, "chopMs": 0, "boilMs": 0 }),
            json!({ "served": ["soup"] }),
        ),
        (
            "greeters",
            json!({ "times": 3, "greeters": 2 }),
            json!({ "said": { "Hello": 3, "World": 3 } }),
        ),
        (
            "counters",
            json!({ "counters": 3, "iterations": 50_000 }),
            json!({ "counts": [50_000, 50_000, 50_000] }),
        ),
        (
            "counters",
            json!({ "counters": 3, "iterations": 100, "serialPercent": 33.3 }),
            json!({ "counts": [100, 100, 100] }),
        ),
        (
            "counters",
            json!({ "counters": 2, "iterations": 7, "serialPercent": 100 }),
            json!({ "counts": [7, 7] }),
        ),
        ("counters", json!({ "counters": 1, "iterations": 0 }), json!({ "counts": [0] })),
        (
            "counters",
            json!({ "counters": 4, "work": 0.1 }),
            json!({ "counts": [25000, 25000, 25000, 25000] }),
        ),
        ("sum", json!({}), json!({ "partials": [17, -5], "total": 12 })),
        (
            "sum",
            json!({ "parts": 9, "capacity": 2 }),
            json!({ "partials": [0, 7, 2, 0, 8, -9, 0, 4, 0], "total": 12 }),
        ),
        (
            "sum",
            json!({ "numbers": [], "parts": 3 }),
            json!({ "partials": [21, -99, 73], "total": -5 }),
        ),
        ("sum", json!({ "numbers": [], "length": 0 }), json!({ "partials": [0, 0], "total": 0 })),
        (
            "sum",
            json!({ "numbers": [], "length": 1_000_000, "parts": 1 }),
            json!({ "partials": [-170], "total": -170 }),
        ),
        (
            "pool",
            json!({ "jobs": 3, "jobMs": 2 }),
            json!({ "results": [
                { "job": 1, "value": 2 }, { "job": 2, "value": 4 }, { "job": 3, "value": 6 },
            ] }),
        ),
        ("pool", json!({ "jobs": 0 }), json!({ "results": [] })),
        (
            "pool",
            json!({ "workers": 64, "jobs": 1, "jobMs": 0, "work": "compute", "capacity": 0 }),
            json!({ "results": [{ "job": 1, "value": 2 }] }),
        ),
        ("pipeline", json!({}), json!({ "squares": [4, 9, 16, 25, 36, 49, 64, 81, 100] })),
        (
            "pipeline",
            json!({ "from": -2, "to": 1, "squarers": 5, "capacity": 3, "workUs": 100 }),
            json!({ "squares": [0, 1, 1, 4] }),
        ),
        ("pipeline", json!({ "from": 3, "to": 2 }), json!({ "squares": [] })),
        (
            "pipeline",
            json!({ "from": 94_906_265, "to": 94_906_265 }),
            json!({ "squares": [9_007_199_136_250_225_u64] }),
        ),
        ("fetch", json!({ "requests": 3 }), json!({ "bytes": 300, "statuses": [200, 200, 200] })),
        (
            "fetch",
            json!({ "addresses": ["https://example.org/", "missing", "net/slow"] }),
            json!({ "bytes": 109, "statuses": [0, 404, 200] }),
        ),
        (
            "spaces",
            json!({ "workers": 3, "increments": 20_000, "payloadMiB": 1 }),
            json!({ "isolated": [20_000, 20_000, 20_000], "sharedAtomic": 60_000 }),
        ),
        (
            "spaces",
            json!({ "workers": 1, "increments": 0, "payloadMiB": 0, "update": "read then write" }),
            json!({ "isolated": [0], "sharedAtomic": 0 }),
        ),
        ("quadrants", json!({ "tasks": 3, "taskMs": 2 }), json!({})),
    ] {
        for options in lanes(id) {
            let results = run(id, &params, options.clone()).results;
            assert_eq!(results.answer, answer, "{id} {params} {options}");
        }
    }
}

#[test]
fn what_a_run_observed_fits_its_answer() {
    for options in lanes("kitchen") {
        let Results { answer, observed, .. } =
            run("kitchen", &json!({ "chopMs": 1 }), options).results;
        let mut order: Vec<_> = observed["order"].as_array().unwrap().clone();
        order.sort_by_key(Value::to_string);
        assert_eq!(json!(order), answer["served"]);
    }
    for options in lanes("sum") {
        let observed = run("sum", &json!({ "parts": 4 }), options).results.observed;
        let mut arrival: Vec<_> =
            observed["arrival"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
        arrival.sort();
        assert_eq!(arrival, [0, 1, 2, 3]);
    }
    for options in lanes("counters") {
        let observed = run("counters", &json!({ "iterations": 10 }), options).results.observed;
        assert_eq!(observed["perCounterMs"].as_array().unwrap().len(), 4);
    }
}

#[test]
fn a_pool_works_off_any_number_of_jobs_whatever_its_channel_holds() {
    for (jobs, capacity, workers) in [(1000, 0, 1), (1000, 7, 64), (10_000, 10_000, 3)] {
        let params = json!({
            "jobs": jobs, "capacity": capacity, "workers": workers, "jobMs": 0,
        });
        for processors in [1, 3] {
            let Results { answer, observed, .. } =
                run("pool", &params, json!({ "processors": processors })).results;
            let results = answer["results"].as_array().unwrap();
            assert!(results.iter().zip(1..).all(|(result, job)| result["value"] == 2 * job));
            let by = observed["workerOfJob"].as_array().unwrap();
            assert_eq!((results.len(), by.len()), (jobs, jobs));
            assert!(by.iter().all(|worker| (1..=workers).contains(&worker.as_u64().unwrap())));
        }
    }
}

#[test]
fn a_pipeline_delivers_each_square_once() {
    for (squarers, capacity) in [(1, 0), (3, 0), (64, 5)] {
        let params = json!({
            "from": 1, "to": 500, "squarers": squarers, "workUs": 0, "capacity": capacity,
        });
        for processors in [1, 3] {
            let ran = run("pipeline", &params, json!({ "processors": processors }));
            let mut arrival: Vec<_> = ran.results.observed["arrival"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_u64)
                .collect();
            arrival.sort();
            assert_eq!(arrival, (1..=500).map(|n| n * n).collect::<Vec<_>>());
        }
    }
}

#[test]
fn workers_wait_together_and_main_waits_for_a_full_channel() {
    for capacity in [Value::Null, json!(0), json!(1)] {
        let params =
            json!({ "workers": 3, "jobs": 7, "jobMs": 100, "work": "wait", "capacity": capacity });
        for processors in [1, 2] {
            let ran = run("pool", &params, json!({ "processors": processors }));
            assert_eq!(ran.wall, Duration::from_millis(300));
        }
    }
}

#[test]
fn a_job_that_does_both_waits_for_half_of_its_time() {
    let params = json!({ "workers": 3, "jobs": 7, "jobMs": 100 });
    let ran = run("pool", &params, json!({ "processors": 1 }));
    assert_eq!(ran.wall, Duration::from_millis(150));
}

#[test]
fn squares_change_their_order_even_on_one_processor() {
    let ran = run("pipeline", &json!({ "workUs": 2000 }), json!({ "processors": 1 }));
    let arrival: Vec<_> = ran.results.observed["arrival"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_u64)
        .collect();
    assert!(!arrival.is_sorted(), "{arrival:?}");
}

#[test]
fn the_order_of_sums_follows_from_the_seed_on_one_processor() {
    let order = |seed| {
        let options = json!({ "processors": 1, "seed": seed });
        run("sum", &json!({ "parts": 8 }), options).results.observed["arrival"].clone()
    };
    for seed in 0..10 {
        assert_eq!(order(seed), order(seed));
    }
    assert!((1..10).any(|seed| order(seed) != order(0)), "ten seeds, one order");
}

#[test]
fn waiting_gains_from_structure_alone() {
    let params = json!({ "tasks": 5, "taskMs": 100 });
    for options in lanes("quadrants") {
        let rounds = if options["structure"] == "sequential" { 5.0 } else { 1.0 };
        let observed = run("quadrants", &params, options).results.observed;
        assert_eq!(observed["waitMs"], 100.0 * rounds);
        assert!(observed["computeMs"].is_number());
    }
}

#[test]
fn an_image_is_the_same_whoever_computed_its_rows() {
    let params = json!({ "width": 70, "height": 50, "iterations": 300 });
    let first = run("mandelbrot", &params, json!({ "processors": 1 })).results;
    for options in lanes("mandelbrot") {
        let processors = options["processors"].as_u64().unwrap();
        let ran = run("mandelbrot", &params, options);
        assert_eq!(ran.results.answer, first.answer);
        assert_eq!(ran.results.images, first.images);
        let by = ran.results.observed["processorOfRow"].as_array().unwrap();
        assert_eq!(by.len(), 50);
        assert!(by.iter().all(|processor| processor.as_u64().unwrap() < processors));
        assert_eq!(ran.batch.ended.len(), 1 + 50, "each row is a task");
    }
    let image = &first.images[0];
    assert_eq!((image.width, image.height, image.pixels.len()), (70, 50, 70 * 50 * 4));
    // The point 0 is in the set and is black. The left corner is far away from the set.
    let pixel = |x: usize, y: usize| &image.pixels[4 * (70 * y + x)..][..4];
    assert_eq!(pixel(50, 25), [0, 0, 0, 255]);
    assert_ne!(pixel(0, 0), [0, 0, 0, 255]);
}

#[test]
fn an_address_that_fails_is_its_tasks_result() {
    let params = json!({ "addresses": ["a", "https://example.org/", "missing"] });
    for options in lanes("fetch") {
        let ran = run("fetch", &params, options);
        assert_eq!(ran.results.observed["perRequestMs"].as_array().unwrap().len(), 3);
        let failures = json!([{ "request": 2, "sentence": "Nobody answers." }]);
        assert_eq!(ran.results.observed["failures"], failures);
        assert_eq!(ran.batch.output.chunks().count(), 3);
    }
}

#[test]
fn updates_are_lost_where_a_read_and_its_write_are_two_steps_on_several_processors() {
    let observed = |update, processors| {
        let params =
            json!({ "workers": 4, "increments": 400_000, "update": update, "payloadMiB": 3 });
        let results = run("spaces", &params, json!({ "processors": processors })).results;
        assert_eq!(results.observed["copyMs"], 3.0);
        let number = |name: &str| results.observed[name].as_u64().unwrap();
        assert_eq!(number("shared") + number("lost"), 1_600_000);
        number("lost")
    };
    assert_eq!(observed("atomic", 1), 0);
    assert_eq!(observed("atomic", 2), 0);
    // On one processor no addition comes between a read and the write that follows.
    assert_eq!(observed("read then write", 1), 0);
    // Two processors that add for milliseconds lose updates. On a machine with a single core they
    // may lose none.
    if std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 1) {
        assert!((0..20).any(|_| observed("read then write", 2) > 0));
    }
}

#[test]
fn filtered_images_are_the_same_whoever_filtered_which_tile() {
    for filter in ["edges", "sharpen", "blur"] {
        let params = |tiles| json!({ "images": 3, "size": 40, "filter": filter, "radius": 3, "tiles": tiles });
        let first = run("images", &params(1), json!({ "processors": 1 })).results;
        assert_eq!(first.answer["checksums"].as_array().unwrap().len(), 3);
        for (options, tiles) in lanes("images").zip([1, 2, 3, 7, 40, 64].into_iter().cycle()) {
            let processors = options["processors"].as_u64().unwrap();
            let ran = run("images", &params(tiles), options);
            assert_eq!(ran.results.answer, first.answer, "{tiles} tiles");
            assert_eq!(ran.results.images, first.images);
            let tasks = if tiles == 1 { 1 + 3 } else { 1 + 3 + 3 * tiles };
            assert_eq!(ran.batch.ended.len(), tasks, "{tiles} tiles");
            let by = ran.results.observed["processorOfTile"].as_array().unwrap();
            let by: Vec<_> = by.iter().flat_map(|by| by.as_array().unwrap()).collect();
            assert_eq!(by.len(), 3 * tiles);
            assert!(by.iter().all(|processor| processor.as_u64().unwrap() < processors));
        }
        let names: Vec<_> = first.images.iter().map(|image| image.name.as_str()).collect();
        assert_eq!(names[..3], ["image 1", "image 1, filtered", "image 2"]);
        assert_ne!(first.images[0].pixels, first.images[1].pixels);
    }
}

#[test]
fn own_images_take_the_place_of_generated_ones() {
    let mut given = UploadedImages::default();
    given.add("one.png", (3, 2), 24, || [9, 8, 7, 100].repeat(6)).unwrap();
    given.add("two.png", (1, 1), 4, || vec![1, 2, 3, 0]).unwrap();
    let params = json!({ "images": 1, "filter": "edges", "tiles": 2 });
    let results = run_with("images", &params, json!({ "processors": 2 }), given).results;
    let [before, after, _, dot] = &results.images[..] else { panic!("{results:?}") };
    assert_eq!((before.name.as_str(), before.width, before.height), ("one.png", 3, 2));
    assert_eq!(after.pixels, [0, 0, 0, 100].repeat(6));
    assert_eq!(dot.pixels, [0, 0, 0, 0]);
    assert_eq!(results.observed["processorOfTile"].as_array().unwrap().len(), 2);
}

#[test]
fn boiling_overlaps_when_dishes_do() {
    let params = json!({ "dishes": 4, "chopMs": 0, "boilMs": 180 });
    for options in lanes("kitchen") {
        let sequential = options["structure"] == "sequential";
        let boils = if sequential { 4 } else { 1 };
        assert_eq!(run("kitchen", &params, options).wall, Duration::from_millis(boils * 180));
    }
}

#[test]
fn main_waits_for_its_own_time_and_not_for_the_greeters() {
    for (wait, processors) in [(1000, 1), (1000, 2), (610, 1)] {
        let options = json!({ "processors": processors });
        let ran = run("greeters", &json!({ "times": 5, "mainWaitsMs": wait }), options);
        assert_eq!(ran.wall, Duration::from_millis(wait));
        assert_eq!(ran.results.observed["unsaid"], 0);
        let last = ran.batch.output.chunks().map(|(line, _)| line.at).max().unwrap();
        assert_eq!(Duration::from_nanos(last).as_millis(), 600);
    }
}

#[test]
fn what_is_not_said_when_main_returns_stays_unsaid() {
    let ran =
        run("greeters", &json!({ "times": 5, "mainWaitsMs": 250 }), json!({ "processors": 1 }));
    assert_eq!(ran.results.answer, json!({ "said": { "Hello": 3, "World": 2 } }));
    assert_eq!(ran.results.observed, json!({ "unsaid": 5 }));
    assert_eq!(ran.batch.output.chunks().count(), 5);
}

#[test]
fn one_greeter_after_another_leaves_nothing_unsaid() {
    let options = json!({ "structure": "sequential", "processors": 1 });
    let ran = run("greeters", &json!({ "times": 5, "mainWaitsMs": 250 }), options);
    assert_eq!(ran.results.observed, json!({ "unsaid": 0 }));
    assert_eq!(ran.wall, Duration::from_millis(5 * 100 + 5 * 150 + 250));
    let said: Vec<_> = ran.batch.output.chunks().map(|(_, line)| line).collect();
    assert_eq!(said, [[b"Hello\n"; 5], [b"World\n"; 5]].concat());
}

#[test]
fn what_a_run_is_expected_to_take_is_what_it_takes_when_it_only_waits() {
    let waiting = json!({ "chopMs": 0 });
    let jobs = json!({ "work": "wait" });
    for (id, params) in [("kitchen", &waiting), ("greeters", &json!({})), ("pool", &jobs)] {
        for structure in find(id).unwrap().structures.clone() {
            let options = json!({ "structure": structure_word(structure), "processors": 1 });
            let request = RunRequest::check(&MACHINE, id, params, &options).unwrap();
            let takes = (request.program.estimated_duration)(&request.values, &MACHINE, structure);
            assert_eq!(run(id, params, options).wall, takes, "{id} {structure:?}");
        }
    }
}

#[test]
fn the_longest_text_arrives_whole_and_a_longer_one_is_refused() {
    let line = "0123456789abcde\n";
    let text = line.repeat(MOST_TEXT_BYTES / line.len());
    for options in lanes("text") {
        let ran = run("text", &json!({ "text": text, "parts": 3 }), options);
        assert_eq!(ran.results.answer, json!({}));
        let lines = ran.batch.output.chunks().map(|(_, line)| str::from_utf8(line).unwrap());
        let lines = lines.map(|line| line.trim_end().parse::<usize>().unwrap());
        assert_eq!(lines.sum::<usize>(), 1 << 16);
    }
    let longer = json!({ "text": format!("{text}.") });
    let refused = RunRequest::check(&MACHINE, "text", &longer, &Value::Null).unwrap_err();
    assert_eq!(refused[0].sentence, "Text must be a text of at most 1048576 bytes, not 1048577.");
}

#[test]
fn every_program_runs_on_its_defaults_where_nothing_is_shared() {
    let alone = Machine { cores: 8, isolated: false, steps_per_ms: 50_000.0 };
    for program in lesson_programs() {
        let request = RunRequest::check(&alone, &program.id, &Value::Null, &Value::Null).unwrap();
        let (main, slot) = request.main(alone);
        let settings = Settings { clock: Clock::manual(), ..request.settings() };
        let (_, batch) = Run::complete(&Pool::new(1), settings, main);
        assert!(slot.get().is_some(), "{program:?} has no results");
        // The page shows this file as the code that ran.
        assert!(!batch.places.is_empty(), "{program:?} has no places");
        assert!(batch.places.iter().all(|place| place.file == program.file), "{program:?}");
    }
}
