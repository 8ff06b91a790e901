//! Goroutines, and a main that does not wait for them.
//!
//! Each greeter says its word several times, and pauses after each time. Main starts
//! the greeters, waits for a fixed time, and returns. When main returns, the program
//! ends, even if some greeters have not finished. With the defaults, all greeters
//! finish well before main returns. If main waits for less time, some words are not
//! said.
//!
//! In a sequential run, each greeter finishes before the next one begins, as in a Go
//! program without the word `go`. Main waits for its fixed time after the last
//! greeter, so every word is said. So `said` differs between the lanes if, and only
//! if, main's wait is too short for the overlapping greeters. If a greeter has to say
//! a word exactly when main's wait ends, either of the two can come first, as in Go.
//!
//! Formulas: greeter g, counted from 0, says name g of [`WORDS`] (see
//! [`names`](crate::programs::support::names)). It starts without a delay, and pauses
//! for `firstDelayMs` + g · `delayStepMs` after each word, including the last one.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::params::{Param, Values};
use crate::programs::support::names::nth;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, launch, print, sleep};
use crate::sync::{Arc, AtomicU64, Ordering};

/// The greeters' words.
pub const WORDS: [&str; 8] =
    ["Hello", "World", "Bonjour", "Monde", "Hola", "Mundo", "Hallo", "Welt"];

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "greeters".into(),
        title: "Greeters".into(),
        lesson: "goroutines".into(),
        summary: "Each greeter says its word several times. Main waits a fixed time and returns."
            .into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "times".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("times", "Times", 1..=100, 3)
            .primary()
            .help("How many times each greeter says its word."),
        Param::integer("mainWaitsMs", "Main waits", 0..=10_000, 600)
            .unit("ms")
            .primary()
            .help("How long main waits. Then it returns, and the program ends."),
        Param::integer("greeters", "Greeters", 1..=64, 2)
            .help("How many greeters there are. Each greeter is a task."),
        Param::integer("firstDelayMs", "First pause", 0..=1000, 100)
            .unit("ms")
            .help("How long the first greeter pauses after each word."),
        Param::integer("delayStepMs", "Longer by", 0..=1000, 50)
            .unit("ms")
            .help("How much longer the next greeter's pause is, and so on."),
    ]
}

/// Returns the pause of greeter `g`.
fn pause(values: &Values, g: usize) -> Duration {
    values.millis("firstDelayMs") + values.millis("delayStepMs") * g as u32
}

fn estimated_duration(values: &Values, _: &Machine, structure: Structure) -> Duration {
    let wait = values.millis("mainWaitsMs");
    match structure {
        Structure::Concurrent => wait,
        Structure::Sequential => {
            let once: Duration = (0..values.count("greeters")).map(|g| pause(values, g)).sum();
            once * values.count("times") as u32 + wait
        }
    }
}

async fn main(values: Values) -> Results {
    let (greeters, times) = (values.count("greeters"), values.count("times"));
    let said: Arc<[AtomicU64]> = (0..greeters).map(|_| AtomicU64::new(0)).collect();

    // Main does not wait for this group. It waits for a fixed time, which is the subject of the
    // lesson.
    let group = WaitGroup::new();
    for g in 0..greeters {
        let word = nth(&WORDS, g);
        let pause = pause(&values, g);
        let said = said.clone();
        let greeter = {
            let word = word.clone();
            async move {
                for _ in 0..times {
                    print(word.clone());
                    said[g].fetch_add(1, Ordering::Relaxed);
                    sleep(pause).await;
                }
            }
        };
        launch(&group, word, greeter).await;
    }
    sleep(values.millis("mainWaitsMs")).await;

    let counts: Vec<u64> = said.iter().map(|count| count.load(Ordering::Relaxed)).collect();
    let unsaid = (greeters * times) as u64 - counts.iter().sum::<u64>();
    let by_name = counts.iter().enumerate().map(|(g, count)| (nth(&WORDS, g), json!(count)));
    Results::new(
        json!({ "said": by_name.collect::<serde_json::Map<String, Json>>() }),
        json!({ "unsaid": unsaid }),
    )
}
