//! A program that fails in the way that its parameter `fault` names.
//!
//! No lesson shows this program: only scripts start it. Tests use it to see how the page handles
//! real faults. Main first waits, while other tasks run, so that the trace has events from before
//! the fault. Then main fails.

use std::hint::black_box;
use std::panic::panic_any;
use std::time::Duration;

use crate::params::{Param, Values};
use crate::programs::support::{Input, Machine, Program, Results, work};
use crate::runtime::io::{Request, perform};
use crate::runtime::{Structure, WaitGroup, channel, checkpoint, go, launch, print, sleep};

/// The program's entry in the list of programs for scripts.
pub fn program() -> Program {
    Program {
        id: "fault".into(),
        title: "Fault".into(),
        lesson: "what can go wrong".into(),
        summary: "Main fails in the way that is asked for.".into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "afterMs".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input))),
    }
}

/// The faults, ordered by how much they affect:
///
/// - "panic", "several" and "payload" happen in a task and end the run;
/// - "deadlock" blocks all tasks and ends the run;
/// - "outside" happens in a thread of the pool, between two runs;
/// - "trap", "memory" and "stack" make the module unusable for all its threads;
/// - "host" and "silence" happen in the host;
/// - "none" is no fault. Tests compare the faults with this case.
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

/// Estimates the duration. The host calls this function before it starts a run, so the faults
/// "host" and "silence" happen in this function.
fn estimated_duration(values: &Values, machine: &Machine, _: Structure) -> Duration {
    match values.choice("fault") {
        "host" => panic!("the host failed because it was asked to"),
        "silence" => {
            black_box(work::without_checkpoints(machine.steps(Duration::from_secs(60))));
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
        // The content of the answer does not matter. A test delays the answer until the page shows
        // what the test checks.
        let request = Request { address: address.clone(), limit: Duration::from_secs(600) };
        let _ = perform(request).await;
    }
    match fault {
        "panic" => panic!("a task failed because it was asked to"),
        "several" => several().await,
        "payload" => panic_any(PanicsWhenDropped),
        // A thread of the pool runs this closure only when its processor has left the run.
        "outside" => rayon::spawn(|| panic!("a thread failed because it was asked to")),
        "trap" => std::process::abort(),
        "memory" => fill_memory(),
        "stack" => {
            black_box(recurse(black_box(u64::MAX)));
        }
        _ => {}
    }
    Results::without_answer()
}

/// Launches eight tasks. Each of them passes 64 checkpoints and then panics.
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

/// Causes a deadlock. Each of two tasks waits for a message from the other task before it sends its
/// own message. Main sleeps for `after` and then waits for the results of both tasks. The deadlock
/// begins when main no longer sleeps: from then on nothing can wake any task.
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

/// A panic's payload whose destructor panics, too. The code that catches the first panic drops this
/// payload.
struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("what a panic carried failed as well");
    }
}

/// Asks for 4 GiB of memory, far more than a page's module may have. Natively the allocations can
/// succeed, because nothing touches the memory, and then this function panics.
fn fill_memory() {
    let taken: Vec<Vec<u8>> = (0..256).map(|_| Vec::with_capacity(16 << 20)).collect();
    drop(black_box(taken));
    panic!("there is no end of memory here");
}

/// Calls itself `n` levels deep, far deeper than any stack allows. Each frame uses only the
/// browser's stack. A thread's stack in the module's memory has no guard at its end, so this
/// function must not overflow that stack.
fn recurse(n: u64) -> u64 {
    if n == 0 { 0 } else { recurse(n - 1).wrapping_mul(n) ^ n }
}
