//! Structure or execution: the same tasks, first waiting, then computing.
//!
//! Two questions are often confused: whether tasks may overlap, and how many
//! processors execute them. A table of two dimensions separates these questions: {one
//! after another, overlapping} × {one processor, all}. A run of this program is one
//! cell of that table. The run measures tasks that wait and tasks that compute.
//! Waiting tasks save time by overlapping, even on one processor. Computing tasks
//! save time with more processors, but only if the tasks may overlap.
//!
//! There is no time slice, so a reader can distinguish the computing tasks in the timeline.
//!
//! Formulas: a task that computes takes `taskMs` times the steps in a millisecond (see
//! [`work`](crate::programs::work)).

use std::future::Future;
use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::work::compute;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, launch, now, print, sleep};

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "quadrants".into(),
        title: "Quadrants".into(),
        lesson: "structure or execution".into(),
        summary: "First some tasks wait, then as many tasks compute. Each kind is timed by itself."
            .into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "tasks".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values, input.machine))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("tasks", "Tasks", 1..=64, 4)
            .primary()
            .help("How many tasks wait. As many tasks compute after them."),
        Param::integer("taskMs", "Each", 0..=2000, 60).unit("ms").primary().help(
            "How long each task waits, and how long a computing task takes on one processor.",
        ),
    ]
}

fn estimated_duration(values: &Values, _: &Machine, structure: Structure) -> Duration {
    let (tasks, each) = (values.count("tasks") as u32, values.millis("taskMs"));
    match structure {
        Structure::Sequential => 2 * tasks * each,
        Structure::Concurrent => each + tasks * each,
    }
}

async fn main(values: Values, machine: Machine) -> Results {
    let (tasks, each) = (values.count("tasks"), values.millis("taskMs"));
    let steps = machine.steps(each);
    let wait_ms = timed(tasks, "waits", || sleep(each)).await;
    print(format!("waiting took {wait_ms:.0} ms"));
    let compute_ms = timed(tasks, "computes", || compute(steps)).await;
    print(format!("computing took {compute_ms:.0} ms"));
    Results::new(json!({}), json!({ "waitMs": wait_ms, "computeMs": compute_ms }))
}

/// Runs `tasks` tasks of one kind. Returns the milliseconds until all of them are done.
async fn timed<F>(tasks: usize, does: &str, task: impl Fn() -> F) -> f64
where
    F: Future<Output = ()> + Send + 'static,
{
    let began = now();
    let group = WaitGroup::new();
    for n in 1..=tasks {
        launch(&group, format!("{does} {n}"), task()).await;
    }
    group.wait().await;
    (now() - began) as f64 / 1e6
}
