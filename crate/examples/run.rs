//! Runs one program natively and prints its report as JSON.
//!
//!     cargo run --release --example run -- kitchen dishes=4 structure=sequential processors=2
//!
//! Names are the program's parameters and `processors`, `structure` and `seed`, as in scripts and
//! URLs. The items of a list are separated by commas. Refusals are printed to standard error.

mod native;

use std::process::ExitCode;

use manyhands::clock::Clock;
use manyhands::params::{Kind, Param};
use manyhands::programs::{Machine, RunRequest, find};
use manyhands::report::Report;
use manyhands::runtime::Pool;
use serde_json::{Map, Value, json};

const OPTIONS: [&str; 3] = ["processors", "structure", "seed"];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let id = words.next().unwrap_or_default();
    let pairs: Vec<_> = words.collect();
    match run(&id, &pairs) {
        Ok(report) => {
            println!("{}", native::to_json(&report));
            ExitCode::SUCCESS
        }
        Err(sentences) => {
            sentences.iter().for_each(|sentence| eprintln!("{sentence}"));
            ExitCode::FAILURE
        }
    }
}

fn run(id: &str, pairs: &[String]) -> Result<Report, Vec<String>> {
    let machine = native::machine();
    let (params, options) = read(id, pairs, &machine)?;
    let request = RunRequest::check(&machine, id, &params, &options).map_err(|refusals| {
        refusals.into_iter().map(|refusal| refusal.sentence).collect::<Vec<_>>()
    })?;
    Ok(native::run(machine, &request, &Pool::new(request.processors), Clock::Real, None))
}

/// Reads words of the form "name=value" as parameters and options.
fn read(id: &str, pairs: &[String], machine: &Machine) -> Result<(Value, Value), Vec<String>> {
    let declared = find(id).map(|program| (program.params)(machine)).unwrap_or_default();
    let (mut params, mut options) = (Map::new(), Map::new());
    for pair in pairs {
        let Some((name, text)) = pair.split_once('=') else {
            return Err(vec![format!("Parameters are written name=value, not {pair}.")]);
        };
        let param = declared.iter().find(|param| param.name == name);
        let values = if OPTIONS.contains(&name) { &mut options } else { &mut params };
        values.insert(name.to_string(), value(param, text));
    }
    Ok((Value::Object(params), Value::Object(options)))
}

fn value(param: Option<&Param>, text: &str) -> Value {
    let number = |text: &str| text.trim().parse().map_or(json!(text), |number: f64| json!(number));
    match param.map(|param| &param.kind) {
        Some(Kind::List { .. }) => {
            text.split(',').filter(|item| !item.is_empty()).map(number).collect()
        }
        Some(Kind::Addresses) => text.split(',').filter(|item| !item.is_empty()).collect(),
        Some(Kind::Choice { .. }) => json!(text),
        _ => number(text),
    }
}
