//! Goroutines, and a main that does not wait for them.
//!
//! Each greeter says its word a number of times, with a pause after each. Main
//! starts them, waits a time of its own, and returns; that ends the program,
//! whoever still has something to say. With the defaults all is said long
//! before; with a shorter wait, words stay unsaid.
//!
//! One after another, main does what a Go program without the word `go` does:
//! it lets each greeter finish before the next begins, and waits its own time
//! after the last. Nothing can then be left unsaid, so that `said` differs
//! between the lanes exactly where main's wait is too short for the overlapping
//! greeters. Where a word falls due at the very moment at which main's wait ends,
//! who comes first is open, as it is in Go.
//!
//! Formulas: greeter g, from 0, says name g of [`WORDS`] (see
//! [`names`](crate::programs::support::names)) at once and pauses
//! `firstDelayMs` + g · `delayStepMs` after each time, the last one included.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::params::{Param, Values};
use crate::programs::support::names::nth;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, launch, print, sleep};
use crate::sync::{Arc, AtomicU64, Ordering};

/// What is said.
pub const WORDS: [&str; 8] =
    ["Hello", "World", "Bonjour", "Monde", "Hola", "Mundo", "Hallo", "Welt"];

/// Its entry in the catalogue.
pub const PROGRAM: Program = Program {
    id: "greeters",
    title: "Greeters",
    lesson: "goroutines",
    summary: "Each greeter says its word several times. Main waits a fixed time and returns.",
    structures: &Structure::ALL,
    params,
    estimated_duration,
    workload_param: "times",
    refuse: |_| None,
    time_slice: |_| Duration::from_millis(10),
    compares_times: true,
    main: |input| Box::pin(main(input.values)),
};

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

/// The pause of greeter `g`.
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

    // Nobody waits for this group: main trusts in its own wait, and that is the lesson.
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
