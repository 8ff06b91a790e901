//! The output of whole runs, while a reader drains it and while nobody does.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use runtime::trace::{Batch, Event, MAIN, Named};
use runtime::{
    End, Next, Outcome, Pool, Run, Settings, Stream, WaitGroup, checkpoint, launch, print, write,
};

/// More than a task may write before it lets the reader drain.
const MUCH: usize = (1 << 20) + 1;

/// Returns all bytes of a stream.
fn bytes(batches: &[Batch], stream: Stream) -> Vec<u8> {
    let chunks = batches.iter().flat_map(|batch| batch.output.chunks());
    let own = chunks.filter(|(chunk, _)| chunk.stream == stream);
    own.flat_map(|(_, bytes)| bytes.iter().copied()).collect()
}

/// Starts `main` on one processor of a pool.
fn start(
    pool: &Pool,
    main: impl Future<Output = ()> + Send + 'static,
) -> (Run, mpsc::Receiver<End>) {
    let (send, end) = mpsc::channel();
    let run = Run::start(pool, Settings::default(), main, move |end| {
        let _ = send.send(end);
    });
    (run, end)
}

/// Writes `count` chunks to standard output that each are more than may wait for the reader.
async fn writes(count: usize) {
    for n in 0..count {
        write(Stream::Stdout, &vec![b'a' + n as u8; MUCH]);
        checkpoint().await;
    }
}

#[test]
fn both_streams_have_their_tasks_and_their_order() {
    let (end, batch) = Run::complete(&Pool::new(2), Settings::default(), async {
        let group = WaitGroup::new();
        launch(&group, "writer", async {
            print("one");
            write(Stream::Stderr, b"two\xff");
        })
        .await;
        group.wait().await;
        print("three");
    });
    assert_eq!(end.outcome, Outcome::Completed);
    let told: Vec<_> = batch.output.chunks().map(|(chunk, bytes)| (chunk.task, bytes)).collect();
    let expected: [(_, &[u8]); 3] =
        [(Some(1), b"one\n"), (Some(1), b"two\xff"), (Some(MAIN), b"three\n")];
    assert_eq!(told, expected);
    assert_eq!(bytes(std::slice::from_ref(&batch), Stream::Stdout), b"one\nthree\n");
    let mut numbers: Vec<_> = batch
        .events
        .iter()
        .filter_map(|(_, timed)| match timed.event {
            Event::Output { task, chunk } => Some((chunk, task)),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [(0, 1), (1, 1), (2, MAIN)]);
}

#[test]
fn a_reader_of_the_output_knows_the_name_of_each_task_that_wrote() {
    let (run, mut driver) = Run::here(Settings::default(), async {
        let group = WaitGroup::new();
        for _ in 0..1000 {
            launch(&group, "writer", async { print("one") }).await;
        }
        group.wait().await;
    });
    let mut names = Vec::<Named>::new();
    let mut chunks = 0;
    loop {
        let next = driver.turns(Duration::ZERO);
        let batch = run.recorder().drain();
        names.extend(batch.names.iter().cloned());
        for (chunk, _) in batch.output.chunks() {
            chunks += 1;
            assert!(names.iter().any(|named| Some(named.task) == chunk.task), "{chunk:?}");
        }
        if matches!(next, Next::Ended(_)) {
            break;
        }
    }
    assert_eq!(chunks, 1000);
}

#[test]
fn a_run_that_nobody_drains_ends_and_counts_what_it_drops() {
    let (end, batch) = Run::complete(&Pool::new(1), Settings::default(), writes(17));
    assert_eq!(end.outcome, Outcome::Completed);
    assert_eq!(bytes(&[batch], Stream::Stdout).len(), 16 << 20);
    assert_eq!(end.totals.dropped_bytes, [17 * MUCH as u64 - (16 << 20), 0]);
    assert_eq!(end.totals.dropped, 0, "each event was kept");
}

/// A task is never more than one chunk ahead of the reader. If the machine is so slow that a second
/// passes between two drains, the task may have stopped waiting, so nothing is known.
#[test]
fn a_task_that_writes_faster_than_the_reader_drains_waits_for_it() {
    let pool = Pool::new(1);
    let (go_on, may_begin) = mpsc::channel::<()>();
    let (run, end) = start(&pool, async move {
        may_begin.recv().unwrap();
        writes(8).await;
    });
    let mut drained = Instant::now();
    let mut batches = vec![run.recorder().drain()];
    go_on.send(()).unwrap();
    let end = loop {
        let before = Instant::now();
        let batch = run.recorder().drain();
        let is_in_time = drained.elapsed() < Duration::from_secs(1);
        drained = before;
        let written = bytes(std::slice::from_ref(&batch), Stream::Stdout).len();
        assert!(written <= MUCH || !is_in_time, "{written}");
        batches.push(batch);
        if let Ok(end) = end.recv_timeout(Duration::from_millis(10)) {
            break end;
        }
    };
    batches.push(run.recorder().drain());
    assert_eq!(end.outcome, Outcome::Completed);
    assert_eq!(end.totals.dropped_bytes, [0, 0]);
    let expected: Vec<u8> = (0..8).flat_map(|n| vec![b'a' + n; MUCH]).collect();
    assert!(bytes(&batches, Stream::Stdout) == expected);
}

#[test]
fn a_run_whose_task_waits_for_its_reader_can_be_stopped() {
    let pool = Pool::new(1);
    let (tell, written) = mpsc::channel();
    let (go_on, may_begin) = mpsc::channel::<()>();
    let (run, end) = start(&pool, async move {
        may_begin.recv().unwrap();
        loop {
            tell.send(()).unwrap();
            writes(1).await;
        }
    });
    run.recorder().drain();
    go_on.send(()).unwrap();
    written.recv().unwrap();
    run.stop();
    assert_eq!(end.recv().unwrap().outcome, Outcome::Stopped);
}

/// The host's own thread must not be blocked, and the run may have no other thread.
#[test]
fn on_the_hosts_thread_the_host_gets_its_thread_back() {
    let (run, mut driver) = Run::here(Settings::default(), writes(4));
    let mut batches = vec![run.recorder().drain()];
    let mut turns = 0;
    loop {
        let next = driver.turns(Duration::from_secs(600));
        batches.push(run.recorder().drain());
        turns += 1;
        match next {
            Next::Again => assert_eq!(bytes(&batches[turns..], Stream::Stdout).len(), MUCH),
            Next::Ended(end) => break assert_eq!(end.outcome, Outcome::Completed),
            next => panic!("{next:?}"),
        }
    }
    assert_eq!(turns, 5);
    // A host that does not drain gets its thread back at each checkpoint, and the run ends.
    let (run, mut driver) = Run::here(Settings::default(), writes(4));
    run.recorder().drain();
    while !matches!(driver.turns(Duration::from_secs(600)), Next::Ended(_)) {}
    assert_eq!(bytes(&[run.recorder().drain()], Stream::Stdout).len(), 4 * MUCH);
}
