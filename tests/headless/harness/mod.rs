//! A harness that runs one suite in two worlds: natively by `cargo test`, and in a browser's worker
//! by `wasm-pack test`.
//!
//! Each module of a suite lists its tests in `both_worlds!` and defines them as plain functions. A
//! function that is not listed is dead code, which the lints refuse. The worlds differ only in
//! where a pool of two threads comes from (`native`, `browser`).
//!
//! A test has a manual clock unless it asks for real time. The manual clock stands still while a
//! task can run, so a test of time is exact and takes no real time.

#[cfg_attr(target_arch = "wasm32", path = "browser.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "native.rs")]
mod world;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use manyhands::clock::Clock;
use manyhands::runtime::{End, Outcome, Run, Settings};
use manyhands::trace::{Batch, EndedBy, Name, Nanos};

pub use world::*;

/// The number of threads of the pool.
pub const THREADS: usize = 2;

/// Returns settings for this number of processors, with a manual clock.
pub fn processors(processors: usize) -> Settings {
    Settings { processors, clock: Clock::manual(), ..Settings::default() }
}

/// The end of a run, and all that was recorded.
#[derive(Debug)]
pub struct Told {
    pub end: End,
    pub batch: Batch,
}

impl Told {
    /// Returns the printed lines in the order in which they were printed.
    pub fn said(&self) -> Vec<&str> {
        self.lines().map(|(_, line)| line).collect()
    }

    /// Returns the printed lines, each with its time, in the order in which they were printed.
    pub fn lines(&self) -> impl Iterator<Item = (Nanos, &str)> {
        let text = |bytes| str::from_utf8(bytes).expect("print writes text").trim_end();
        self.batch.output.chunks().map(move |(line, bytes)| (line.at, text(bytes)))
    }

    /// Returns how the tasks of this name ended.
    pub fn ended_by(&self, name: &'static str) -> Vec<EndedBy> {
        let named = |task| {
            let is_it = |entry: &&manyhands::trace::Named| entry.task == task;
            self.batch.names.iter().find(is_it).is_some_and(|entry| entry.name == Name::from(name))
        };
        let ended = self.batch.ended.iter().filter(|sums| named(sums.task));
        ended.map(|sums| sums.ended_by).collect()
    }
}

/// Runs `main`, and accepts any outcome.
pub fn run(settings: Settings, main: impl Future<Output = ()> + Send + 'static) -> Told {
    let pool = pool();
    let (end, batch) = Run::complete(&pool, settings, main);
    Told { end, batch }
}

/// Runs `main`, which has to return. A failed assertion inside a task ends the run, and so fails
/// the test.
#[track_caller]
pub fn complete(settings: Settings, main: impl Future<Output = ()> + Send + 'static) -> Told {
    let told = run(settings, main);
    assert_eq!(told.end.outcome, Outcome::Completed, "{}", told.end.message);
    told
}

/// Runs `main` on one processor and on two. `main` has to return in both runs.
#[track_caller]
pub fn on_one_and_two<F: Future<Output = ()> + Send + 'static>(main: impl Fn() -> F) {
    for count in 1..=THREADS {
        complete(processors(count), main());
    }
}

/// Runs `main` on one processor and on two. Both runs have to end with `outcome` and with a message
/// that contains each of `words`.
#[track_caller]
pub fn ends_on_one_and_two<F: Future<Output = ()> + Send + 'static>(
    outcome: Outcome,
    words: &[&str],
    main: impl Fn() -> F,
) {
    for count in 1..=THREADS {
        let Told { end, .. } = run(processors(count), main());
        assert_eq!(end.outcome, outcome, "{}", end.message);
        for word in words {
            assert!(end.message.contains(word), "“{}” does not say “{word}”", end.message);
        }
    }
}

/// Returns a duration of this many milliseconds.
pub const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Locks `mutex`, even if it is poisoned.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
