//! Parallelism: counters that keep a processor busy.
//!
//! Each counter counts to the same number, and never waits for anything. So
//! overlapping saves nothing, but each additional processor saves time. Main can
//! count a share alone, before any counter starts. More processors do not make this
//! share faster.
//!
//! Formulas: each counter counts to N, the value of `iterations`. If `iterations` is not given, N
//! is ⌊work · 1000 · steps in a millisecond / counters⌋. Main alone counts the first
//! ⌊N · serialPercent / 100⌋ for each counter, and the counter continues from there. So the total
//! work is the same for every share. [`work`](crate::programs::work) defines a step of counting.

use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::work::count;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, launch, now, print};
use crate::sync::{Arc, OnceLock};

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "counters".into(),
        title: "Counters".into(),
        lesson: "parallelism".into(),
        summary: "Counters count as fast as they can. Main waits for all of them.".into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "iterations".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|values| values.millis("timeSliceMs")),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values, input.machine))),
    }
}

fn params(machine: &Machine) -> Vec<Param> {
    vec![
        Param::integer("counters", "Counters", 1..=256, machine.cores.clamp(4, 256) as i64)
            .primary()
            .help("How many counters there are. Each counter is a task."),
        Param::integer("timeSliceMs", "Time slice", 0..=1000, 10)
            .unit("ms")
            .primary()
            .help("After this time a counter lets another counter continue. With 0, each counter counts to its end."),
        Param::number("work", "Work", 0.0..=30.0, 0.8)
            .unit("s")
            .help("How long one processor takes for all the counting."),
        Param::optional_integer("iterations", "Iterations", 0..=100_000_000_000)
            .help("How far each counter counts. If you enter a number here, Work has no effect."),
        Param::number("serialPercent", "Serial share", 0.0..=100.0, 0.0)
            .unit("%")
            .help("This share of the counting is done by main alone, before the counters start."),
    ]
}

/// Returns the number to which each counter counts.
fn iterations(values: &Values, machine: &Machine) -> u64 {
    match values.given("iterations") {
        Some(given) => given as u64,
        None => {
            let steps = values.number("work") * 1e3 * machine.steps_per_ms;
            (steps / values.count("counters") as f64) as u64
        }
    }
}

fn estimated_duration(values: &Values, machine: &Machine, _: Structure) -> Duration {
    let steps = iterations(values, machine) * values.count("counters") as u64;
    Duration::from_secs_f64(steps as f64 / machine.steps_per_ms / 1e3)
}

async fn main(values: Values, machine: Machine) -> Results {
    let counters = values.count("counters");
    let to = iterations(&values, &machine);
    let alone = (to as f64 * values.number("serialPercent") / 100.0) as u64;

    let mut begun = Vec::with_capacity(counters);
    for _ in 0..counters {
        begun.push(count(alone).await);
    }

    let ends: Arc<[OnceLock<(u64, f64)>]> = (0..counters).map(|_| OnceLock::new()).collect();
    let group = WaitGroup::new();
    for (n, begun) in begun.into_iter().enumerate() {
        let ends = ends.clone();
        let counter = async move {
            let started = now();
            let counted = begun + count(to - alone).await;
            let ms = (now() - started) as f64 / 1e6;
            print(format!("counted to {counted} in {ms:.0} ms"));
            ends[n].set((counted, ms)).expect("only this counter writes here");
        };
        launch(&group, format!("counter {}", n + 1), counter).await;
    }
    group.wait().await;

    let ends = ends.iter().map(|end| end.get().expect("every counter has come to its end"));
    let (counts, ms): (Vec<u64>, Vec<f64>) = ends.copied().unzip();
    Results::new(json!({ "counts": counts }), json!({ "perCounterMs": ms }))
}
