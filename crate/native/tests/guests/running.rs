//! Runs the programs of tests/guests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use native::{Interrupts, NativeGuest};
use runtime::trace::{Batch, SourceLine};
use runtime::{End, Main, Pool, Run, Settings};

/// The lines that the programs name by their numbers.
fn lines() -> Vec<SourceLine> {
    (1..=5).map(|line| SourceLine { file: "prog.go".into(), line }).collect()
}

/// Returns the guest with this name. Each module is compiled once, because that takes longer than most
/// runs.
fn guest(name: &str) -> NativeGuest {
    static COMPILED: Mutex<BTreeMap<String, NativeGuest>> = Mutex::new(BTreeMap::new());
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let compile =
        || NativeGuest::new(guests::program(name), lines()).expect("the program is valid");
    let guest = compiled.entry(name.to_owned()).or_insert_with(compile);
    guest.renewed().expect("there is memory")
}

/// A program that was started, and its guest.
pub fn start(name: &str, arguments: (u32, u32)) -> (Arc<NativeGuest>, Main) {
    let guest = Arc::new(guest(name));
    let main = guest.main(arguments).expect("main is made");
    (guest, Main::Goroutine(main))
}

/// Runs a program, and returns the end of the run, what was recorded, and the program's answer.
pub fn run_traced(name: &str, arguments: (u32, u32), settings: Settings) -> (End, Batch, u64) {
    let (guest, main) = start(name, arguments);
    let pool = Pool::new(settings.processors);
    let settings = Settings { guest: Some(guest.clone()), ..settings };
    let _interrupts = Interrupts::start(guest.clone(), settings.processors);
    let (end, batch) = Run::complete(&pool, settings, main);
    (end, batch, guest.call("answer", ()).expect("there is an answer"))
}

/// Runs a program, and returns the end of the run and the program's answer.
pub fn run(name: &str, arguments: (u32, u32), settings: Settings) -> (End, u64) {
    let (end, _, answer) = run_traced(name, arguments, settings);
    (end, answer)
}
