//! The code that the examples share: this machine, a run on it, and the run's report as JSON.

mod poller;
mod slow;

use std::sync::{Arc, OnceLock, mpsc};
use std::time::Duration;

use manyhands::clock::Clock;
use manyhands::programs::{Machine, RunRequest, outcome_word, structure_word, work};
use manyhands::report::{
    Facts, Fold, Level, Losses, OutputChunk, Report, Spans, channel_op_word, ended_by_word,
};
use manyhands::runtime::{Pool, Run, Settings};
use serde_json::{Value, json};

/// Returns this machine, with the measured speed of one processor.
pub fn machine() -> Machine {
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

/// Executes a request and returns the run's report. Stops the run after `stop_after`, if given.
pub fn run(
    machine: Machine,
    request: &RunRequest,
    pool: &Pool,
    clock: Clock,
    stop_after: Option<Duration>,
) -> Report {
    let (main, results) = request.main(machine);
    let settings = Settings { clock, poller: Some(poller::poller()), ..request.settings() };
    let (ended, end) = mpsc::channel();
    let run = Run::start(pool, settings, main, move |end| {
        ended.send(end).expect("the end is awaited");
    });
    let early = stop_after.and_then(|time| end.recv_timeout(time).ok());
    let end = early.unwrap_or_else(|| {
        if stop_after.is_some() {
            run.stop();
        }
        end.recv().expect("every run ends")
    });
    let mut fold = Fold::new(request.processors);
    fold.add(&run.recorder().drain());
    let results = results.get();
    let facts = Facts {
        program: request.program.id.to_string(),
        params: request.values.to_json(),
        structure: structure_word(request.structure),
        processors: request.processors as u32,
        browser_cores: machine.cores as u32,
        seed: request.seed,
        outcome: outcome_word(end.outcome),
        message: end.message,
        answer: results.map_or(json!({}), |results| results.answer.clone()),
        observed: results.map_or(json!({}), |results| results.observed.clone()),
        compares_times: request.program.compares_times,
    };
    fold.finish(&end.totals, facts)
}

/// Returns a report in the shape that scripts get, with the processors' losses added.
pub fn to_json(report: &Report) -> Value {
    let Report { facts, tasks, states, channel_events: channels, .. } = report;
    let spans = Spans::of(states);
    let level = |level: &Level| json!({ "max": level.max, "mean": level.mean });
    let part = |part: fn(&Losses) -> f64| Value::from_iter(report.losses.iter().map(part));
    let chunk = |chunk: &OutputChunk| json!({ "atMs": chunk.at_ms, "task": chunk.task, "stream": chunk.stream as u8, "text": chunk.text });
    let [stdout, stderr] = report.dropped_bytes;
    json!({
        "program": facts.program, "params": facts.params,
        "processors": facts.processors, "structure": facts.structure,
        "browserCores": facts.browser_cores, "seed": facts.seed,
        "outcome": facts.outcome, "message": facts.message,
        "wallMs": report.wall_ms, "startupMs": report.startup_ms, "busyMs": report.busy_ms,
        "output": report.output.iter().map(chunk).collect::<Vec<_>>(),
        "answer": facts.answer, "observed": facts.observed,
        "tasks": {
            "id": tasks.id, "name": tasks.name, "parent": tasks.parent,
            "createdMs": tasks.created_ms, "firstRunMs": tasks.first_run_ms,
            "endedMs": tasks.ended_ms, "runningMs": tasks.running_ms,
            "readyMs": tasks.ready_ms, "blockedMs": tasks.blocked_ms,
            "endedBy": words(&tasks.ended_by, |by| by.map(ended_by_word)),
        },
        "spans": {
            "processor": spans.processor, "task": spans.task,
            "startMs": spans.start_ms, "endMs": spans.end_ms,
        },
        "states": {
            "task": states.task, "state": words(&states.state, |state| Some(state.word())),
            "reason": words(&states.reason, |reason| reason.map(|reason| reason.word())),
            "channel": states.channel, "processor": states.processor, "by": states.by,
            "startMs": states.start_ms, "endMs": states.end_ms,
        },
        "channelEvents": {
            "channel": channels.channel, "kind": words(&channels.kind, |kind| Some(channel_op_word(kind))),
            "task": channels.task, "operation": channels.operation,
            "length": channels.length, "atMs": channels.at_ms,
        },
        "concurrency": level(&report.concurrency), "parallelism": level(&report.parallelism),
        "severalMs": report.several_ms(),
        "findings": report.findings, "switches": report.switches, "steals": report.steals,
        "events": report.events, "eventsDropped": report.events_dropped,
        "droppedBytes": { "stdout": stdout, "stderr": stderr },
        "clockStepMs": report.clock_step_ms,
        "losses": {
            "insideMs": part(|one| one.inside_ms), "schedulingMs": part(|one| one.scheduling_ms),
            "idleMs": part(|one| one.idle_ms), "tailMs": part(|one| one.tail_ms),
        },
        "lossesSentence": report.losses_sentence,
    })
}

fn words<T: Copy>(column: &[T], word: impl Fn(T) -> Option<&'static str>) -> Value {
    column.iter().map(|value| word(*value)).collect()
}
