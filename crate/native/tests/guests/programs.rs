//! The hand-written programs, on one processor and on several.

use std::sync::mpsc;

use native::Interrupts;
use runtime::trace::{Batch, Event, Reason, TaskId};
use runtime::{Outcome, Pool, Run, Settings};

use crate::running::{run, run_traced, start};

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
fn goroutines_compute() {
    check("computes", (4, 1000), 4_000_000);
}

/// Returns the task of each turn, in the order of the turns. The run must have one processor.
pub fn turns(batch: &Batch) -> Vec<TaskId> {
    let turn = |event: &Event| match *event {
        Event::TaskStarted { task, .. } => Some(task),
        _ => None,
    };
    batch.events.iter().filter_map(|(_, timed)| turn(&timed.event)).collect()
}

/// Returns how many turns ended because the goroutine yielded.
fn yields(batch: &Batch) -> usize {
    let yielded =
        |event: &Event| matches!(event, Event::TaskStopped { reason: Reason::Yielded, .. });
    batch.events.iter().filter(|(_, timed)| yielded(&timed.event)).count()
}

/// A time slice on one processor is a number of polls, and an interruption does not change it.
#[test]
fn the_order_on_one_processor_does_not_depend_on_the_time() {
    for seed in 0..10 {
        let settings = Settings { seed, ..Settings::default() };
        let (end, batch, _) = run_traced("computes", (3, 5000), settings.clone());
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
        assert_eq!(yields(&batch), 3 * 5, "1000 polls are a slice");

        let (guest, main) = start("computes", (3, 5000));
        let settings = Settings { guest: Some(guest.clone()), ..settings };
        let (send, ended) = mpsc::channel();
        let run = Run::start(&Pool::new(1), settings, main, move |end| {
            send.send(end).expect("the test waits");
        });
        while ended.try_recv().is_err() {
            guest.call::<u32, ()>("interrupt", 1).expect("the guest is intact");
        }
        assert_eq!(turns(&run.recorder().drain()), turns(&batch));
    }
}

#[test]
fn pauses_are_forced_as_the_seed_chooses() {
    let with = |forced_pauses, seed| {
        let settings = Settings { forced_pauses, seed, ..Settings::default() };
        let (end, batch, answer) = run_traced("computes", (3, 200), settings);
        assert_eq!((end.outcome, answer), (Outcome::Completed, 600_000), "{}", end.message);
        batch
    };
    assert_eq!(yields(&with(1, 1)), 3 * 200, "every poll is a pause");
    let orders: Vec<_> = [1, 1, 2].into_iter().map(|seed| turns(&with(10, seed))).collect();
    assert_eq!(orders[0], orders[1]);
    assert_ne!(orders[0], orders[2]);
    for processors in [2, 8] {
        for seed in 0..20 {
            let settings = Settings { processors, seed, forced_pauses: 1, ..Settings::default() };
            let (end, answer) = run("computes", (8, 100), settings);
            assert_eq!((end.outcome, answer), (Outcome::Completed, 800_000), "{}", end.message);
        }
    }
}

#[test]
fn stop_ends_goroutines_that_switch_or_poll() {
    // The Fibonacci number of 60 takes hours.
    for (name, arguments) in
        [("yields", (4, u32::MAX)), ("computes", (4, u32::MAX)), ("fib", (60, 4))]
    {
        for processors in [1, 2, 8] {
            let (guest, main) = start(name, arguments);
            let settings =
                Settings { processors, guest: Some(guest.clone()), ..Settings::default() };
            let _interrupts = Interrupts::start(guest, processors);
            let (send, ended) = mpsc::channel();
            let run = Run::start(&Pool::new(processors), settings, main, move |end| {
                send.send(end).expect("the test waits");
            });
            // Wait until the goroutines have had turns.
            let mut events = 0;
            while events < 40 {
                std::thread::yield_now();
                events += run.recorder().drain().events.len();
            }
            run.stop();
            assert_eq!(ended.recv().expect("the run ends").outcome, Outcome::Stopped);
        }
    }
}
