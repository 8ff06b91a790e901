//! Tests of what the scheduler promises beyond Go's semantics.

/// On one processor, one seed gives one order.
mod order {
    use crate::harness::*;
    use manyhands::runtime::{Settings, WaitGroup, channel, go, launch};
    use manyhands::trace::{Event, TaskId};

    both_worlds![a_seed_gives_one_order, other_seeds_give_other_orders];

    /// Runs ten tasks that send to one channel, and returns the task of each turn.
    fn turns(seed: u32) -> Vec<TaskId> {
        let told = complete(Settings { seed, ..processors(1) }, async {
            let (tx, rx) = channel(1);
            let senders = WaitGroup::new();
            for n in 0..10 {
                let tx = tx.clone();
                launch(&senders, "sender", async move {
                    for part in 0..3 {
                        tx.send(10 * n + part).await;
                    }
                })
                .await;
            }
            let closer = senders.clone();
            go("closer", async move {
                closer.wait().await;
                tx.close();
            });
            while rx.recv().await.is_some() {}
        });
        let started = told.batch.events.iter().filter_map(|(_, timed)| match timed.event {
            Event::TaskStarted { task, .. } => Some(task),
            _ => None,
        });
        started.collect()
    }

    fn a_seed_gives_one_order() {
        let first = turns(7);
        for _ in 1..20 {
            assert_eq!(turns(7), first);
        }
    }

    fn other_seeds_give_other_orders() {
        let mut orders: Vec<_> = (0..10).map(turns).collect();
        orders.sort();
        orders.dedup();
        assert!(orders.len() >= 9, "{} orders of 10 seeds", orders.len());
    }
}

/// Two processors share the work.
mod sharing {
    use crate::harness::*;
    use manyhands::runtime::{WaitGroup, checkpoint, launch, processor, yield_now};
    use manyhands::trace::Event;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    both_worlds![ready_tasks_are_stolen, one_processor_steals_nothing];

    fn ready_tasks_are_stolen() {
        let told = complete(processors(2), async {
            let here = processor();
            let moved = Arc::new(AtomicBool::new(false));
            let group = WaitGroup::new();
            for _ in 0..8 {
                let moved = moved.clone();
                // Each task stays ready, in the queue of its processor, until one of these tasks
                // runs on another processor.
                launch(&group, "wanderer", async move {
                    while !moved.load(Ordering::Relaxed) {
                        if processor() != here {
                            moved.store(true, Ordering::Relaxed);
                        }
                        yield_now().await;
                    }
                })
                .await;
            }
            group.wait().await;
        });
        let counted: u64 = told.end.totals.processors.iter().map(|each| each.steals).sum();
        let stolen = |event: &&(u32, manyhands::trace::Timed)| {
            matches!(event.1.event, Event::TaskStolen { .. })
        };
        let recorded = told.batch.events.iter().filter(stolen).count();
        assert!(counted > 0);
        if told.end.totals.dropped == 0 {
            assert_eq!(counted, recorded as u64);
        }
    }

    fn one_processor_steals_nothing() {
        let told = complete(processors(1), async {
            let group = WaitGroup::new();
            for _ in 0..8 {
                launch(&group, "worker", async {
                    for _ in 0..100 {
                        checkpoint().await;
                        yield_now().await;
                    }
                })
                .await;
            }
            group.wait().await;
        });
        assert_eq!(told.end.totals.processors.len(), 1);
        assert_eq!(told.end.totals.processors[0].steals, 0);
    }
}

/// Cooperation: a task that computes gives its processor up at a checkpoint, when its time slice is
/// over.
mod time_slice {
    use crate::harness::*;
    use manyhands::runtime::{Settings, checkpoint, go};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    both_worlds![after_its_slice_a_task_gives_way, without_slices_it_keeps_its_processor];

    /// Computes until another task has run, for at most `checkpoints` checkpoints. Returns whether
    /// the other task has run.
    async fn another_comes_in_between(checkpoints: usize) -> bool {
        let came = Arc::new(AtomicBool::new(false));
        let other = came.clone();
        go("other", async move { other.store(true, Ordering::Relaxed) });
        for _ in 0..checkpoints {
            if came.load(Ordering::Relaxed) {
                return true;
            }
            checkpoint().await;
        }
        false
    }

    fn after_its_slice_a_task_gives_way() {
        complete(Settings { time_slice: ms(1), ..Settings::default() }, async {
            assert!(another_comes_in_between(usize::MAX).await);
        });
    }

    fn without_slices_it_keeps_its_processor() {
        complete(Settings { time_slice: Duration::ZERO, ..Settings::default() }, async {
            assert!(!another_comes_in_between(100_000).await);
        });
    }
}

/// Sleepers wake in the order of their deadlines.
mod timers {
    use crate::harness::*;
    use manyhands::runtime::{WaitGroup, launch, now, print, sleep};

    both_worlds![sleepers_wake_in_order_and_on_time];

    fn sleepers_wake_in_order_and_on_time() {
        for count in [1, 2] {
            let told = complete(processors(count), async {
                let group = WaitGroup::new();
                let began = now();
                for millis in [40, 10, 30, 20, 50] {
                    launch(&group, "sleeper", async move {
                        sleep(ms(millis)).await;
                        assert_eq!(now() - began, ms(millis).as_nanos() as u64);
                        print(millis.to_string());
                    })
                    .await;
                }
                group.wait().await;
            });
            assert_eq!(told.said(), ["10", "20", "30", "40", "50"]);
        }
    }
}

/// Only `launch` knows the structure of a run.
mod structure {
    use crate::harness::*;
    use manyhands::runtime::{Settings, Structure, WaitGroup, launch, now, sleep};
    use manyhands::trace::Nanos;

    both_worlds![tasks_overlap_or_follow_each_other];

    /// Returns the nanoseconds that three sleeps of 10 ms take.
    fn three_sleeps(structure: Structure) -> Nanos {
        let told = complete(Settings { structure, ..processors(1) }, async {
            let group = WaitGroup::new();
            for _ in 0..3 {
                launch(&group, "sleeper", sleep(ms(10))).await;
            }
            group.wait().await;
            assert!(now() > 0);
        });
        told.end.totals.main_ended - told.end.totals.main_started
    }

    fn tasks_overlap_or_follow_each_other() {
        assert_eq!(three_sleeps(Structure::Concurrent), ms(10).as_nanos() as Nanos);
        assert_eq!(three_sleeps(Structure::Sequential), ms(30).as_nanos() as Nanos);
    }
}

/// Stop ends a run, whatever its tasks do.
mod stop {
    use crate::harness::*;
    use manyhands::runtime::{
        End, Outcome, Run, Settings, channel, checkpoint, go, sleep, yield_now,
    };
    use std::sync::mpsc;
    use std::time::Duration;

    both_worlds![who_sleeps_is_stopped, who_waits_is_stopped, who_computes_is_stopped];

    /// The time limit of a stop: far more than a stop takes on a busy machine.
    const SOON: Duration = ms(60_000);

    /// Starts `main`, and stops the run when `main` has reported its beginning.
    fn stopped<F>(settings: Settings, main: impl FnOnce(mpsc::Sender<()>) -> F) -> End
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let pool = pool();
        let (under_way, wait) = mpsc::channel();
        let (ended, end) = mpsc::channel();
        let run = Run::start(&pool, settings, main(under_way), move |end| {
            ended.send(end).expect("the test waits");
        });
        wait.recv().expect("main begins");
        run.stop();
        within(SOON, || end.try_recv().ok()).expect("the run ends soon")
    }

    /// Calls `ask` until it gives an answer or `limit` is over. (In a browser, the channels of the
    /// standard library cannot wait with a time limit.)
    fn within<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
        let step = ms(1);
        for _ in 0..limit.as_millis() / step.as_millis() {
            if let Some(answer) = ask() {
                return Some(answer);
            }
            std::thread::park_timeout(step);
        }
        ask()
    }

    fn on_one_and_two_processors<F>(time_slice: Duration, main: impl Fn(mpsc::Sender<()>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        for processors in [1, 2] {
            let settings = Settings { processors, time_slice, ..Settings::default() };
            let end = stopped(settings, &main);
            assert_eq!(end.outcome, Outcome::Stopped);
            assert!(!end.message.is_empty());
        }
    }

    fn who_sleeps_is_stopped() {
        on_one_and_two_processors(ms(10), |under_way| async move {
            under_way.send(()).unwrap();
            sleep(ms(3_600_000)).await;
        });
    }

    fn who_waits_is_stopped() {
        on_one_and_two_processors(ms(10), |under_way| async move {
            // A sleeping task keeps the run from being in deadlock.
            go("sleeper", sleep(ms(3_600_000)));
            let (_tx, rx) = channel::<()>(0);
            under_way.send(()).unwrap();
            rx.recv().await;
        });
    }

    fn who_computes_is_stopped() {
        // With a slice of zero, a task never gives its processor up to another task, but Stop still
        // ends it.
        for slice in [ms(0), ms(10)] {
            on_one_and_two_processors(slice, |under_way| async move {
                go("yields", async {
                    loop {
                        yield_now().await;
                    }
                });
                under_way.send(()).unwrap();
                loop {
                    checkpoint().await;
                }
            });
        }
    }
}

/// A run leaves no task alive.
mod no_leaks {
    use crate::harness::*;
    use manyhands::runtime::{Run, WaitGroup, channel, go, live_cells, yield_now};

    both_worlds![a_thousand_runs_that_end_with_blocked_tasks_leave_no_task_alive];

    fn a_thousand_runs_that_end_with_blocked_tasks_leave_no_task_alive() {
        let pool = pool();
        for n in 0..1000 {
            let count = 1 + n % THREADS;
            let (_, batch) = Run::complete(&pool, processors(count), async {
                let group = WaitGroup::new();
                group.add(1);
                for _ in 0..3 {
                    // Each task owns the channel that it waits on, and the channel owns the task's
                    // waker. So each task owns itself.
                    let (tx, rx) = channel::<()>(0);
                    go("receives", async move {
                        rx.recv().await;
                        drop(tx);
                    });
                    let (tx, rx) = channel(0);
                    go("sends", async move {
                        tx.send(()).await;
                        drop(rx);
                    });
                    let group = group.clone();
                    go("waits", async move { group.wait().await });
                }
                yield_now().await;
            });
            assert_eq!(batch.ended.len(), 10, "every task is accounted for");
            assert_eq!(live_cells(), 0, "after {} runs", n + 1);
        }
    }
}

/// Without a pool the host drives one processor between its other work.
mod half_mode {
    use crate::harness::*;
    use manyhands::runtime::{
        Driver, End, Next, Outcome, Run, Settings, WaitGroup, checkpoint, launch, sleep,
    };

    both_worlds![a_driver_runs_a_program_in_slices, a_driver_can_be_stopped];

    /// Drives the run to its end. Returns how often the driver was called, and the end.
    fn drive(run: &Run, mut driver: Driver, mut between: impl FnMut(&Run)) -> (usize, End) {
        for turns in 1.. {
            match driver.turns(ms(2)) {
                Next::Ended(end) => return (turns, *end),
                Next::At(deadline) => {
                    let wait = deadline.saturating_sub(run.now());
                    std::thread::park_timeout(std::time::Duration::from_nanos(wait));
                }
                Next::Again => {}
                Next::WhenWoken => panic!("nobody would wake it"),
            }
            between(run);
        }
        unreachable!()
    }

    fn a_driver_runs_a_program_in_slices() {
        let _alone = pool();
        let (run, driver) = Run::here(Settings::default(), async {
            let group = WaitGroup::new();
            for _ in 0..3 {
                launch(&group, "sleeper", sleep(ms(5))).await;
            }
            group.wait().await;
        });
        let (turns, end) = drive(&run, driver, |_| ());
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
        assert!(turns > 1, "the thread was given back while all slept");
    }

    fn a_driver_can_be_stopped() {
        let _alone = pool();
        let settings = Settings { time_slice: ms(1), ..Settings::default() };
        let (run, driver) = Run::here(settings, async {
            loop {
                checkpoint().await;
            }
        });
        let (_, end) = drive(&run, driver, Run::stop);
        assert_eq!(end.outcome, Outcome::Stopped);
    }
}
