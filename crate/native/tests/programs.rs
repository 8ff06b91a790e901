//! The hand-written programs, on one processor and on several.

use std::sync::Arc;

use native::NativeGuest;
use runtime::{End, Main, Outcome, Pool, Run, Settings};

/// Runs a program, and returns the end of the run and the program's answer.
fn run(name: &str, arguments: (u32, u32), settings: Settings) -> (End, u64) {
    let guest = Arc::new(NativeGuest::new(guests::program(name)).expect("the program is valid"));
    let main: u32 = guest.call("main", arguments).expect("main is made");
    let pool = Pool::new(settings.processors);
    let settings = Settings { guest: Some(guest.clone()), ..settings };
    let (end, _) = Run::complete(&pool, settings, Main::Goroutine(main));
    (end, guest.call("answer", ()).expect("there is an answer"))
}

/// Runs a program on 1, 2 and 8 processors with several seeds, and checks its answer each time.
fn check(name: &str, arguments: (u32, u32), answer: u64) {
    for processors in [1, 2, 8] {
        for seed in 0..20 {
            let settings = Settings { processors, seed, ..Settings::default() };
            let (end, got) = run(name, arguments, settings);
            assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
            assert_eq!(got, answer, "{name} on {processors} processors with seed {seed}");
        }
    }
}

#[test]
fn goroutines_yield() {
    check("yields", (10, 100), 1000);
}

#[test]
fn goroutines_exchange_values() {
    check("ping_pong", (1000, 0), 2000);
}

#[test]
fn a_hundred_thousand_goroutines_wait_at_once() {
    for processors in [1, 2, 8] {
        let settings = Settings { processors, ..Settings::default() };
        let (end, answer) = run("blocked", (100_000, 0), settings);
        assert_eq!((end.outcome, answer), (Outcome::Completed, 100_000), "{}", end.message);
    }
}

/// What goroutines write over their own memory harms only their own run.
#[test]
fn a_guest_that_writes_everywhere_harms_no_other_run() {
    for byte in [1, 0x7f, 0xff] {
        for processors in [1, 2, 8] {
            let settings = Settings { processors, ..Settings::default() };
            let (end, _) = run("everywhere", (byte, 4), settings.clone());
            assert_ne!(end.outcome, Outcome::Completed, "{}", end.message);
            let (end, answer) = run("yields", (3, 10), settings);
            assert_eq!((end.outcome, answer), (Outcome::Completed, 30));
        }
    }
}

#[test]
fn a_trap_ends_the_run_and_the_next_run_is_right() {
    let kinds = [
        "it reached code that must never be reached",
        "it accessed memory outside its own",
        "it divided an integer by zero",
        "it called a function that is missing or has another signature",
        "it called a function that is missing or has another signature",
        "its calls are nested too deeply",
    ];
    const STACK: usize = 5;
    for processors in [1, 2] {
        for (kind, sentence) in kinds.into_iter().enumerate() {
            let settings = Settings { processors, ..Settings::default() };
            let (end, _) = run("traps", (kind as u32, 0), settings.clone());
            assert_eq!(end.outcome, Outcome::Panicked, "{}", end.message);
            // wasmtime does not say where the stack has ended.
            let place = if kind == STACK { "." } else { ", at byte 0x" };
            let expected = format!("Task “goroutine 1” failed: {sentence}{place}");
            assert!(end.message.starts_with(&expected), "{}", end.message);
            let (end, answer) = run("yields", (3, 10), settings);
            assert_eq!((end.outcome, answer), (Outcome::Completed, 30));
        }
    }
}

#[test]
fn stop_ends_goroutines_that_switch() {
    for processors in [1, 2, 8] {
        let guest = Arc::new(NativeGuest::new(guests::program("yields")).expect("it is valid"));
        let main: u32 = guest.call("main", (4u32, u32::MAX)).expect("main is made");
        let settings = Settings { processors, guest: Some(guest.clone()), ..Settings::default() };
        let (send, ended) = std::sync::mpsc::channel();
        let run = Run::start(&Pool::new(processors), settings, Main::Goroutine(main), move |end| {
            send.send(end).expect("the test waits");
        });
        // Wait until the goroutines have had turns.
        let mut turns = 0;
        while turns < 10_000 {
            std::thread::yield_now();
            turns += run.recorder().drain().events.len();
        }
        run.stop();
        assert_eq!(ended.recv().expect("the run ends").outcome, Outcome::Stopped);
    }
}
