//! Process and thread: separate memories, and one shared memory.
//!
//! Workers count in three ways, one way after the other:
//!
//! - apart: each worker has a counter in a memory of its own, as a process has. The worker counts
//!   alone, and sends its count as a message;
//! - atomic: the workers are tasks on processors that share this program's memory, as threads do.
//!   There is one counter, at one address. Each addition is one step that can't be divided;
//! - racing: there is one counter again, but each addition is two steps: read the counter, then
//!   write the value plus 1. If another worker adds between the two steps, its addition is lost.
//!
//! A page can't start a process of the operating system. So “apart” uses workers of the browser,
//! each with a WebAssembly instance of its own. Such a worker can reach no other memory. The
//! browser decides whether the worker gets a process of its own.
//!
//! On one processor no addition is lost, but a program must not rely on this. This runtime switches
//! tasks only where a task waits or has a checkpoint, never between a read and the write that
//! follows. Go may switch tasks anywhere.
//!
//! Formulas: each of `workers` workers adds 1 `increments` times. The payload is `payloadMiB` MiB
//! of zeros. The time for copying ends when the other side has the whole payload. The time for
//! sharing ends when another task has answered that it can read the payload.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::params::{Param, Values};
use crate::programs::support::{IsolatedCount, Machine, Program, Results, work};
use crate::runtime::{Structure, WaitGroup, channel, checkpoint, go, launch, now, print};
use crate::sync::{Arc, AtomicU64, OnceLock, Ordering};

/// The number of additions between two checkpoints. They take about 30 µs.
const CHUNK: u64 = 8 * 1024;

/// How long an isolated worker may take to start and to count.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// About how many steps of [`work`](crate::programs::work) take as long as one addition on one
/// processor. If several processors add at once, the counter's cache line moves between them, and
/// an addition takes about ten times as long.
const ADDITION_COST: f64 = 3.0;

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "spaces".into(),
        title: "Memory".into(),
        lesson: "process and thread".into(),
        summary: "Tasks count: first each in its own memory, then all in one shared memory.".into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "increments".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: false,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values))),
    }
}

fn params(machine: &Machine) -> Vec<Param> {
    vec![
        Param::integer("workers", "Workers", 1..=8, machine.cores.clamp(1, 4) as i64)
            .primary()
            .help("The number of workers for each of the three ways. Each worker is a task."),
        Param::choice("update", "How to add", vec!["atomic", "read then write"])
            .primary()
            .help("With “read then write”, the workers also count in the racing way."),
        Param::integer("increments", "Additions", 0..=50_000_000, 3_000_000)
            .help("How many times each worker adds 1."),
        Param::integer("payloadMiB", "Data", 0..=64, 8)
            .unit("MiB")
            .help("The run copies this much data to one worker, then shares it with one task, and measures both."),
    ]
}

fn estimated_duration(values: &Values, machine: &Machine, _: Structure) -> Duration {
    let additions = (3 * values.count("workers") * values.count("increments")) as f64;
    Duration::from_secs_f64(additions * ADDITION_COST / machine.steps_per_ms / 1e3)
}

async fn main(values: Values) -> Results {
    let (workers, increments) = (values.count("workers"), values.integer("increments") as u64);
    let payload: Arc<[u8]> = vec![0; values.count("payloadMiB") << 20].into();

    let apart = apart(workers, increments, &payload).await;
    let share_ms = share(payload).await;
    let whole = together(workers, increments, "atomic", add).await;
    let shared = match values.choice("update") {
        "atomic" => whole,
        _ => together(workers, increments, "racing", read_then_write).await,
    };

    let counts: Vec<_> =
        apart.iter().map(|one| one.as_ref().map_or(0, |(count, _)| *count)).collect();
    let failures: Vec<_> = apart.iter().filter_map(|one| one.as_ref().err()).collect();
    let copy_ms = apart[0].as_ref().map_or(Json::Null, |(_, ms)| json!(ms));
    Results::new(
        json!({ "isolated": counts, "sharedAtomic": whole }),
        json!({
            "shared": shared,
            "lost": workers as u64 * increments - shared,
            "copyMs": copy_ms,
            "shareMs": share_ms,
            "failures": failures,
        }),
    )
}

/// Returns, for each isolated worker, its count and the milliseconds until it had its payload, or
/// an error message. All workers except the first get an empty payload.
async fn apart(
    workers: usize,
    increments: u64,
    payload: &Arc<[u8]>,
) -> Vec<Result<(u64, f64), String>> {
    let counted: Arc<[_]> = (0..workers).map(|_| OnceLock::new()).collect();
    let group = WaitGroup::new();
    for n in 0..workers {
        let payload = if n == 0 { payload.clone() } else { Arc::default() };
        let counted = counted.clone();
        let task = async move {
            let result = IsolatedCount { increments, payload, limit: TIME_LIMIT }.perform().await;
            print(match &result {
                Ok(done) => format!("counted to {}", done.count),
                Err(sentence) => sentence.clone(),
            });
            let result = result.map(|done| (done.count, done.copying.as_secs_f64() * 1e3));
            counted[n].set(result).expect("only this task writes here");
        };
        launch(&group, format!("apart {}", n + 1), task).await;
    }
    group.wait().await;
    counted.iter().map(|one| one.get().expect("every task has ended").clone()).collect()
}

/// Returns the milliseconds until another task has answered that it can read the payload.
async fn share(payload: Arc<[u8]>) -> f64 {
    let (to_reader, payloads) = channel::<Arc<[u8]>>(0);
    let (to_main, lengths) = channel(0);
    go("shared data", async move {
        if let Some(payload) = payloads.recv().await {
            to_main.send(payload.len()).await;
        }
    });
    let began = now();
    let length = payload.len();
    to_reader.send(payload).await;
    assert_eq!(lengths.recv().await, Some(length), "the reader answers");
    (now() - began) as f64 / 1e6
}

/// Lets all workers add to one counter, and returns its last value.
async fn together(workers: usize, increments: u64, who: &str, add: fn(&AtomicU64, u64)) -> u64 {
    let counter = Arc::new(AtomicU64::new(0));
    let group = WaitGroup::new();
    for n in 1..=workers {
        let counter = counter.clone();
        let task = async move {
            let mut left = increments;
            while left > 0 {
                let some = left.min(CHUNK);
                add(&counter, some);
                left -= some;
                checkpoint().await;
            }
            print(format!(
                "made {increments} additions to the counter at memory address {:p}",
                &*counter
            ));
        };
        launch(&group, format!("{who} {n}"), task).await;
    }
    group.wait().await;
    counter.load(Ordering::Relaxed)
}

/// Adds 1 to the counter `times` times, each time in one step that can't be divided.
#[inline(never)]
fn add(counter: &AtomicU64, times: u64) {
    for _ in 0..times {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Adds 1 to the counter `times` times. Each time, reads the counter, adds 1 to the value, and
/// writes the result. This takes a few nanoseconds. If another worker adds in that time, its
/// addition is lost.
#[inline(never)]
fn read_then_write(counter: &AtomicU64, times: u64) {
    let mut state = work::SEED;
    for _ in 0..times {
        let read = counter.load(Ordering::Relaxed);
        let next;
        (state, next) = work::advance(state, read, 1);
        counter.store(next, Ordering::Relaxed);
    }
}
