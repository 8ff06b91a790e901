//! Fan-out and fan-in: a pipeline of channels.
//!
//! A generator sends the numbers over one channel. All squarers receive from this
//! channel, and each number goes to a squarer that is free (fan-out). Each squarer
//! sends its squares over a channel of its own. For each of these channels, a merge
//! task receives the squares and sends them over one last channel (fan-in). The task
//! that knows that no more values follow closes the channel. The generator closes the
//! first channel, and each squarer closes its own. A task that waits until all merge
//! tasks are done closes the last channel.
//!
//! Some squares take longer to compute than others, as in real work. So the square of a later
//! number can be ready earlier. There is no time slice, so a reader can distinguish the squares in
//! the timeline.
//!
//! Formulas: the numbers are all whole numbers from `from` to `to`, both included. If `from` is
//! greater than `to`, there are no numbers. For the square of an even number, a squarer computes
//! `workUs` / 1000 times the steps in a millisecond (see [`work`](crate::programs::work)). For the
//! square of an odd number, it computes half as many steps.

use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Refusal, Values};
use crate::programs::support::work::compute;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Receiver, Structure, WaitGroup, channel, go, print};

/// The largest number whose square is below 2^53. JavaScript's numbers represent all integers up to
/// 2^53 exactly.
const LARGEST: i64 = 94_906_265;

/// The maximum number of numbers in a run. Main prints a line for each of them, and a run keeps at
/// most ten thousand lines.
const MOST_NUMBERS: i64 = 10_000;

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "pipeline".into(),
        title: "Pipeline".into(),
        lesson: "fan-out, fan-in".into(),
        summary:
            "A generator sends numbers. Several squarers square them. Their results are merged."
                .into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "workUs".into(),
        refuse: Box::new(too_many),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values, input.machine))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("from", "From", -LARGEST..=LARGEST, 2)
            .primary()
            .help("The first number. When it is greater than the last, there are no numbers."),
        Param::integer("to", "To", -LARGEST..=LARGEST, 10).primary().help("The last number."),
        Param::integer("squarers", "Squarers", 1..=64, 3)
            .primary()
            .help("How many squarers share the numbers. Each squarer is a task."),
        Param::integer("workUs", "Work", 0..=1_000_000, 40_000)
            .unit("µs")
            .help("How long the square of an even number takes. An odd number takes half of it."),
        Param::integer("capacity", "Capacity", 0..=1000, 0).help(
            "How many numbers each channel can hold. 0: a sender waits until its number is taken.",
        ),
    ]
}

/// Returns how many numbers there are.
fn numbers(values: &Values) -> i64 {
    (values.integer("to") - values.integer("from") + 1).max(0)
}

fn too_many(values: &Values) -> Option<Refusal> {
    let (from, to, numbers) = (values.integer("from"), values.integer("to"), numbers(values));
    (numbers > MOST_NUMBERS).then(|| {
        let sentence = format!(
            "From and To must be so close that there are at most {MOST_NUMBERS} numbers, not \
             {numbers} from {from} to {to}."
        );
        Refusal::new("to", sentence)
    })
}

fn estimated_duration(values: &Values, _: &Machine, _: Structure) -> Duration {
    Duration::from_micros(values.integer("workUs") as u64) * numbers(values) as u32
}

async fn main(values: Values, machine: Machine) -> Results {
    let capacity = values.count("capacity");
    let steps = machine.steps(Duration::from_micros(values.integer("workUs") as u64));

    let numbers = generator(values.integer("from"), values.integer("to"), capacity);
    let squares = (1..=values.count("squarers"))
        .map(|squarer| square(squarer, numbers.clone(), steps, capacity))
        .collect();
    let merged = merge(squares, capacity);

    let mut arrival = Vec::new();
    while let Some(square) = merged.recv().await {
        print(square.to_string());
        arrival.push(square);
    }
    let mut sorted = arrival.clone();
    sorted.sort();
    Results::new(json!({ "squares": sorted }), json!({ "arrival": arrival }))
}

/// Starts the generator. Returns the channel over which it sends all numbers from `from` to `to`.
fn generator(from: i64, to: i64, capacity: usize) -> Receiver<i64> {
    let (sender, numbers) = channel(capacity);
    go("generator", async move {
        for number in from..=to {
            sender.send(number).await;
        }
        sender.close();
    });
    numbers
}

/// Starts a squarer. Returns the channel over which it sends the squares of the numbers that it
/// receives.
fn square(squarer: usize, numbers: Receiver<i64>, steps: u64, capacity: usize) -> Receiver<i64> {
    let (sender, squares) = channel(capacity);
    go(format!("squarer {squarer}"), async move {
        while let Some(number) = numbers.recv().await {
            compute(if number % 2 == 0 { steps } else { steps / 2 }).await;
            sender.send(number * number).await;
        }
        sender.close();
    });
    squares
}

/// Starts the merge tasks. Returns the channel over which they send everything that they receive
/// from `channels`.
fn merge(channels: Vec<Receiver<i64>>, capacity: usize) -> Receiver<i64> {
    let (sender, merged) = channel(capacity);
    let passing_on = WaitGroup::new();
    passing_on.add(channels.len() as i32);
    for (place, squares) in channels.into_iter().enumerate() {
        let (sender, passing_on) = (sender.clone(), passing_on.clone());
        go(format!("merge {}", place + 1), async move {
            while let Some(square) = squares.recv().await {
                sender.send(square).await;
            }
            passing_on.done();
        });
    }
    go("closer", async move {
        passing_on.wait().await;
        sender.close();
    });
    merged
}
