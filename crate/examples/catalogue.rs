//! Prints the catalogue as JSON. The page uses this output before its WebAssembly has started.
//!
//!     cargo run --example catalogue
//!
//! The output equals that of `Host::programs`, except for defaults that depend on the machine. Such
//! a default is a rule instead of a value: `{"cores": [4, 16]}` is the number of cores that the
//! browser reports, but at least 4 and at most 16. A rule is derived from the defaults for the
//! lowest and the highest number of cores, and then checked for every number of cores. So a rule
//! always gives the correct defaults.

use manyhands::programs::{Machine, lesson_programs};
use serde_json::{Value, json};

/// More cores than any browser reports.
const MOST_CORES: usize = 1024;

fn main() {
    println!("{}", with_rules());
}

/// Returns the catalogue, with a rule for each default that depends on the machine.
fn with_rules() -> Value {
    let mut programs = programs_of(&machine(1, true));
    let many = programs_of(&machine(MOST_CORES, true));
    for (program, other) in lists(&mut programs).zip(many.as_array().expect("a list of programs")) {
        for (param, other) in
            lists(&mut program["params"]).zip(other["params"].as_array().expect("a list"))
        {
            if param["default"] != other["default"] {
                param["default"] = json!({ "cores": [param["default"], other["default"]] });
            }
        }
    }
    for cores in 1..=MOST_CORES {
        let expected = resolved(&programs, cores);
        for isolated in [false, true] {
            assert_eq!(
                expected,
                programs_of(&machine(cores, isolated)),
                "no rule gives the defaults on {cores} cores"
            );
        }
    }
    programs
}

/// Returns the catalogue with each rule replaced by the default that the rule gives.
fn resolved(programs: &Value, cores: usize) -> Value {
    let mut programs = programs.clone();
    for program in lists(&mut programs) {
        for param in lists(&mut program["params"]) {
            if let Some([least, most]) = param["default"]["cores"].as_array().map(Vec::as_slice) {
                let limit = |value: &Value| value.as_i64().expect("a number of cores");
                param["default"] = json!((cores as i64).clamp(limit(least), limit(most)));
            }
        }
    }
    programs
}

fn programs_of(machine: &Machine) -> Value {
    lesson_programs().iter().map(|program| program.to_json(machine)).collect()
}

fn machine(cores: usize, isolated: bool) -> Machine {
    Machine { cores, isolated, steps_per_ms: 400_000.0 }
}

fn lists(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_array_mut().expect("a list").iter_mut()
}
