//! The programs whose functions can pause, with pauses where the runtime wants them and with pauses
//! that are forced.

use runtime::trace::{Batch, Event, Reason};
use runtime::{Outcome, Settings};

use crate::programs::turns;
use crate::running::{run, run_traced};

/// A program with the two numbers that its `main` gets: the work and the number of goroutines.
type Program = (&'static str, (u32, u32));

/// Returns the program's answer, as plain Rust computes it.
fn answer((name, (work, goroutines)): Program) -> u64 {
    let (n, times) = (u64::from(work), u64::from(goroutines));
    match name {
        "counting" => (0..n).sum(),
        "fib" => times * (0..n).fold((0, 1), |(a, b), _| (b, a + b)).0,
        "recursion" => {
            let first = |number| n * number / times;
            (0..times).map(|number| (0..=first(number + 1) - first(number)).sum::<u64>()).sum()
        }
        "sieve" => {
            let is_prime =
                |n: &u32| (2..).take_while(|p| p * p <= *n).all(|p| !n.is_multiple_of(p));
            times * (2..work).filter(is_prime).count() as u64
        }
        "matrix" => {
            let product = |row, column| {
                (0..n).map(|k| (row * n + k) % 10 * ((k * n + column) % 7)).sum::<u64>()
            };
            let cell = |cell| product(cell / n, cell % n) * (cell % 3 + 1);
            times * (0..n * n).map(cell).sum::<u64>()
        }
        "mutex" => 4 * n * times,
        _ => panic!("there is no such program: {name}"),
    }
}

#[test]
fn each_program_is_right_on_one_processor_and_on_several() {
    let programs = [
        ("counting", (20_000_000, 4)),
        ("fib", (24, 4)),
        ("recursion", (200_000, 3)),
        ("recursion", (1_000_000, 1)),
        ("sieve", (500_000, 3)),
        ("matrix", (100, 3)),
        ("mutex", (1000, 8)),
    ];
    for program in programs {
        for processors in [1, 2, 8] {
            let settings = Settings { processors, ..Settings::default() };
            let (end, got) = run(program.0, program.1, settings);
            assert_eq!(end.outcome, Outcome::Completed, "{program:?}: {}", end.message);
            assert_eq!(got, answer(program), "{program:?} on {processors} processors");
        }
    }
}

#[test]
fn a_program_that_fills_its_memory_ends_with_a_sentence() {
    for processors in [1, 2, 8] {
        let settings = Settings { processors, ..Settings::default() };
        let (end, _) = run("allocates", (64, 4), settings.clone());
        assert_eq!(end.outcome, Outcome::Fatal, "{}", end.message);
        let expected = "failed: it reached code that must never be reached, at byte 0x";
        assert!(end.message.contains(expected), "{}", end.message);
        let (end, got) = run("mutex", (10, 2), settings);
        assert_eq!((end.outcome, got), (Outcome::Completed, 80), "{}", end.message);
    }
}

/// The programs that are run with forced pauses, and how many polls there are for one pause.
const PAUSED: [(Program, u32); 12] = [
    (("counting", (200_000, 3)), 1),
    (("counting", (5_000_000, 2)), 10),
    (("fib", (20, 3)), 1),
    (("fib", (27, 2)), 10),
    (("recursion", (1500, 3)), 1),
    (("recursion", (15_000, 2)), 10),
    (("sieve", (60_000, 2)), 1),
    (("sieve", (600_000, 2)), 10),
    (("matrix", (12, 3)), 1),
    (("matrix", (50, 2)), 10),
    (("mutex", (30, 4)), 1),
    (("mutex", (300, 4)), 10),
];

/// The largest number of pauses in such a run, so that a thousand seeds take minutes and not hours.
const MOST_PAUSES: usize = 2000;

/// The smallest number of pauses in such a run, so that the pauses happen at many points.
const LEAST_PAUSES: usize = 100;

/// Returns how many turns ended for this reason.
fn stops(batch: &Batch, why: Reason) -> usize {
    let stopped =
        |event: &Event| matches!(event, Event::TaskStopped { reason, .. } if *reason == why);
    batch.events.iter().filter(|(_, timed)| stopped(&timed.event)).count()
}

#[test]
fn goroutines_wait_for_a_mutex_that_another_has_locked() {
    let settings = Settings { forced_pauses: 1, ..Settings::default() };
    let (_, batch, _) = run_traced("mutex", (30, 4), settings);
    assert!(stops(&batch, Reason::Mutex) >= 30);
}

/// A time slice on one processor is a number of polls, and a poll at the entry of a function counts. So
/// two runs have the same order, although their functions are interrupted at different times.
#[test]
fn the_order_of_calls_that_pause_does_not_depend_on_the_time() {
    for program in [("fib", (28, 3)), ("sieve", (3_000_000, 3)), ("recursion", (100_000, 3))] {
        let order = || turns(&run_traced(program.0, program.1, Settings::default()).1);
        let first = order();
        assert!(first.len() > 10, "{program:?}: {} turns", first.len());
        for _ in 0..5 {
            assert_eq!(order(), first, "{program:?}");
        }
    }
}

#[test]
fn the_number_of_forced_pauses_is_within_its_limits() {
    for (program, forced_pauses) in PAUSED {
        let settings = Settings { forced_pauses, ..Settings::default() };
        let (end, batch, _) = run_traced(program.0, program.1, settings);
        assert_eq!(end.outcome, Outcome::Completed, "{program:?}: {}", end.message);
        let pauses = stops(&batch, Reason::Yielded);
        assert!((LEAST_PAUSES..=MOST_PAUSES).contains(&pauses), "{program:?}: {pauses} pauses");
    }
}

/// Runs each program with forced pauses and with each of these seeds, on 1, 2 or 8 processors.
fn pause_with_seeds(seeds: std::ops::Range<u32>) {
    for (program, forced_pauses) in PAUSED {
        let expected = answer(program);
        for seed in seeds.clone() {
            let processors = [1, 2, 8][seed as usize % 3];
            let settings =
                Settings { processors, seed, forced_pauses, traced: false, ..Settings::default() };
            let (end, got) = run(program.0, program.1, settings);
            assert_eq!(end.outcome, Outcome::Completed, "{program:?}: {}", end.message);
            assert_eq!(got, expected, "{program:?} on {processors} processors with seed {seed}");
        }
    }
}

#[test]
fn forced_pauses_change_no_answer() {
    pause_with_seeds(0..50);
}

/// `cargo test --package native -- --ignored` runs this test.
#[test]
#[ignore = "takes minutes"]
fn forced_pauses_change_no_answer_with_a_thousand_seeds() {
    pause_with_seeds(0..1000);
}
