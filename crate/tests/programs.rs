//! What each program computes, in every lane.
//!
//! Answers are compared over structures, processors and seeds. Times are read from a clock that is
//! turned by hand, so that the formulas hold to the nanosecond where a program only waits.

use std::time::Duration;

use manyhands::clock::Clock;
use manyhands::programs::{CATALOGUE, Machine, Request, Results, find};
use manyhands::runtime::{Outcome, Pool, Run, Settings, Structure};
use manyhands::trace::Batch;
use serde_json::{Value, json};

const MACHINE: Machine = Machine { cores: 2, isolated: true, steps_per_ms: 1000.0 };

/// One run's results, the time that main took by the hand-turned clock, and the trace.
struct Ran {
    results: Results,
    wall: Duration,
    batch: Batch,
}

fn run(id: &str, params: &Value, options: Value) -> Ran {
    let request = Request::check(&MACHINE, id, params, &options).expect("tests ask for good runs");
    let (main, slot) = request.main(MACHINE);
    let settings = Settings { clock: Clock::hand_turned(), ..request.settings() };
    let (end, batch) = Run::complete(&Pool::new(request.processors), settings, main);
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    let wall = Duration::from_nanos(end.totals.main_ended - end.totals.main_started);
    let results = slot.get().expect("main has returned").clone();
    Ran { results, wall, batch }
}

/// Every lane of a program: its structures, on one and on more processors, with some seeds.
fn lanes(id: &str) -> impl Iterator<Item = Value> {
    find(id).unwrap().structures.iter().flat_map(|structure| {
        [1, 2, 3].into_iter().flat_map(move |processors| {
            [1, 2, 77].into_iter().map(move |seed| {
                json!({ "structure": structure.word(), "processors": processors, "seed": seed })
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
        let Results { answer, observed } = run("kitchen", &json!({ "chopMs": 1 }), options).results;
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
        let ran = run("greeters", &json!({ "mainWaitsMs": wait }), options);
        assert_eq!(ran.wall, Duration::from_millis(wait));
        assert_eq!(ran.results.observed["unsaid"], 0);
        let last = ran.batch.lines.iter().map(|line| line.at).max().unwrap();
        assert_eq!(Duration::from_nanos(last).as_millis(), 600);
    }
}

#[test]
fn what_is_not_said_when_main_returns_stays_unsaid() {
    let ran = run("greeters", &json!({ "mainWaitsMs": 250 }), json!({ "processors": 1 }));
    assert_eq!(ran.results.answer, json!({ "said": { "Hello": 3, "World": 2 } }));
    assert_eq!(ran.results.observed, json!({ "unsaid": 5 }));
    assert_eq!(ran.batch.lines.len(), 5);
}

#[test]
fn one_greeter_after_another_leaves_nothing_unsaid() {
    let options = json!({ "structure": "sequential", "processors": 1 });
    let ran = run("greeters", &json!({ "mainWaitsMs": 250 }), options);
    assert_eq!(ran.results.observed, json!({ "unsaid": 0 }));
    assert_eq!(ran.wall, Duration::from_millis(5 * 100 + 5 * 150 + 250));
    let said: Vec<_> = ran.batch.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(said, [["Hello"; 5], ["World"; 5]].concat());
}

#[test]
fn what_a_run_is_expected_to_take_is_what_it_takes_when_it_only_waits() {
    let waiting = json!({ "chopMs": 0 });
    for (id, params) in [("kitchen", &waiting), ("greeters", &json!({}))] {
        for structure in Structure::ALL {
            let options = json!({ "structure": structure.word(), "processors": 1 });
            let request = Request::check(&MACHINE, id, params, &options).unwrap();
            let takes = (request.program.takes)(&request.values, &MACHINE, structure);
            assert_eq!(run(id, params, options).wall, takes, "{id} {structure:?}");
        }
    }
}

#[test]
fn every_program_runs_on_its_defaults_where_nothing_is_shared() {
    let alone = Machine { cores: 8, isolated: false, ..MACHINE };
    for program in &CATALOGUE {
        let request = Request::check(&alone, program.id, &Value::Null, &Value::Null).unwrap();
        let (main, slot) = request.main(alone);
        let settings = Settings { clock: Clock::hand_turned(), ..request.settings() };
        Run::complete(&Pool::new(1), settings, main);
        assert!(slot.get().is_some(), "{program:?} has no results");
    }
}
