//! A program with a text as its parameter, and without an answer.
//!
//! No lesson shows this program: only scripts start it. Tests use it to see that a text of the
//! largest size reaches a program, and that a program may print instead of having an answer. Each
//! task waits, and then prints how many lines its part of the text has.

use std::time::Duration;

use crate::params::{MOST_TEXT_BYTES, Param, Values};
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, launch, print, sleep};

/// The program's entry in the list of programs for scripts.
pub fn program() -> Program {
    Program {
        id: "text".into(),
        title: "Text".into(),
        lesson: "a text as a parameter".into(),
        summary: "Each task waits, and then prints how many lines its part of a text has.".into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(|values, _, _| {
            values.count("parts") as u32 * values.millis("waitMs")
        }),
        workload_param: "parts".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::text("text", "Text", MOST_TEXT_BYTES, "one\ntwo\n")
            .primary()
            .help("The text whose lines are counted."),
        Param::integer("parts", "Parts", 1..=64, 4).help("How many tasks share the text."),
        Param::integer("waitMs", "Wait", 0..=500, 5).unit("ms").help("How long each task waits."),
    ]
}

async fn main(values: Values) -> Results {
    let parts = values.count("parts");
    let group = WaitGroup::new();
    for n in 0..parts {
        let (text, wait) = (values.text("text").clone(), values.millis("waitMs"));
        let counter = async move {
            sleep(wait).await;
            let bytes = text.as_bytes();
            let part = &bytes[n * bytes.len() / parts..(n + 1) * bytes.len() / parts];
            print(part.iter().filter(|byte| **byte == b'\n').count().to_string());
        };
        launch(&group, format!("part {}", n + 1), counter).await;
    }
    group.wait().await;
    Results::without_answer()
}
