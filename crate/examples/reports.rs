//! Runs programs natively and prints their reports with all sentences about them. Can then change
//! some figures of the same reports, and print the sentences again. `tests/findings` checks this
//! output.
//!
//!     reports [CLOCK_STEP_NS]
//!
//! Reads one JSON object a line and prints one for each:
//! - `{"runs": [{"program", "params", "options", "stopAfterMs", "manualClock"}, …]}` executes these
//!   runs, one after another, and prints `{"reports": […], "compared": [verdict, …]}`;
//! - `{"doctored": [{}, {"wallMs": 7}, …]}` changes the figures of these reports, with one object
//!   of changes for each report, and prints `{"findings": [[sentence, …], …], "losses": [sentence,
//!   …], "compared": [verdict, …]}`.
//!
//! A verdict is `{"step", "kind", "sentence"}`. `CLOCK_STEP_NS` makes the clock coarser than the
//! machine's, as browsers do.

mod native;

use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use manyhands::clock::{self, Clock};
use manyhands::programs::{Machine, RunRequest};
use manyhands::report::{Report, Verdict, compare};
use manyhands::runtime::{Nanos, Pool};
use serde_json::{Value, json};

static CLOCK_STEP: OnceLock<Nanos> = OnceLock::new();

fn main() {
    if let Some(step) = std::env::args().nth(1) {
        CLOCK_STEP.set(step.parse().expect("nanoseconds")).expect("set once");
        clock::install(coarse);
    }
    let machine = native::machine();
    let mut pools = HashMap::new();
    let mut reports = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let asked: Value =
            serde_json::from_str(&line.expect("a line of text")).expect("an object a line");
        let answer = match (asked["runs"].as_array(), asked["doctored"].as_array()) {
            (Some(runs), _) => {
                reports = runs.iter().map(|asked| run(machine, &mut pools, asked)).collect();
                json!({
                    "reports": reports.iter().map(native::to_json).collect::<Vec<_>>(),
                    "compared": compared(&reports),
                })
            }
            (_, Some(changes)) => said(&mut reports.clone(), changes),
            _ => panic!("neither runs nor doctored: {asked}"),
        };
        println!("{answer}");
        std::io::stdout().flush().expect("somebody reads");
    }
}

fn coarse() -> Nanos {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    let step = *CLOCK_STEP.get().expect("it was set before the clock was installed");
    ORIGIN.get_or_init(Instant::now).elapsed().as_nanos() as Nanos / step * step
}

fn run(machine: Machine, pools: &mut HashMap<usize, Pool>, asked: &Value) -> Report {
    let id = asked["program"].as_str().unwrap_or_default();
    let request = RunRequest::check(&machine, id, &asked["params"], &asked["options"])
        .unwrap_or_else(|refusals| panic!("{asked}: {refusals:?}"));
    let pool = pools.entry(request.processors).or_insert_with_key(|threads| Pool::new(*threads));
    let clock = if asked["manualClock"] == json!(true) { Clock::manual() } else { Clock::Real };
    let stop_after = asked["stopAfterMs"].as_u64().map(Duration::from_millis);
    native::run(machine, &request, pool, clock, stop_after)
}

/// Returns the verdicts on the lanes, which are computed from the parts of the reports that the
/// page's host keeps.
fn compared(reports: &[Report]) -> Vec<Value> {
    let kept: Vec<_> = reports.iter().map(|report| report.clone().without_tables()).collect();
    let verdicts = compare(&kept.iter().collect::<Vec<_>>());
    let words = |Verdict { step, kind, sentence, .. }: Verdict| json!({ "step": step.word(), "kind": kind.word(), "sentence": sentence });
    verdicts.into_iter().map(words).collect()
}

/// Changes some figures of the reports, and returns all sentences about them.
fn said(reports: &mut [Report], changes: &[Value]) -> Value {
    for (report, changes) in reports.iter_mut().zip(changes) {
        for (name, value) in changes.as_object().expect("changes by name") {
            doctor(report, name, value);
        }
        report.conclude();
    }
    json!({
        "findings": reports.iter().map(|report| &report.findings).collect::<Vec<_>>(),
        "losses": reports.iter().map(|report| &report.losses_sentence).collect::<Vec<_>>(),
        "compared": compared(reports),
    })
}

fn doctor(report: &mut Report, name: &str, value: &Value) {
    let number = || value.as_f64().expect("a number");
    let count = || value.as_u64().expect("a count");
    let word = |words: &[&'static str]| -> &'static str {
        words.iter().copied().find(|word| value == word).expect("one of the report's words")
    };
    match name {
        "program" => report.facts.program = value.as_str().expect("a word").into(),
        "params" => report.facts.params = value.clone(),
        "structure" => report.facts.structure = word(&["sequential", "concurrent"]),
        "processors" => report.facts.processors = count() as u32,
        "browserCores" => report.facts.browser_cores = count() as u32,
        "outcome" => {
            report.facts.outcome = word(&["completed", "deadlock", "panicked", "stopped"]);
        }
        "answer" => report.facts.answer = value.clone(),
        "wallMs" => report.wall_ms = number(),
        "busyMs" => report.busy_ms = number(),
        "tasksBesidesMain" => report.tasks_besides_main = count() as u32,
        "mostConcurrent" => report.concurrency.max = count() as u32,
        "someReadyMs" => report.some_ready_ms = number(),
        "mostParallel" => {
            report.parallelism.max = count() as u32;
            report.parallelism.mean = report.parallelism.mean.min(number());
        }
        "eventsDropped" => report.events_dropped = count(),
        "clockStepMs" => report.clock_step_ms = number(),
        "endedBy" => report.tasks.ended_by.iter_mut().for_each(|by| *by = None),
        _ => panic!("a report has no figure {name} here"),
    }
}
