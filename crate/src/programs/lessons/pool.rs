//! A worker pool: a few workers, many jobs.
//!
//! Main sends the jobs over a channel and closes it. Each worker takes the next job
//! when it has finished its last one, and sends the result over another channel. So
//! the number of workers limits how many jobs are in progress. A free worker takes
//! the next job itself: no task assigns jobs to workers.
//!
//! If the jobs' channel can hold fewer jobs than there are, main waits until a worker
//! takes one. The results' channel has room for all results, because main begins to
//! receive only after it has sent the last job. With less room, the workers would
//! wait for main, and main would wait for the workers.
//!
//! There is no time slice: a worker finishes the computing of a job before another worker gets the
//! processor. So a reader can distinguish the jobs in the timeline.
//!
//! Formulas: jobs are numbered from 1. The value of job j is 2·j. A job that waits takes `jobMs`. A
//! job that computes takes `jobMs` times the steps in a millisecond (see
//! [`work`](crate::programs::work)). A job that does both computes for the first half of `jobMs`
//! and waits for the second half.

use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::work::compute;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, channel, go, print, sleep};

/// The maximum number of jobs in a run. A worker prints a line for each job, and a run keeps at
/// most ten thousand lines.
const MOST_JOBS: i64 = 10_000;

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "pool".into(),
        title: "Worker pool".into(),
        lesson: "few workers, many jobs".into(),
        summary: "A few workers take jobs from one channel and send the results over another."
            .into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "jobs".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values, input.machine))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("workers", "Workers", 1..=64, 3)
            .primary()
            .help("How many workers take jobs. Each worker is a task."),
        Param::integer("jobs", "Jobs", 0..=MOST_JOBS, 5).primary().help("How many jobs there are."),
        Param::integer("jobMs", "Job", 0..=5000, 200)
            .unit("ms")
            .primary()
            .help("How long one worker takes for each job."),
        Param::choice("work", "Work", vec!["compute", "wait", "both"])
            .primary()
            .help("Does a job need a processor (compute) or none (wait)? Both: half and half."),
        Param::optional_integer("capacity", "Capacity", 0..=MOST_JOBS)
            .help("How many jobs the channel can hold. All of them when the field is empty."),
    ]
}

/// Returns how long each job computes, and how long it then waits.
fn job(values: &Values) -> (Duration, Duration) {
    let takes = values.millis("jobMs");
    match values.choice("work") {
        "compute" => (takes, Duration::ZERO),
        "wait" => (Duration::ZERO, takes),
        _ => (takes / 2, takes / 2),
    }
}

/// Estimates the duration. On one processor, jobs compute one after another, and their waits
/// overlap.
fn estimated_duration(values: &Values, _: &Machine, _: Structure) -> Duration {
    let (jobs, workers) = (values.count("jobs"), values.count("workers"));
    let (computes, waits) = job(values);
    let rounds = jobs.div_ceil(workers) as u32;
    (jobs as u32 * computes + rounds.min(1) * waits).max(rounds * (computes + waits))
}

async fn main(values: Values, machine: Machine) -> Results {
    let count = values.count("jobs");
    let capacity = values.given("capacity").map_or(count, |given| given as usize);
    let (computes, waits) = job(&values);
    let steps = machine.steps(computes);

    let (to_jobs, jobs) = channel(capacity);
    let (to_results, results) = channel(count);
    for worker in 1..=values.count("workers") {
        let (jobs, to_results) = (jobs.clone(), to_results.clone());
        go(format!("worker {worker}"), async move {
            while let Some(job) = jobs.recv().await {
                compute(steps).await;
                if !waits.is_zero() {
                    sleep(waits).await;
                }
                print(format!("finished job {job}"));
                to_results.send((job, 2 * job, worker)).await;
            }
        });
    }

    for job in 1..=count {
        to_jobs.send(job).await;
    }
    to_jobs.close();

    let mut done = Vec::with_capacity(count);
    while done.len() < count {
        done.push(results.recv().await.expect("nobody closes this channel"));
    }
    done.sort();
    let value = |&(job, value, _)| json!({ "job": job, "value": value });
    let worker_of_job: Vec<_> = done.iter().map(|(_, _, worker)| worker).collect();
    Results::new(
        json!({ "results": done.iter().map(value).collect::<Vec<_>>() }),
        json!({ "workerOfJob": worker_of_job }),
    )
}
