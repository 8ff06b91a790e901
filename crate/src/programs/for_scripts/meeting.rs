//! Tasks that compute until all of them are inside a processor at the same time.
//!
//! No lesson shows this program: only scripts start it. Tests use it when several processors must
//! be inside tasks at the same time, even on a busy machine. A task that arrives early computes
//! until the last task has arrived. No task gives its processor up, so the run needs as many
//! processors as tasks. With fewer processors the run goes on until it is stopped.

use std::time::Duration;

use serde_json::json;

use crate::params::Param;
use crate::programs::support::work::compute;
use crate::programs::support::{Input, Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, checkpoint, launch};
use crate::sync::{Arc, AtomicUsize, Ordering};

/// The program's entry in the list of programs for scripts.
pub fn program() -> Program {
    Program {
        id: "meeting".into(),
        title: "Meeting".into(),
        lesson: "tasks that run at the same time".into(),
        summary: "Each task computes until all of them are inside a processor.".into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(|_, _, _| Duration::from_secs(1)),
        workload_param: "tasks".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![Param::integer("tasks", "Tasks", 1..=64, 2).primary().help("How many tasks meet.")]
}

async fn main(input: Input) -> Results {
    let tasks = input.values.count("tasks");
    let arrived = Arc::new(AtomicUsize::new(0));
    // When all tasks have arrived, each task computes for 10 ms. The clocks of two processors
    // differ by much less, so the recorded times overlap, too.
    let steps = input.machine.steps(Duration::from_millis(10));

    let group = WaitGroup::new();
    for n in 0..tasks {
        let arrived = arrived.clone();
        let guest = async move {
            arrived.fetch_add(1, Ordering::Relaxed);
            while arrived.load(Ordering::Relaxed) < tasks {
                checkpoint().await;
            }
            compute(steps).await;
        };
        launch(&group, format!("guest {}", n + 1), guest).await;
    }
    group.wait().await;
    Results::new(json!({ "met": arrived.load(Ordering::Relaxed) }), json!({}))
}
