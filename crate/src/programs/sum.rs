//! Channels: partial sums that arrive in any order.
//!
//! The numbers are split into parts, a task sums each part and sends what it
//! found over a channel, and main receives as many times as there are parts.
//!
//! Formulas: part k of P, from 0, of N numbers is those from ⌊k·N/P⌋ up to but not
//! including ⌊(k+1)·N/P⌋, so that some are empty when there are more parts than
//! numbers. When the list is empty, `length` numbers are generated: number i, from 0,
//! is (37·i + 11) mod 201 − 100.

use std::time::Duration;

use serde_json::json;

use super::{Machine, Program, Results};
use crate::params::{Param, Values};
use crate::runtime::{Structure, channel, checkpoint, go, print};
use crate::sync::Arc;

/// Numbers that are added between two looks at whether others are waiting: a few microseconds.
const CHUNK: usize = 8192;

/// Its entry in the catalogue.
pub const PROGRAM: Program = Program {
    id: "sum",
    title: "Sum",
    lesson: "channels",
    summary: "Numbers are split into parts, and the partial sums arrive over a channel.",
    structures: &[Structure::Concurrent],
    params,
    takes: |_, _, _| Duration::ZERO,
    lower: "length",
    refuse: |_| None,
    time_slice: |_| Duration::from_millis(10),
    main: |input| Box::pin(main(input.values)),
};

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::list("numbers", "Numbers", -1_000_000..=1_000_000, &[7, 2, 8, -9, 4, 0])
            .front()
            .help("What is summed, at most 1000 numbers; when there are none, generated ones are."),
        Param::integer("parts", "Parts", 1..=64, 2)
            .front()
            .help("Into how many parts they are split; each is a task."),
        Param::integer("length", "Length", 0..=1_000_000, 1000)
            .help("How many numbers are generated when the list is empty."),
        Param::integer("capacity", "Capacity", 0..=64, 0).help(
            "How many partial sums the channel holds; 0 means that each send waits for main.",
        ),
    ]
}

/// The numbers that are summed.
fn numbers(values: &Values) -> Arc<[i64]> {
    match values.list("numbers") {
        [] => (0..values.integer("length")).map(|i| (37 * i + 11) % 201 - 100).collect(),
        given => given.into(),
    }
}

async fn main(values: Values) -> Results {
    let numbers = numbers(&values);
    let parts = values.count("parts");

    let (sender, receiver) = channel(values.count("capacity"));
    for part in 0..parts {
        let (numbers, sender) = (numbers.clone(), sender.clone());
        go(format!("part {}", part + 1), async move {
            let (from, to) = (part * numbers.len() / parts, (part + 1) * numbers.len() / parts);
            let mut sum = 0;
            for chunk in numbers[from..to].chunks(CHUNK) {
                sum += chunk.iter().sum::<i64>();
                checkpoint().await;
            }
            sender.send((part, sum)).await;
        });
    }

    let mut partials = vec![0; parts];
    let mut arrival = Vec::with_capacity(parts);
    while arrival.len() < parts {
        let (part, sum) = receiver.recv().await.expect("nobody closes this channel");
        print(format!("part {} is {sum}", part + 1));
        partials[part] = sum;
        arrival.push(part);
    }
    let total: i64 = partials.iter().sum();
    Results::new(json!({ "partials": partials, "total": total }), json!({ "arrival": arrival }))
}
