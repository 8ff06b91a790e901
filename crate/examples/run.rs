//! Runs one program natively and prints its report as JSON.
//!
//!     cargo run --release --example run -- kitchen dishes=4 structure=sequential processors=2
//!
//! Names are those of scripts and addresses, a program's parameters and `processors`, `structure`
//! and `seed` alike; a list is written with commas. What is refused is said on standard error.

use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use manyhands::params::{Kind, Param};
use manyhands::programs::{Machine, Request, find, work};
use manyhands::report::{Facts, Fold, Level, Report};
use manyhands::runtime::{Pool, Run, Settings};
use serde_json::{Map, Value, json};

const OPTIONS: [&str; 3] = ["processors", "structure", "seed"];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let id = words.next().unwrap_or_default();
    let pairs: Vec<_> = words.collect();
    match run(&id, &pairs) {
        Ok(report) => {
            println!("{}", to_json(&report));
            ExitCode::SUCCESS
        }
        Err(sentences) => {
            sentences.iter().for_each(|sentence| eprintln!("{sentence}"));
            ExitCode::FAILURE
        }
    }
}

fn run(id: &str, pairs: &[String]) -> Result<Report, Vec<String>> {
    let machine = machine();
    let (params, options) = read(id, pairs, &machine)?;
    let request = Request::check(&machine, id, &params, &options).map_err(|refusals| {
        refusals.into_iter().map(|refusal| refusal.sentence).collect::<Vec<_>>()
    })?;
    let (main, results) = request.main(machine);
    let (end, batch) = Run::complete(&Pool::new(request.processors), request.settings(), main);
    let mut fold = Fold::new(request.processors);
    fold.add(&batch);
    let results = results.get();
    let facts = Facts {
        program: request.program.id.to_string(),
        params: request.values.to_json(),
        structure: request.structure.word(),
        processors: request.processors as u32,
        browser_cores: machine.cores as u32,
        seed: request.seed,
        outcome: end.outcome.word(),
        message: end.message,
        answer: results.map_or(json!({}), |results| results.answer.clone()),
        observed: results.map_or(json!({}), |results| results.observed.clone()),
    };
    Ok(fold.finish(&end.totals, facts))
}

/// This machine, with what one processor of it does in a millisecond.
fn machine() -> Machine {
    let measured = Arc::new(OnceLock::new());
    let slot = measured.clone();
    Run::complete(&Pool::new(1), Settings::default(), async move {
        slot.set(work::steps_per_ms().await).expect("measured once");
    });
    Machine {
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        isolated: true,
        steps_per_ms: *measured.get().expect("the measurement has ended"),
    }
}

/// "name=value" words as parameters and options.
fn read(id: &str, pairs: &[String], machine: &Machine) -> Result<(Value, Value), Vec<String>> {
    let declared = find(id).map(|program| (program.params)(machine)).unwrap_or_default();
    let (mut params, mut options) = (Map::new(), Map::new());
    for pair in pairs {
        let Some((name, text)) = pair.split_once('=') else {
            return Err(vec![format!("Parameters are written name=value, not {pair}.")]);
        };
        let param = declared.iter().find(|param| param.name == name);
        let values = if OPTIONS.contains(&name) { &mut options } else { &mut params };
        values.insert(name.to_string(), value(param, text));
    }
    Ok((Value::Object(params), Value::Object(options)))
}

fn value(param: Option<&Param>, text: &str) -> Value {
    let number = |text: &str| text.trim().parse().map_or(json!(text), |number: f64| json!(number));
    match param.map(|param| &param.kind) {
        Some(Kind::List { .. }) => {
            text.split(',').filter(|item| !item.is_empty()).map(number).collect()
        }
        Some(Kind::Addresses) => text.split(',').filter(|item| !item.is_empty()).collect(),
        Some(Kind::Choice { .. }) => json!(text),
        _ => number(text),
    }
}

fn to_json(report: &Report) -> Value {
    let Report { facts, tasks, spans, states, channel_events: channels, .. } = report;
    let level = |level: &Level| json!({ "max": level.max, "mean": level.mean });
    let lines = report.output.iter();
    let lines =
        lines.map(|line| json!({ "atMs": line.at_ms, "task": line.task, "text": line.text }));
    json!({
        "program": facts.program, "params": facts.params,
        "processors": facts.processors, "structure": facts.structure,
        "browserCores": facts.browser_cores, "seed": facts.seed,
        "outcome": facts.outcome, "message": facts.message,
        "wallMs": report.wall_ms, "startupMs": report.startup_ms, "busyMs": report.busy_ms,
        "output": lines.collect::<Vec<_>>(),
        "answer": facts.answer, "observed": facts.observed,
        "tasks": {
            "id": tasks.id, "name": tasks.name, "parent": tasks.parent,
            "createdMs": tasks.created_ms, "firstRunMs": tasks.first_run_ms,
            "endedMs": tasks.ended_ms, "runningMs": tasks.running_ms,
            "readyMs": tasks.ready_ms, "blockedMs": tasks.blocked_ms,
            "endedBy": words(&tasks.ended_by, |by| by.map(|by| by.word())),
        },
        "spans": {
            "processor": spans.processor, "task": spans.task,
            "startMs": spans.start_ms, "endMs": spans.end_ms,
        },
        "states": {
            "task": states.task, "state": words(&states.state, |state| Some(state.word())),
            "reason": words(&states.reason, |reason| reason.map(|reason| reason.word())),
            "by": states.by, "startMs": states.start_ms, "endMs": states.end_ms,
        },
        "channelEvents": {
            "channel": channels.channel, "kind": words(&channels.kind, |kind| Some(kind.word())),
            "task": channels.task, "operation": channels.operation,
            "length": channels.length, "atMs": channels.at_ms,
        },
        "concurrency": level(&report.concurrency), "parallelism": level(&report.parallelism),
        "findings": report.findings, "switches": report.switches, "steals": report.steals,
        "events": report.events, "eventsDropped": report.events_dropped,
        "clockStepMs": report.clock_step_ms,
    })
}

fn words<T: Copy>(column: &[T], word: impl Fn(T) -> Option<&'static str>) -> Value {
    column.iter().map(|value| word(*value)).collect()
}
