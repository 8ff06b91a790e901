//! One cook, several dishes.
//!
//! Chopping needs a cook: it is computing. Boiling needs no cook: it is waiting. A
//! cook who starts the next dish while the first one boils finishes earlier, even
//! without a second cook. A second cook helps only with the chopping. There is no
//! time slice: a cook always finishes chopping a dish before starting another dish.
//!
//! Formulas: D dishes, with a chopping time c and a boiling time b each, take D·(c + b) if they are
//! cooked one after another, D·c + b if they overlap on one cook, and ⌈D/P⌉·c + b if they overlap
//! on P cooks. Dish n is name n of [`DISHES`] (see [`names`](crate::programs::support::names)).
//! Chopping takes `chopMs` times the steps in a millisecond (see [`work`](crate::programs::work)).

use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::names::nth;
use crate::programs::support::work::compute;
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{Structure, WaitGroup, channel, launch, print, sleep};

/// The names of the dishes.
pub const DISHES: [&str; 12] = [
    "soup",
    "rice",
    "pasta",
    "beans",
    "eggs",
    "dumplings",
    "lentils",
    "potatoes",
    "noodles",
    "corn",
    "porridge",
    "jam",
];

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "kitchen".into(),
        title: "Kitchen".into(),
        lesson: "one cook, several dishes".into(),
        summary: "A cook chops each dish. Then the dish boils, and needs no cook.".into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "dishes".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::ZERO),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values, input.machine))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("dishes", "Dishes", 1..=64, 4)
            .primary()
            .help("How many dishes are cooked. Each dish is a task."),
        Param::integer("chopMs", "Chop", 0..=1000, 60)
            .unit("ms")
            .primary()
            .help("How long a cook (a processor) works on each dish."),
        Param::integer("boilMs", "Boil", 0..=5000, 180)
            .unit("ms")
            .primary()
            .help("How long each dish then boils. It needs no cook while it boils."),
    ]
}

fn estimated_duration(values: &Values, _: &Machine, structure: Structure) -> Duration {
    let dishes = values.count("dishes") as u32;
    let (chop, boil) = (values.millis("chopMs"), values.millis("boilMs"));
    match structure {
        Structure::Sequential => dishes * (chop + boil),
        Structure::Concurrent => dishes * chop + boil,
    }
}

async fn main(values: Values, machine: Machine) -> Results {
    let dishes = values.count("dishes");
    let chop = machine.steps(values.millis("chopMs"));
    let boil = values.millis("boilMs");

    // The channel has room for every dish, so no cook waits to send one.
    let (to_pass, pass) = channel(dishes);
    let kitchen = WaitGroup::new();
    for n in 0..dishes {
        let dish = nth(&DISHES, n);
        let to_pass = to_pass.clone();
        let cook = async move {
            compute(chop).await;
            sleep(boil).await;
            print("served");
            to_pass.send(n).await;
        };
        launch(&kitchen, dish, cook).await;
    }
    kitchen.wait().await;
    to_pass.close();

    let mut order = Vec::new();
    while let Some(n) = pass.recv().await {
        order.push(nth(&DISHES, n));
    }
    let mut served = order.clone();
    served.sort();
    Results::new(json!({ "served": served }), json!({ "order": order }))
}
