//! Goroutines, whose code a guest executes. The guest of these tests is written in Rust: each of its
//! goroutines is a future, and a turn polls the future once.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use runtime::clock::Clock;
use runtime::guest_calls::{
    ENDED, answer, channel, current, deadline, exit, hand_over, next, now, operation, poll, print,
    request, start, task, wake,
};
use runtime::io::{Completion, Poller, Request};
use runtime::trace::{Batch, Event, ProcessorId, Reason, SourceLine};
use runtime::{
    End, Guest, Main, Next, Outcome, Pool, Run, Settings, Trap, TrapKind, go, yield_now,
};

type Body = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A guest whose goroutines are futures. A goroutine's handle is its index plus 1.
#[derive(Default)]
struct Futures {
    bodies: Mutex<Vec<Arc<Mutex<Option<Body>>>>>,
    /// How many times a processor has taken part in a collection.
    collections: AtomicU32,
    /// The number of goroutines that are running.
    inside: AtomicU32,
    /// The number of goroutines that were running during a collection.
    met: AtomicU32,
}

impl std::fmt::Debug for Futures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Futures")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panics while it holds a lock")
}

impl Futures {
    fn add(&self, body: impl Future<Output = ()> + Send + 'static) -> u32 {
        let mut bodies = lock(&self.bodies);
        bodies.push(Arc::new(Mutex::new(Some(Box::pin(body)))));
        bodies.len() as u32
    }

    /// Does what a guest does for Go's `go` statement. Returns the goroutine's number plus 1.
    fn go(&self, body: impl Future<Output = ()> + Send + 'static) -> u32 {
        start(self.add(body), 0)
    }
}

/// The payload of a panic that stands for a trap of the guest.
struct Traps;

impl Guest for Futures {
    fn lines(&self) -> Vec<SourceLine> {
        let line = |line| SourceLine { file: "prog.go".into(), line };
        vec![line(3), line(5), line(8)]
    }

    fn enter(&self) -> Result<(), String> {
        Ok(())
    }

    fn collect(&self, _: ProcessorId, _: usize) -> Result<(), Trap> {
        self.collections.fetch_add(1, Ordering::SeqCst);
        self.met.fetch_add(self.inside.load(Ordering::SeqCst), Ordering::SeqCst);
        Ok(())
    }

    fn turns(&self, mut handle: u32, _: ProcessorId) -> Result<(), Trap> {
        while handle != 0 {
            self.inside.fetch_add(1, Ordering::SeqCst);
            let ended = self.turn(handle)?;
            self.inside.fetch_sub(1, Ordering::SeqCst);
            handle = next(if ended { ENDED } else { REASON.get() }, 0, PLACE.get());
        }
        Ok(())
    }
}

impl Futures {
    /// Executes a turn of a goroutine. Returns whether the goroutine has ended. Random calls also
    /// give turns to goroutines that do not exist or have ended.
    fn turn(&self, handle: u32) -> Result<bool, Trap> {
        let body = lock(&self.bodies).get(handle as usize - 1).cloned();
        let Some(body) = body else { return Ok(true) };
        let mut body = lock(&body);
        let Some(future) = body.as_mut() else { return Ok(true) };
        let poll = std::panic::AssertUnwindSafe(|| {
            future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        });
        let poll = std::panic::catch_unwind(poll).map_err(|trap| {
            assert!(trap.is::<Traps>(), "an assertion in a goroutine failed");
            Trap { kind: TrapKind::Unreachable, at: Some(0x1f) }
        })?;
        if poll.is_ready() {
            *body = None;
        }
        Ok(poll.is_ready())
    }
}

thread_local! {
    /// Why the present goroutine has stopped: the code of a reason.
    static REASON: Cell<u32> = const { Cell::new(0) };
    /// The line at which the present goroutine has stopped.
    static PLACE: Cell<u32> = const { Cell::new(0) };
}

/// Ends the turn of the calling goroutine.
async fn pause(reason: Reason) {
    REASON.set(reason as u32);
    let mut paused = false;
    poll_fn(|_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending })
        .await;
}

async fn gosched() {
    pause(Reason::Yielded).await;
}

/// A cell through which goroutines pass values to one receiver.
#[derive(Default)]
struct Mailbox {
    state: Mutex<(Vec<u64>, Option<u32>)>,
}

impl Mailbox {
    fn send(&self, value: u64) {
        let receiver = {
            let (values, receiver) = &mut *lock(&self.state);
            values.push(value);
            receiver.take()
        };
        // The receiver may not have stopped yet.
        if let Some(receiver) = receiver {
            wake(receiver, 0);
        }
    }

    /// Receives all values that were sent. `me` is the calling goroutine's number plus 1.
    async fn receive(&self, me: u32) -> Vec<u64> {
        loop {
            {
                let (values, receiver) = &mut *lock(&self.state);
                if !values.is_empty() {
                    return std::mem::take(values);
                }
                *receiver = Some(me);
            }
            pause(Reason::Receive).await;
        }
    }
}

/// The number of `main` plus 1. It is always the first goroutine.
const MAIN_NUMBER: u32 = 1;

fn settings(processors: usize, guest: &Arc<Futures>) -> Settings {
    Settings { processors, guest: Some(guest.clone()), ..Settings::default() }
}

/// Runs `main` as a goroutine.
fn complete(
    settings: Settings,
    guest: &Futures,
    main: impl Future<Output = ()> + Send + 'static,
) -> (End, Batch) {
    let handle = guest.add(main);
    Run::complete(&Pool::new(settings.processors), settings, Main::Goroutine(handle))
}

/// Checks that the transitions of each task have no gap, whichever processors recorded them.
fn check_transitions(batch: &Batch) {
    let mut transitions = std::collections::BTreeMap::<_, Vec<u32>>::new();
    for (_, timed) in &batch.events {
        let (task, transition) = match timed.event {
            Event::TaskCreated { task, .. } => (task, 0),
            Event::TaskReady { task, transition, .. }
            | Event::TaskStarted { task, transition }
            | Event::TaskStopped { task, transition, .. }
            | Event::TaskEnded { task, transition, .. } => (task, transition),
            _ => continue,
        };
        transitions.entry(task).or_default().push(transition);
    }
    for (task, mut numbers) in transitions {
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq(0..numbers.len() as u32), "task {task}: {numbers:?}");
    }
}

#[test]
fn values_arrive_on_any_number_of_processors() {
    for processors in [1, 2, 8] {
        for seed in 0..20 {
            let guest = Arc::new(Futures::default());
            let sum = Arc::new(OnceLock::new());
            let (own, result) = (guest.clone(), sum.clone());
            let settings = Settings { seed, ..settings(processors, &guest) };
            let (end, batch) = complete(settings, &guest, async move {
                let mailbox = Arc::new(Mailbox::default());
                for sender in 0..10 {
                    let mailbox = mailbox.clone();
                    own.go(async move {
                        for value in 0..50 {
                            mailbox.send(100 * sender + value);
                            gosched().await;
                        }
                    });
                }
                let mut received = Vec::new();
                while received.len() < 500 {
                    received.extend(mailbox.receive(MAIN_NUMBER).await);
                }
                result.set(received.iter().sum::<u64>()).expect("main runs once");
            });
            assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
            let expected = (0..10).flat_map(|s| (0..50).map(move |v| 100 * s + v)).sum::<u64>();
            assert_eq!(sum.get(), Some(&expected));
            check_transitions(&batch);
        }
    }
}

/// Returns the order in which tasks get their turns.
fn order(batch: &Batch) -> Vec<u32> {
    let started = |(_, timed): &(_, runtime::trace::Timed)| match timed.event {
        Event::TaskStarted { task, .. } => Some(task),
        _ => None,
    };
    batch.events.iter().filter_map(started).collect()
}

#[test]
fn goroutines_and_futures_get_their_turns_in_the_same_order() {
    for seed in 0..50 {
        let guest = Arc::new(Futures::default());
        let own = guest.clone();
        let (_, goroutines) =
            complete(Settings { seed, ..settings(1, &guest) }, &guest, async move {
                for _ in 0..4 {
                    own.go(async {
                        for _ in 0..100 {
                            gosched().await;
                        }
                    });
                }
                for _ in 0..200 {
                    gosched().await;
                }
            });
        let (_, futures) =
            Run::complete(&Pool::new(1), Settings { seed, ..Settings::default() }, async {
                for _ in 0..4 {
                    go("yields", async {
                        for _ in 0..100 {
                            yield_now().await;
                        }
                    });
                }
                for _ in 0..200 {
                    yield_now().await;
                }
            });
        assert_eq!(order(&goroutines), order(&futures));
    }
}

#[test]
fn a_future_can_start_goroutines_and_both_take_turns() {
    let guest = Arc::new(Futures::default());
    let own = guest.clone();
    let turns = Arc::new(AtomicU32::new(0));
    let counted = turns.clone();
    let (end, batch) = Run::complete(&Pool::new(2), settings(2, &guest), async move {
        for _ in 0..8 {
            let counted = counted.clone();
            own.go(async move {
                for _ in 0..1000 {
                    counted.fetch_add(1, Ordering::Relaxed);
                    gosched().await;
                }
            });
        }
        while turns.load(Ordering::Relaxed) < 8000 {
            yield_now().await;
        }
    });
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    check_transitions(&batch);
}

#[test]
fn goroutines_that_have_ended_give_their_memory_to_new_ones() {
    for processors in [1, 2] {
        let guest = Arc::new(Futures::default());
        let own = guest.clone();
        let largest = Arc::new(AtomicU32::new(0));
        let seen = largest.clone();
        let (end, batch) = complete(settings(processors, &guest), &guest, async move {
            for _ in 0..2000 {
                let mailbox = Arc::new(Mailbox::default());
                let sent = mailbox.clone();
                let number = own.go(async move { sent.send(1) });
                seen.fetch_max(number, Ordering::Relaxed);
                mailbox.receive(MAIN_NUMBER).await;
            }
        });
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
        check_transitions(&batch);
        // At most two of these goroutines exist at once. Each processor keeps some that have ended.
        let largest = largest.load(Ordering::Relaxed);
        assert!(largest < 300, "{largest} slots for 2000 goroutines");
    }
}

#[test]
fn many_goroutines_wait_at_once() {
    const MANY: u32 = 100_000;
    let guest = Arc::new(Futures::default());
    let own = guest.clone();
    let ended = Arc::new(AtomicU32::new(0));
    let count = ended.clone();
    let (end, _) = complete(settings(2, &guest), &guest, async move {
        let waiting = Arc::new(AtomicU32::new(0));
        let start = |_| {
            let (waiting, count) = (waiting.clone(), count.clone());
            own.go(async move {
                waiting.fetch_add(1, Ordering::Relaxed);
                pause(Reason::Receive).await;
                count.fetch_add(1, Ordering::Relaxed);
            })
        };
        let numbers: Vec<u32> = (0..MANY).map(start).collect();
        while waiting.load(Ordering::Relaxed) < MANY {
            gosched().await;
        }
        for number in numbers {
            wake(number, 0);
        }
        while count.load(Ordering::Relaxed) < MANY {
            gosched().await;
        }
    });
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    assert_eq!(ended.load(Ordering::Relaxed), MANY);
}

#[test]
fn a_trap_ends_the_run_with_a_sentence() {
    for processors in [1, 2] {
        let guest = Arc::new(Futures::default());
        let own = guest.clone();
        let (end, batch) = complete(settings(processors, &guest), &guest, async move {
            own.go(async { std::panic::resume_unwind(Box::new(Traps)) });
            loop {
                gosched().await;
            }
        });
        assert_eq!(end.outcome, Outcome::Fatal);
        assert_eq!(
            end.message,
            "Task “goroutine 1” failed: it reached code that must never be reached, at byte 0x1f of its module."
        );
        assert_eq!(batch.ended.len(), 2, "both tasks have ended");
        check_transitions(&batch);
    }
}

#[test]
fn a_deadlock_names_the_goroutines_that_wait() {
    let guest = Arc::new(Futures::default());
    let own = guest.clone();
    let (end, batch) = complete(settings(2, &guest), &guest, async move {
        own.go(async {
            pause(Reason::Send).await;
        });
        pause(Reason::Receive).await;
    });
    assert_eq!(end.outcome, Outcome::Deadlock);
    assert!(end.message.contains("“goroutine 1” waits to send on a channel"), "{}", end.message);
    assert!(end.message.contains("“main” waits to receive from a channel"), "{}", end.message);
    assert_eq!(batch.ended.len(), 2, "the blocked goroutines were cancelled");
}

#[test]
fn a_thread_with_other_work_drives_goroutines_too() {
    let guest = Arc::new(Futures::default());
    let handle = guest.add(async {
        loop {
            gosched().await;
        }
    });
    let (run, mut driver) = Run::here(settings(1, &guest), Main::Goroutine(handle));
    for _ in 0..3 {
        assert!(matches!(driver.turns(Duration::from_millis(1)), Next::Again));
    }
    run.stop();
    let Next::Ended(end) = driver.turns(Duration::from_millis(1)) else { panic!("it goes on") };
    assert_eq!(end.outcome, Outcome::Stopped);
}

/// The events of goroutines have the lines that the guest names.
#[test]
fn an_event_of_a_goroutine_has_its_line() {
    let guest = Arc::new(Futures::default());
    let own = guest.clone();
    let (_, batch) = complete(settings(1, &guest), &guest, async move {
        let waits = Arc::new(AtomicU32::new(0));
        let will_wait = waits.clone();
        let handle = own.add(async move {
            will_wait.store(1, Ordering::Relaxed);
            PLACE.set(2);
            pause(Reason::Mutex).await;
        });
        let number = start(handle, 1);
        // There is no line with this number.
        PLACE.set(9);
        while waits.load(Ordering::Relaxed) == 0 {
            gosched().await;
            PLACE.set(9);
        }
        wake(number, 3);
    });
    let lines: Vec<_> = batch
        .events
        .iter()
        .filter_map(|(_, timed)| {
            let line = timed.place.map(|place| batch.places[usize::from(place)].line);
            match timed.event {
                Event::TaskCreated { task: 1, .. } => Some(("created", line)),
                Event::TaskStopped { task: 1, reason: Reason::Mutex, .. } => {
                    Some(("stopped", line))
                }
                Event::TaskReady { task: 1, by: Some(0), .. } => Some(("ready", line)),
                Event::TaskStopped { task: 0, .. } => line.map(|line| ("main", Some(line))),
                _ => None,
            }
        })
        .collect();
    assert_eq!(lines, [("created", Some(3)), ("stopped", Some(5)), ("ready", Some(8))]);
}

/// The guest names only its earliest deadline. The goroutine that is woken names the next one.
#[test]
fn a_goroutine_is_woken_at_the_guests_deadline() {
    for processors in [1, 2] {
        let guest = Arc::new(Futures::default());
        let settings = Settings { clock: Clock::manual(), ..settings(processors, &guest) };
        let woken = Arc::new(Mutex::new(Vec::new()));
        let (seen, times) = (woken.clone(), [30_u64, 10, 20]);
        let (end, _) = complete(settings, &guest, async move {
            for time in times {
                deadline(current(), time);
            }
            // Only the last deadline counts.
            pause(Reason::Sleep).await;
            lock(&seen).push(now());
            deadline(current(), 50);
            deadline(0, 0);
            deadline(current(), 40);
            pause(Reason::Sleep).await;
            lock(&seen).push(now());
            deadline(current(), 60);
            deadline(0, 0);
            pause(Reason::Sleep).await;
        });
        assert_eq!(end.outcome, Outcome::Deadlock, "the last deadline was cleared");
        assert_eq!(*lock(&woken), [20, 40]);
    }
}

/// While the processors collect, no goroutine runs, and each processor takes part.
#[test]
fn all_processors_stop_for_a_collection() {
    for processors in [1, 2, 8] {
        for seed in 0..10 {
            let guest = Arc::new(Futures::default());
            let own = guest.clone();
            let settings = Settings { seed, ..settings(processors, &guest) };
            let (end, batch) = complete(settings, &guest, async move {
                let ended = Arc::new(AtomicU32::new(0));
                for _ in 0..4 {
                    let ends = ended.clone();
                    own.go(async move {
                        for round in 0..200 {
                            let collects = round % 20 == 0;
                            pause(if collects { Reason::Collector } else { Reason::Yielded }).await;
                        }
                        ends.fetch_add(1, Ordering::Relaxed);
                    });
                }
                while ended.load(Ordering::Relaxed) < 4 {
                    // A goroutine that computes asks whether it has to stop for the collector.
                    let collects = poll(0) & 4 != 0;
                    pause(if collects { Reason::Collector } else { Reason::Yielded }).await;
                }
            });
            assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
            let collections = guest.collections.load(Ordering::Relaxed) as usize;
            assert!(collections >= 10 * processors, "each goroutine asks ten times");
            assert!(collections.is_multiple_of(processors));
            assert_eq!(guest.met.load(Ordering::Relaxed), 0);
            check_transitions(&batch);
            assert!(end.totals.processors.iter().all(|totals| totals.collecting > 0));
        }
    }
}

/// A run that ends while a processor waits at the gate lets it go.
#[test]
fn the_end_of_a_run_opens_the_gate() {
    let guest = Arc::new(Futures::default());
    let own = guest.clone();
    let (end, _) = complete(settings(2, &guest), &guest, async move {
        own.go(async { pause(Reason::Collector).await });
        // Main does not stop for the collector. The other processor waits for it.
        while poll(0) & 4 == 0 {
            std::thread::yield_now();
        }
    });
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
}

/// A goroutine to which something is handed over gets the next turn, whatever the seed.
#[test]
fn a_goroutine_that_gets_something_handed_over_comes_next() {
    for seed in 0..50 {
        let guest = Arc::new(Futures::default());
        let own = guest.clone();
        let settings = Settings { seed, ..settings(1, &guest) };
        let (end, batch) = complete(settings, &guest, async move {
            let waits = own.go(pause(Reason::Mutex));
            for _ in 0..8 {
                own.go(async {
                    for _ in 0..4 {
                        gosched().await;
                    }
                });
            }
            for _ in 0..6 {
                gosched().await;
            }
            hand_over(waits, 0);
            gosched().await;
        });
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
        let started = |(_, timed): &(_, runtime::trace::Timed)| match timed.event {
            Event::TaskStarted { task, .. } => Some(task),
            _ => None,
        };
        let ready = |(_, timed): &(_, runtime::trace::Timed)| {
            matches!(timed.event, Event::TaskReady { task: 1, by: Some(0), .. })
        };
        let at = batch.events.iter().position(ready).expect("it waited");
        assert_eq!(batch.events[at..].iter().find_map(started), Some(1));
    }
}

/// A host that holds requests until the test answers them.
#[derive(Debug, Default)]
struct Holds(Mutex<Vec<Completion>>);

impl Poller for Holds {
    fn submit(&self, _: Request, completion: Completion) {
        lock(&self.0).push(completion);
    }
}

/// A goroutine may end without waiting for the answer to its request. When the answer is there, the
/// run finds out that all other goroutines wait for ever.
#[test]
fn a_deadlock_is_found_when_the_last_request_is_answered() {
    for processors in [1, 2] {
        let (guest, held) = (Arc::new(Futures::default()), Arc::new(Holds::default()));
        let poller: Option<Arc<dyn Poller>> = Some(held.clone());
        let own = guest.clone();
        let handle = guest.add(async move {
            own.go(async { assert_eq!(request(5), 1) });
            pause(Reason::Semaphore).await;
        });
        let (send, ended) = std::sync::mpsc::channel();
        let settings = Settings { poller, ..settings(processors, &guest) };
        let run =
            Run::start(&Pool::new(processors), settings, Main::Goroutine(handle), move |end| {
                send.send(end).expect("the test waits");
            });
        while lock(&held.0).is_empty() {
            std::thread::yield_now();
        }
        lock(&held.0).clear();
        let end = ended.recv().expect("the run ends");
        assert_eq!(end.outcome, Outcome::Deadlock, "{}", end.message);
        drop(run);
    }
}

/// A host that gives every second request up at once, and all others a little later.
#[derive(Debug)]
struct GivesUp;

impl Poller for GivesUp {
    fn submit(&self, Request { limit, .. }: Request, completion: Completion) {
        if limit.as_millis().is_multiple_of(2) {
            drop(completion);
        } else {
            std::thread::spawn(|| drop(completion));
        }
    }
}

/// Makes a million random calls with random numbers, half of them small, in many runs. The runtime
/// must keep its own order: no panic, no gap in a task's transitions, and an end of each run.
#[test]
fn random_calls_do_no_harm() {
    const CALLS: u32 = 1_000_000;
    let calls = Arc::new(AtomicU32::new(0));
    let pools = [1, 2, 8].map(|processors| (processors, Pool::new(processors)));
    let mut seed = 0;
    while calls.load(Ordering::Relaxed) < CALLS {
        for (processors, pool) in &pools {
            seed += 1;
            let guest = Arc::new(Futures::default());
            let poller: Option<Arc<dyn Poller>> = Some(Arc::new(GivesUp));
            let settings = Settings { seed, poller, ..settings(*processors, &guest) };
            let (own, counted) = (guest.clone(), calls.clone());
            let handle = guest.add(async move {
                for n in 1..4 {
                    own.go(random_calls((seed + n) << 16, counted.clone()));
                }
                random_calls(seed, counted).await;
            });
            let (end, batch) = Run::complete(pool, settings, Main::Goroutine(handle));
            assert!(!end.message.contains("The runtime failed"), "{}", end.message);
            check_transitions(&batch);
        }
    }
}

/// Makes up to 2000 random calls.
async fn random_calls(seed: u32, calls: Arc<AtomicU32>) {
    let mut numbers = fastrand::Rng::with_seed(seed.into());
    let mut number = || {
        let most = if numbers.bool() { 16 } else { u32::MAX };
        numbers.u32(..most)
    };
    for _ in 0..2000 {
        calls.fetch_add(1, Ordering::Relaxed);
        match number() % 500 {
            0 => drop(next(number() % 16, number(), number())),
            1 => drop(next(number(), number(), number())),
            2..50 => drop(start(number(), number())),
            // At most a millisecond after the start of the run, or never.
            50..60 => deadline(number(), u64::from(number() >> 12)),
            60..70 => deadline(number(), u64::MAX),
            70..80 => drop(task()),
            80..90 => operation(number() % 4, number(), number(), number(), number(), number()),
            90..100 => drop(current()),
            100..150 => drop(channel()),
            150..340 => wake(number(), number()),
            340..345 => print(number() % 5, number().into(), number() % 9),
            345..350 => exit(number(), number()),
            350..360 => hand_over(number(), number()),
            360..400 => drop(poll(number())),
            400..450 => drop(now()),
            450..455 => drop(request(number())),
            455..465 => drop(answer(number())),
            _ => {
                pause(Reason::Yielded).await;
            }
        }
    }
}
