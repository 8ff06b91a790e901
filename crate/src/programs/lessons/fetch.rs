//! Concurrency without parallelism: requests that are in progress at the same time.
//!
//! The host makes the requests in its event loop, and no processor waits for them. A
//! task that waits for its answer is like a sleeping task: it needs no processor.
//! Overlapping requests take as long as the slowest of them, and more processors save
//! nothing. If a request fails, its task reports the failure, and the run goes on.
//!
//! Formulas: request r, counted from 0, asks this site for `net/slow?ms=…&bytes=…`. The site
//! answers after `ms` milliseconds with `bytes` bytes. `ms` is
//! `latencyMs` + ⌊`spreadMs` · ((37·r + 11) mod 101) / 100⌋. If `addresses` is not empty, the tasks
//! fetch the URLs in that list instead. The status of a request without an answer is 0.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::params::{Param, Values};
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::io::{Answer, Request, perform};
use crate::runtime::{Structure, WaitGroup, launch, now, print};
use crate::sync::{Arc, OnceLock};

/// How long a request to this site may take in addition to the latency that the request asks for. A
/// request to a given URL asks for no latency, so its limit is at most this time.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The limit for the total time of all requests to given URLs.
const TOTAL_TIME_LIMIT: Duration = Duration::from_secs(60);

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "fetch".into(),
        title: "Fetch".into(),
        lesson: "concurrency without parallelism".into(),
        summary: "Each task sends a request. Main waits until every request has its answer or has failed.".into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "requests".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("requests", "Requests", 1..=64, 8)
            .primary()
            .help("How many requests are sent. Each request is a task."),
        Param::integer("latencyMs", "Latency", 0..=10_000, 150)
            .unit("ms")
            .primary()
            .help("How long this site waits before it answers a request."),
        Param::integer("spreadMs", "Spread", 0..=10_000, 0)
            .unit("ms")
            .help("Some answers take longer than others, by up to this time."),
        Param::integer("bytes", "Bytes", 0..=1_000_000, 1000).help("How many bytes each answer has."),
        Param::addresses("addresses", "Addresses")
            .help("Your own addresses. They are fetched instead. Each site decides whether this page may read it."),
    ]
}

/// Returns how many milliseconds this site waits before it answers request `r`.
fn latency(values: &Values, r: i64) -> i64 {
    values.integer("latencyMs") + values.integer("spreadMs") * ((37 * r + 11) % 101) / 100
}

/// Returns the requests to send.
fn requests(values: &Values) -> Vec<Request> {
    match values.addresses("addresses") {
        [] => {
            let request = |r| {
                let (ms, bytes) = (latency(values, r), values.integer("bytes"));
                Request {
                    address: format!("net/slow?ms={ms}&bytes={bytes}"),
                    limit: Duration::from_millis(ms as u64) + TIME_LIMIT,
                }
            };
            (0..values.integer("requests")).map(request).collect()
        }
        given => {
            let limit = TIME_LIMIT.min(TOTAL_TIME_LIMIT / given.len() as u32);
            given.iter().map(|address| Request { address: address.clone(), limit }).collect()
        }
    }
}

fn estimated_duration(values: &Values, _: &Machine, structure: Structure) -> Duration {
    if !values.addresses("addresses").is_empty() {
        // The duration of requests to given URLs is unknown, but it has this limit.
        return TOTAL_TIME_LIMIT;
    }
    let each = (0..values.integer("requests")).map(|r| latency(values, r) as u64);
    Duration::from_millis(match structure {
        Structure::Sequential => each.sum(),
        Structure::Concurrent => each.max().unwrap_or_default(),
    })
}

async fn main(values: Values) -> Results {
    let requests = requests(&values);
    let answers: Arc<[OnceLock<(Answer, f64)>]> =
        requests.iter().map(|_| OnceLock::new()).collect();
    let group = WaitGroup::new();
    for (r, request) in requests.into_iter().enumerate() {
        let answers = answers.clone();
        let task = async move {
            let began = now();
            let answer = perform(request).await;
            let ms = (now() - began) as f64 / 1e6;
            print(match &answer {
                Ok(response) => {
                    let (status, bytes) = (response.status, response.bytes);
                    format!("status {status} with {bytes} bytes after {ms:.0} ms")
                }
                Err(sentence) => sentence.clone(),
            });
            answers[r].set((answer, ms)).expect("only this task writes here");
        };
        launch(&group, format!("request {}", r + 1), task).await;
    }
    group.wait().await;

    let answers: Vec<_> = answers.iter().map(|answer| answer.get().expect("all ended")).collect();
    let status = |answer: &Answer| answer.as_ref().map_or(0, |response| response.status);
    let statuses: Vec<_> = answers.iter().map(|(answer, _)| status(answer)).collect();
    let bytes: u64 =
        answers.iter().filter_map(|(answer, _)| Some(answer.as_ref().ok()?.bytes)).sum();
    let failures: Vec<Json> = (1..)
        .zip(&answers)
        .filter_map(|(request, (answer, _))| {
            Some(json!({ "request": request, "sentence": answer.as_ref().err()? }))
        })
        .collect();
    let ms: Vec<_> = answers.iter().map(|(_, ms)| ms).collect();
    Results::new(
        json!({ "bytes": bytes, "statuses": statuses }),
        json!({ "perRequestMs": ms, "failures": failures }),
    )
}
