//! The benchmark rows of the comparison with Go, for this runtime. Each row repeats one operation
//! and is measured. `tests/peers/rows.go` does the same work, in the same amounts.

use std::hint::black_box;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use manyhands::runtime::{Settings, WaitGroup, channel, checkpoint, go, yield_now};

#[cfg(target_arch = "wasm32")]
mod web;

/// One benchmark row: an operation, how often it is repeated, and the program that repeats it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The operation's name.
    pub name: &'static str,
    /// The number of operations in a measurement.
    pub operations: u32,
    /// Makes the program's `main` for a number of operations.
    pub main: fn(u32) -> Main,
    /// How long a task may compute before other tasks get its processor. Zero means no limit.
    slice: Duration,
}

/// A program's `main`.
pub type Main = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Makes a row without time slices.
const fn row(name: &'static str, operations: u32, main: fn(u32) -> Main) -> Row {
    Row { name, operations, main, slice: Duration::ZERO }
}

/// All rows.
pub const ROWS: [Row; 9] = [
    row("ping-pong", 200_000, |n| Box::pin(ping_pong(n))),
    row("yield", 400_000, |n| Box::pin(yields(n))),
    row("create", 200_000, |n| Box::pin(create(n))),
    row("create-block-release", 100_000, |n| Box::pin(create_block_release(n))),
    row("buffered", 1_000_000, |n| Box::pin(buffered(n))),
    row("sieve", 500, |n| Box::pin(sieve(n))),
    row("fan-out", 100_000, |n| Box::pin(fan_out(n))),
    row("cpu", 8, |n| Box::pin(cpu(n))),
    Row { slice: Duration::from_millis(1), ..row("slices", 8, |n| Box::pin(slices(n))) },
];

impl Row {
    /// Returns the settings with which the row is executed.
    pub fn settings(&self, processors: usize, traced: bool) -> Settings {
        Settings { processors, traced, time_slice: self.slice, ..Settings::default() }
    }
}

async fn ping_pong(n: u32) {
    let (ping, pinged) = channel(0);
    let (pong, ponged) = channel(0);
    go("pong", async move {
        while let Some(value) = pinged.recv().await {
            pong.send(value + 1).await;
        }
        pong.close();
    });
    let mut value = 0;
    for _ in 0..n {
        ping.send(value).await;
        value = ponged.recv().await.expect("pong answers");
    }
    ping.close();
    assert_eq!(value, n, "a value was lost");
}

async fn yields(n: u32) {
    let group = WaitGroup::new();
    for _ in 0..4 {
        group.add(1);
        let group = group.clone();
        go("yields", async move {
            for _ in 0..n / 4 {
                yield_now().await;
            }
            group.done();
        });
    }
    group.wait().await;
}

async fn create(n: u32) {
    let group = WaitGroup::new();
    for _ in 0..n {
        group.add(1);
        let group = group.clone();
        go("empty", async move { group.done() });
    }
    group.wait().await;
}

async fn create_block_release(n: u32) {
    blocked_tasks(n, || {}).await;
}

/// Creates `n` tasks that wait for a channel to close. When all of them wait, calls `all_wait` and
/// closes the channel.
pub async fn blocked_tasks(n: u32, all_wait: impl FnOnce()) {
    let group = WaitGroup::new();
    let (gate, gated) = channel::<u32>(0);
    let waiting = Arc::new(AtomicU32::new(0));
    for _ in 0..n {
        group.add(1);
        let (group, gated, waiting) = (group.clone(), gated.clone(), waiting.clone());
        go("waits", async move {
            waiting.fetch_add(1, Ordering::Relaxed);
            gated.recv().await;
            group.done();
        });
    }
    while waiting.load(Ordering::Relaxed) < n {
        yield_now().await;
    }
    all_wait();
    gate.close();
    group.wait().await;
}

async fn buffered(n: u32) {
    let (values, received) = channel(64);
    go("sends", async move {
        for value in 0..n {
            values.send(u64::from(value)).await;
        }
        values.close();
    });
    let mut sum = 0;
    while let Some(value) = received.recv().await {
        sum += value;
    }
    assert_eq!(sum, u64::from(n) * u64::from(n - 1) / 2, "a value was lost");
}

async fn sieve(n: u32) {
    let (generator, mut numbers) = channel(0);
    go("counts", async move {
        for number in 2u32.. {
            generator.send(number).await;
        }
    });
    let mut prime = 0;
    for _ in 0..n {
        prime = numbers.recv().await.expect("there is always a next prime");
        let (passes, passed) = channel(0);
        let from = std::mem::replace(&mut numbers, passed);
        go("filters", async move {
            while let Some(number) = from.recv().await {
                if number % prime != 0 {
                    passes.send(number).await;
                }
            }
        });
    }
    assert!(n != 500 || prime == 3571, "the 500th prime is 3571");
}

async fn fan_out(n: u32) {
    let (jobs, taken) = channel(0);
    let (results, collected) = channel(0);
    go("generates", async move {
        for job in 0..n {
            jobs.send(job).await;
        }
        jobs.close();
    });
    for _ in 0..4 {
        let (taken, results) = (taken.clone(), results.clone());
        go("computes", async move {
            while let Some(job) = taken.recv().await {
                results.send(steps(job + 1, 100)).await;
            }
        });
    }
    let mut sum = 0u32;
    for _ in 0..n {
        sum = sum.wrapping_add(collected.recv().await.expect("each job has a result"));
    }
    assert_ne!(sum, 0, "nothing was computed");
}

async fn cpu(n: u32) {
    let group = WaitGroup::new();
    for task in 0..n {
        group.add(1);
        let group = group.clone();
        go("computes", async move {
            black_box(steps(task + 1, 20_000_000));
            group.done();
        });
    }
    group.wait().await;
}

/// Does what `cpu` does, but with a checkpoint every 10,000 steps. A task yields at a checkpoint if
/// its time slice is over.
async fn slices(n: u32) {
    let group = WaitGroup::new();
    for task in 0..n {
        group.add(1);
        let group = group.clone();
        go("computes", async move {
            let mut state = task + 1;
            for _ in 0..2_000 {
                state = steps(state, 10_000);
                checkpoint().await;
            }
            black_box(state);
            group.done();
        });
    }
    group.wait().await;
}

/// Takes `n` steps of xorshift from a state other than 0, and returns the last state.
fn steps(mut state: u32, n: u32) -> u32 {
    for _ in 0..n {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
    }
    state
}
