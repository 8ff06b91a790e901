//! Channels: partial sums that arrive in any order.
//!
//! The numbers are split into parts. One task adds up each part and sends its sum over a channel.
//! Main receives as many sums as there are parts.
//!
//! The lesson is about order and about sending a value, not about time. A few additions are too
//! short to be visible in the timeline, so the task of each part also computes for some time. The
//! first part computes for the longest time. So with several processors, the sum of another part
//! arrives before the sum of the first part. There is no time slice, so on one processor only the
//! seed decides the order.
//!
//! Formulas: part k of P, counted from 0, has the numbers from ⌊k·N/P⌋ up to but not
//! including ⌊(k+1)·N/P⌋ of N numbers. If there are more parts than numbers, some
//! parts are empty. A part also computes for (P − k) / P of [`LONGEST`] (see
//! [`work`](crate::programs::work)). If the list is empty, `length` numbers are
//! generated: number i, counted from 0, is (37·i + 11) mod 201 − 100.

use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::work::compute;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, channel, checkpoint, go, print};
use crate::sync::Arc;

/// How many numbers are added between two checkpoints. These additions take a few microseconds.
const CHUNK: usize = 8192;

/// How long the first part computes besides adding, so that the timeline shows it.
const LONGEST: Duration = Duration::from_millis(30);

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "sum".into(),
        title: "Sum".into(),
        lesson: "channels".into(),
        summary: "Each task adds up some of the numbers and sends its sum to main over a channel."
            .into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(|values, _, _| {
            LONGEST * (values.count("parts") as u32 + 1) / 2
        }),
        workload_param: "parts".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: false,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values, input.machine))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::list("numbers", "Numbers", -1_000_000..=1_000_000, &[7, 2, 8, -9, 4, 0])
            .primary()
            .help("The numbers to add. You can enter up to 1000 numbers. If the list is empty, the program makes its own."),
        Param::integer("parts", "Parts", 1..=64, 2)
            .primary()
            .help("Into how many parts the numbers are split. Each part is a task."),
        Param::integer("length", "Length", 0..=1_000_000, 1000)
            .help("How many numbers the program makes if the list is empty."),
        Param::integer("capacity", "Capacity", 0..=64, 0).help(
            "How many sums the channel can hold. 0: each task waits until main takes its sum.",
        ),
    ]
}

/// Returns the numbers to add.
fn numbers(values: &Values) -> Arc<[i64]> {
    match values.list("numbers") {
        [] => (0..values.integer("length")).map(|i| (37 * i + 11) % 201 - 100).collect(),
        given => given.into(),
    }
}

async fn main(values: Values, machine: Machine) -> Results {
    let numbers = numbers(&values);
    let parts = values.count("parts");

    let (sender, receiver) = channel(values.count("capacity"));
    for part in 0..parts {
        let (numbers, sender) = (numbers.clone(), sender.clone());
        let steps = machine.steps(LONGEST * (parts - part) as u32 / parts as u32);
        go(format!("part {}", part + 1), async move {
            let (from, to) = (part * numbers.len() / parts, (part + 1) * numbers.len() / parts);
            let mut sum = 0;
            for chunk in numbers[from..to].chunks(CHUNK) {
                sum += chunk.iter().sum::<i64>();
                checkpoint().await;
            }
            compute(steps).await;
            sender.send((part, sum)).await;
        });
    }

    let mut partials = vec![0; parts];
    let mut arrival = Vec::with_capacity(parts);
    while arrival.len() < parts {
        let (part, sum) = receiver.recv().await.expect("nobody closes this channel");
        print(format!("the sum of part {} is {sum}", part + 1));
        partials[part] = sum;
        arrival.push(part);
    }
    let total: i64 = partials.iter().sum();
    Results::new(json!({ "partials": partials, "total": total }), json!({ "arrival": arrival }))
}
