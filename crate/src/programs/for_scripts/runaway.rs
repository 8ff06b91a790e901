//! A task that does not react to Stop: it computes without a checkpoint.
//!
//! No lesson shows this program: only scripts start it. Tests use it to see what the page does when
//! a run does not react to Stop. All other programs have checkpoints.

use std::time::Duration;

use serde_json::json;

use crate::params::Param;
use crate::programs::support::{Input, Machine, Program, Results, work};
use crate::runtime::Structure;

/// The program's entry in the list of programs for scripts.
pub fn program() -> Program {
    Program {
        id: "runaway".into(),
        title: "Runaway".into(),
        lesson: "a task without checkpoints".into(),
        summary: "Main computes without looking up, so that Stop can't reach it.".into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(|values, _, _| {
            Duration::from_secs(values.count("seconds") as u64)
        }),
        workload_param: "seconds".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("seconds", "Seconds", 0..=60, 2)
            .unit("s")
            .primary()
            .help("How long it computes, about."),
    ]
}

async fn main(input: Input) -> Results {
    let time = Duration::from_secs(input.values.count("seconds") as u64);
    let counted = work::without_checkpoints(input.machine.steps(time));
    Results::new(json!({}), json!({ "counted": counted }))
}
