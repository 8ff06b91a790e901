//! The hand-written programs, on one processor and on several.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use native::Interrupts;
use runtime::io::{Completion, Poller, Request, Response};
use runtime::trace::{Batch, ChannelOp, Event, Reason, Stream, TaskId, Timed};
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

/// Each operation on a channel is recorded with its number, its task and its line.
#[test]
fn operations_on_channels_are_recorded_with_their_lines() {
    const ROUNDS: u32 = 100;
    for processors in [1, 2, 8] {
        let settings = Settings { processors, ..Settings::default() };
        let (end, batch, _) = run_traced("ping_pong", (ROUNDS, 0), settings);
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
        let line = |timed: &Timed| Some(batch.places[usize::from(timed.place?)].line);
        let mut operations = Vec::new();
        for (_, timed) in &batch.events {
            match timed.event {
                Event::Channel { channel, op, task, operation, .. } => {
                    operations.push((channel, operation, op, task, line(timed)));
                }
                Event::TaskStopped { task, reason, channel, .. } => {
                    let expected = match (task, reason, channel) {
                        (0, Reason::Send, Some(0)) => 2,
                        (0, Reason::Receive, Some(1)) => 3,
                        (1, Reason::Receive, Some(0)) => 4,
                        (1, Reason::Send, Some(1)) => 5,
                        other => panic!("{other:?}"),
                    };
                    assert_eq!(line(timed), Some(expected));
                }
                Event::TaskCreated { task: 1, .. } => assert_eq!(line(timed), Some(1)),
                _ => {}
            }
        }
        operations.sort_unstable_by_key(|(channel, operation, ..)| (*channel, *operation));
        let expected = (0..2).flat_map(|channel| {
            let of = move |operation: u32| match operation % 2 {
                0 => (channel, operation, ChannelOp::Send, channel, Some([2, 5][channel as usize])),
                _ => {
                    let (receiver, line) = (1 - channel, [4, 3][channel as usize]);
                    (channel, operation, ChannelOp::Receive, receiver, Some(line))
                }
            };
            (0..2 * ROUNDS).map(of)
        });
        assert!(operations.into_iter().eq(expected));
    }
}

#[test]
fn a_goroutine_sleeps_until_its_deadline() {
    for processors in [1, 2] {
        let settings = Settings { processors, ..Settings::default() };
        let (end, answer) = run("sleeps", (5, 2), settings);
        assert_eq!((end.outcome, answer), (Outcome::Completed, 5), "{}", end.message);
    }
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
            assert_eq!(end.outcome, Outcome::Fatal, "{}", end.message);
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

#[test]
fn a_program_ends_its_run_with_an_exit_code() {
    for (kind, outcome) in [(0, Outcome::Exited), (1, Outcome::Panicked), (2, Outcome::Fatal)] {
        for processors in [1, 2, 8] {
            let settings = Settings { processors, ..Settings::default() };
            let (end, _) = run("exits", (kind, 3), settings);
            assert_eq!((end.outcome, end.exit_code), (outcome, Some(3)), "{}", end.message);
        }
    }
}

#[test]
fn a_program_writes_to_two_streams_and_explains_its_end() {
    let settings = Settings::default();
    let (end, batch, _) = run_traced("prints", (2, 7), settings);
    assert_eq!((end.outcome, end.exit_code), (Outcome::Panicked, Some(7)));
    assert_eq!(end.message, "panic: it ends\n");
    let chunks: Vec<_> =
        batch.output.chunks().map(|(chunk, bytes)| (chunk.stream, bytes)).collect();
    let (first, rest, error) = (&b"Many Hands. \xc3"[..], &b"\xa4\n"[..], &b"1 error\n"[..]);
    let once = [(Stream::Stdout, first), (Stream::Stdout, rest), (Stream::Stderr, error)];
    assert_eq!(chunks, [once, once].concat());
}

/// A host that answers at once, on the thread of the processor.
#[derive(Debug)]
struct AnswersAtOnce;

impl Poller for AnswersAtOnce {
    fn submit(&self, Request { address, limit }: Request, completion: Completion) {
        assert_eq!(limit, Duration::from_secs(10));
        completion.complete(match address.as_str() {
            "index.html" => Ok(Response { status: 200, bytes: 1 << 20 }),
            other => Err(format!("“{other}” gave no answer.")),
        });
    }
}

/// A host that answers later, on a thread of its own.
#[derive(Debug)]
struct AnswersLater;

impl Poller for AnswersLater {
    fn submit(&self, request: Request, completion: Completion) {
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(2));
            AnswersAtOnce.submit(request, completion);
        });
    }
}

#[test]
fn a_program_gets_the_answers_to_its_requests() {
    let pollers: [Arc<dyn Poller>; 2] = [Arc::new(AnswersAtOnce), Arc::new(AnswersLater)];
    for (poller, processors) in pollers.into_iter().flat_map(|it| [(it.clone(), 1), (it, 2)]) {
        let settings = Settings { processors, poller: Some(poller), ..Settings::default() };
        let (end, answer) = run("requests", (0, 0), settings.clone());
        assert_eq!((end.outcome, answer), (Outcome::Completed, 200 << 32 | 1 << 20));
        let (end, batch, answer) = run_traced("requests", (1, 0), settings);
        assert_eq!((end.outcome, answer), (Outcome::Completed, 0));
        let (_, bytes) = batch.output.chunks().next().expect("there is a message");
        assert_eq!(String::from_utf8_lossy(bytes), "“http://127.0.0.1:1/” gave no answer.");
    }
    let (end, answer) = run("requests", (0, 0), Settings::default());
    assert_eq!((end.outcome, answer), (Outcome::Completed, 0), "no host performs requests");
}

#[test]
fn all_processors_stop_for_a_collection() {
    check("collects", (8, 64), 512);
    let settings = Settings { processors: 2, forced_pauses: 1, ..Settings::default() };
    let (end, answer) = run("collects", (8, 64), settings);
    assert_eq!((end.outcome, answer), (Outcome::Completed, 512), "{}", end.message);
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
