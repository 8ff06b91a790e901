//! Everything that can go wrong in a program, on request.
//!
//! It is no lesson, and only scripts reach it. Each fault is a real one; what the page makes of
//! it is tested with this program. Main waits, most often beside another task, so that there is
//! something to be seen up to the fault. Then it fails as it was told to.

use std::hint::black_box;
use std::panic::panic_any;
use std::time::Duration;

use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::{Input, Machine, Program, Results, work};
use crate::runtime::io::{Request, perform};
use crate::runtime::{Structure, WaitGroup, channel, checkpoint, go, launch, print, sleep};

/// Its entry among the programs for scripts.
pub const PROGRAM: Program = Program {
    id: "fault",
    title: "Fault",
    lesson: "what can go wrong",
    summary: "Main fails in the way that is asked for.",
    structures: &[Structure::Concurrent],
    params,
    estimated_duration,
    workload_param: "afterMs",
    refuse: |_| None,
    time_slice: |_| Duration::from_millis(10),
    compares_times: true,
    main: |input| Box::pin(main(input)),
};

/// The faults, in the order of how far they reach: "panic", "several" and "payload" are a task's
/// own and end its run; "deadlock" is all tasks' together and ends it, too; "outside" is a pool
/// thread's between two runs; "trap", "memory" and "stack" poison the module for all its threads;
/// "host" and "silence" are the host's. "none" is what the others are compared with.
const FAULTS: [&str; 11] = [
    "panic", "several", "payload", "deadlock", "outside", "trap", "memory", "stack", "host",
    "silence", "none",
];

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::choice("fault", "Fault", FAULTS.to_vec()).primary().help("What goes wrong."),
        Param::integer("afterMs", "After", 0..=10_000, 100)
            .unit("ms")
            .help("How long all goes well before."),
        Param::addresses("waitFor", "Wait for")
            .help("Addresses that main asks for, and whose answers it waits for, before it fails."),
    ]
}

/// The host asks for this before it starts anything, so here it can be made to fail itself.
fn estimated_duration(values: &Values, machine: &Machine, _: Structure) -> Duration {
    match values.choice("fault") {
        "host" => panic!("the host failed because it was asked to"),
        "silence" => {
            black_box(work::without_looking_up(machine.steps(Duration::from_secs(60))));
        }
        _ => {}
    }
    values.millis("afterMs")
}

async fn main(input: Input) -> Results {
    let (fault, after) = (input.values.choice("fault"), input.values.millis("afterMs"));
    print("All goes well so far.");
    if fault == "deadlock" {
        deadlock(after).await;
    }
    go("bystander", async {
        loop {
            sleep(Duration::from_millis(5)).await;
        }
    });
    sleep(after).await;
    for address in input.values.addresses("waitFor") {
        // Whatever the answer is: a test holds it back until it has seen what it wants to see.
        let request = Request { address: address.clone(), limit: Duration::from_secs(600) };
        let _ = perform(request).await;
    }
    match fault {
        "panic" => panic!("a task failed because it was asked to"),
        "several" => several().await,
        "payload" => panic_any(Spiteful),
        // It comes to its turn when the run's processors have left.
        "outside" => rayon::spawn(|| panic!("a thread failed because it was asked to")),
        "trap" => std::process::abort(),
        "memory" => fill_memory(),
        "stack" => {
            black_box(deep(black_box(u64::MAX)));
        }
        _ => {}
    }
    Results::new(json!({}), json!({}))
}

/// Tasks that all fail at the first moment at which each of them can.
async fn several() {
    let group = WaitGroup::new();
    for _ in 0..8 {
        let fails = async {
            for _ in 0..64 {
                checkpoint().await;
            }
            panic!("one of several tasks failed because it was asked to");
        };
        launch(&group, "fails", fails).await;
    }
    group.wait().await;
}

/// Two tasks that each wait for the other's word before they say their own, and main, which comes
/// to wait for the result of both. Only then is it a deadlock: nothing is left that sleeps.
///
/// The channels' ids are 0 from right to left, 1 from left to right, and 2 for the results.
async fn deadlock(after: Duration) {
    let (to_left, from_right) = channel(0);
    let (to_right, from_left) = channel(0);
    let (to_main, results) = channel(0);
    for (name, from_other, to_other) in
        [("left", from_right, to_right), ("right", from_left, to_left)]
    {
        let to_main = to_main.clone();
        go(name, async move {
            let heard = from_other.recv().await;
            to_other.send(()).await;
            to_main.send(heard).await;
        });
    }
    sleep(after).await;
    results.recv().await;
    results.recv().await;
}

/// What a panic carries is dropped by whoever caught it.
struct Spiteful;

impl Drop for Spiteful {
    fn drop(&mut self) {
        panic!("what a panic carried failed as well");
    }
}

/// Takes memory until none is given: far more than a page's module may have, and little enough
/// to be promised natively, where nobody touches it.
fn fill_memory() {
    let taken: Vec<Vec<u8>> = (0..256).map(|_| Vec::with_capacity(16 << 20)).collect();
    drop(black_box(taken));
    panic!("there is no end of memory here");
}

/// Recursion without a bound. All that a frame holds is on the browser's stack and nothing in the
/// module's memory, where no guard stands at the end of a thread's part.
fn deep(n: u64) -> u64 {
    if n == 0 { 0 } else { deep(n - 1).wrapping_mul(n) ^ n }
}
