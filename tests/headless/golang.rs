//! Tests of Go's promises. Each module names the URL of its promises in Go's documentation. A
//! promise is tested on one processor and on two, unless it is about one processor.

/// <https://go.dev/ref/spec#Go_statements>
mod go_statements {
    use crate::harness::*;
    use manyhands::runtime::{channel, go, print, sleep};
    use manyhands::trace::EndedBy;

    both_worlds![the_caller_does_not_wait, a_task_ends_with_its_function];

    fn the_caller_does_not_wait() {
        let told = complete(processors(1), async {
            go("other", async { print("other") });
            print("main");
            sleep(ms(1)).await;
        });
        assert_eq!(told.said(), ["main", "other"]);
    }

    fn a_task_ends_with_its_function() {
        let told = complete(processors(1), async {
            let (tx, rx) = channel(0);
            go("other", async move { tx.send(()).await });
            rx.recv().await;
            sleep(ms(1)).await;
        });
        assert_eq!(told.ended_by("other"), [EndedBy::Returned]);
        assert_eq!(told.ended_by("main"), [EndedBy::Returned]);
    }
}

/// <https://go.dev/ref/spec#Program_execution>
mod program_execution {
    use crate::harness::*;
    use manyhands::runtime::{channel, checkpoint, go, sleep, yield_now};
    use manyhands::trace::EndedBy;

    both_worlds![main_returning_ends_the_program];

    fn main_returning_ends_the_program() {
        for count in [1, 2] {
            let told = complete(processors(count), async {
                let (_tx, rx) = channel::<()>(0);
                go("waits", async move {
                    rx.recv().await;
                });
                go("sleeps", sleep(ms(1_000_000)));
                go("computes", async {
                    loop {
                        checkpoint().await;
                        yield_now().await;
                    }
                });
                yield_now().await;
            });
            for name in ["waits", "sleeps", "computes"] {
                assert_eq!(told.ended_by(name), [EndedBy::MainReturned], "{name}");
            }
            assert_eq!(told.ended_by("main"), [EndedBy::Returned]);
        }
    }
}

/// <https://go.dev/ref/spec#Channel_types>
mod channel_types {
    use crate::harness::*;
    use manyhands::runtime::{channel, go, print, sleep};

    both_worlds![
        without_capacity_a_send_ends_when_a_receiver_is_there,
        with_capacity_a_send_waits_only_while_the_channel_is_full,
        values_come_out_in_the_order_they_went_in,
    ];

    fn without_capacity_a_send_ends_when_a_receiver_is_there() {
        for count in [1, 2] {
            let told = complete(processors(count), async {
                let (tx, rx) = channel(0);
                go("sender", async move {
                    tx.send("value").await;
                    sleep(ms(5)).await;
                    print("sent");
                });
                sleep(ms(10)).await;
                print("about to receive");
                assert_eq!(rx.recv().await, Some("value"));
                sleep(ms(10)).await;
            });
            assert_eq!(told.said(), ["about to receive", "sent"]);
        }
    }

    fn with_capacity_a_send_waits_only_while_the_channel_is_full() {
        for count in [1, 2] {
            let told = complete(processors(count), async {
                let (tx, rx) = channel(2);
                go("sender", async move {
                    for text in ["sent 1", "sent 2", "sent 3"] {
                        tx.send(()).await;
                        print(text);
                    }
                });
                sleep(ms(10)).await;
                print("room is made");
                rx.recv().await;
                sleep(ms(10)).await;
            });
            // The third send ends at the time at which there is room for it.
            let at = |text| told.lines().find(|(_, line)| *line == text).unwrap().0;
            assert!(at("sent 2") < at("room is made"), "{:?}", told.said());
            assert!(at("sent 3") >= at("room is made"), "{:?}", told.said());
        }
    }

    fn values_come_out_in_the_order_they_went_in() {
        for capacity in [0, 1, 3, 100] {
            on_one_and_two(|| async move {
                let (tx, rx) = channel(capacity);
                go("sender", async move {
                    for n in 0..50 {
                        tx.send(n).await;
                    }
                });
                for n in 0..50 {
                    assert_eq!(rx.recv().await, Some(n));
                }
            });
        }
    }
}

/// <https://go.dev/ref/spec#Send_statements>
mod send_statements {
    use crate::harness::*;
    use manyhands::runtime::{Outcome, channel, go, sleep};

    both_worlds![sending_on_a_closed_channel_panics, closing_panics_who_waits_to_send];

    fn sending_on_a_closed_channel_panics() {
        for capacity in [0, 1] {
            ends_on_one_and_two(Outcome::Panicked, &["main", "closed channel"], || async move {
                let (tx, _rx) = channel(capacity);
                tx.close();
                tx.send(1).await;
            });
        }
    }

    fn closing_panics_who_waits_to_send() {
        ends_on_one_and_two(Outcome::Panicked, &["sender", "closed channel"], || async {
            let (tx, _rx) = channel(0);
            let closer = tx.clone();
            go("sender", async move { tx.send(1).await });
            sleep(ms(1)).await;
            closer.close();
            sleep(ms(1)).await;
        });
    }
}

/// <https://go.dev/ref/spec#Receive_operator>
mod receive_operator {
    use crate::harness::*;
    use manyhands::runtime::{WaitGroup, channel, go, launch, sleep};
    use std::sync::{Arc, Mutex};

    both_worlds![
        a_receive_waits_for_a_value,
        a_closed_channel_gives_what_it_holds_and_then_nothing,
        each_value_goes_to_one_receiver,
    ];

    fn a_receive_waits_for_a_value() {
        on_one_and_two(|| async {
            let (tx, rx) = channel(1);
            let began = manyhands::runtime::now();
            go("sender", async move {
                sleep(ms(30)).await;
                tx.send(7).await;
            });
            assert_eq!(rx.recv().await, Some(7));
            assert_eq!(manyhands::runtime::now() - began, ms(30).as_nanos() as u64);
        });
    }

    fn a_closed_channel_gives_what_it_holds_and_then_nothing() {
        on_one_and_two(|| async {
            let (tx, rx) = channel(3);
            for n in [1, 2, 3] {
                tx.send(n).await;
            }
            tx.close();
            for expected in [Some(1), Some(2), Some(3), None, None] {
                assert_eq!(rx.recv().await, expected);
            }
        });
    }

    fn each_value_goes_to_one_receiver() {
        on_one_and_two(|| async {
            let (tx, rx) = channel(2);
            let taken = Arc::new(Mutex::new(Vec::new()));
            let receivers = WaitGroup::new();
            for _ in 0..3 {
                let (rx, taken) = (rx.clone(), taken.clone());
                launch(&receivers, "receiver", async move {
                    while let Some(n) = rx.recv().await {
                        lock(&taken).push(n);
                    }
                })
                .await;
            }
            for n in 0..100 {
                tx.send(n).await;
            }
            tx.close();
            receivers.wait().await;
            let mut taken = lock(&taken).clone();
            taken.sort_unstable();
            assert_eq!(taken, (0..100).collect::<Vec<_>>());
        });
    }
}

/// <https://go.dev/ref/spec#Close>
mod close {
    use crate::harness::*;
    use manyhands::runtime::{Outcome, WaitGroup, channel, launch, sleep};

    both_worlds![
        closing_twice_panics,
        closing_wakes_all_who_wait_to_receive,
        dropping_the_senders_does_not_close,
    ];

    fn closing_twice_panics() {
        ends_on_one_and_two(Outcome::Panicked, &["main", "close of a closed channel"], || async {
            let (tx, _rx) = channel::<()>(0);
            tx.close();
            tx.close();
        });
    }

    fn closing_wakes_all_who_wait_to_receive() {
        on_one_and_two(|| async {
            let (tx, rx) = channel::<()>(0);
            let receivers = WaitGroup::new();
            for _ in 0..3 {
                let rx = rx.clone();
                launch(&receivers, "receiver", async move {
                    assert_eq!(rx.recv().await, None);
                })
                .await;
            }
            sleep(ms(1)).await;
            tx.close();
            receivers.wait().await;
        });
    }

    fn dropping_the_senders_does_not_close() {
        ends_on_one_and_two(Outcome::Deadlock, &["main", "receive"], || async {
            let (tx, rx) = channel::<()>(1);
            drop(tx);
            rx.recv().await;
        });
    }
}

/// <https://go.dev/ref/spec#For_range>
mod for_range {
    use crate::harness::*;
    use manyhands::runtime::{channel, go};

    both_worlds![a_loop_over_a_channel_ends_when_it_is_closed];

    fn a_loop_over_a_channel_ends_when_it_is_closed() {
        on_one_and_two(|| async {
            let (tx, rx) = channel(0);
            go("sender", async move {
                for n in 1..=10 {
                    tx.send(n).await;
                }
                tx.close();
            });
            let mut total = 0;
            while let Some(n) = rx.recv().await {
                total += n;
            }
            assert_eq!(total, 55);
        });
    }
}

/// <https://go.dev/ref/spec#Handling_panics>
mod handling_panics {
    use crate::harness::*;
    use manyhands::runtime::{Outcome, channel, go, sleep};
    use manyhands::trace::EndedBy;

    both_worlds![a_panic_ends_the_program_with_its_message_and_its_task];

    fn a_panic_ends_the_program_with_its_message_and_its_task() {
        for count in [1, 2] {
            let told = run(processors(count), async {
                let (_tx, rx) = channel::<()>(0);
                go("waits", async move {
                    rx.recv().await;
                });
                go("divides", async {
                    sleep(ms(1)).await;
                    panic!("{} by zero", 7);
                });
                sleep(ms(10)).await;
            });
            assert_eq!(told.end.outcome, Outcome::Panicked);
            assert!(told.end.message.contains("divides"), "{}", told.end.message);
            assert!(told.end.message.contains("7 by zero"), "{}", told.end.message);
            assert_eq!(told.ended_by("divides"), [EndedBy::Panicked]);
            assert_eq!(told.ended_by("waits"), [EndedBy::Stopped]);
            assert_eq!(told.ended_by("main"), [EndedBy::Stopped]);
        }
    }
}

/// <https://pkg.go.dev/sync#WaitGroup>
mod wait_group {
    use crate::harness::*;
    use manyhands::runtime::{Outcome, WaitGroup, go, launch, now, sleep};

    both_worlds![
        waiting_ends_when_the_counter_is_zero,
        at_zero_nobody_waits,
        all_who_wait_go_on,
        it_can_be_used_again,
        below_zero_it_panics,
    ];

    fn waiting_ends_when_the_counter_is_zero() {
        on_one_and_two(|| async {
            let group = WaitGroup::new();
            for millis in [20, 30, 10] {
                launch(&group, "sleeper", sleep(ms(millis))).await;
            }
            let began = now();
            group.wait().await;
            assert_eq!(now() - began, ms(30).as_nanos() as u64);
        });
    }

    fn at_zero_nobody_waits() {
        on_one_and_two(|| async { WaitGroup::new().wait().await });
    }

    fn all_who_wait_go_on() {
        on_one_and_two(|| async {
            let (gate, through) = (WaitGroup::new(), WaitGroup::new());
            gate.add(1);
            for _ in 0..3 {
                let gate = gate.clone();
                launch(&through, "waits", async move { gate.wait().await }).await;
            }
            sleep(ms(1)).await;
            gate.done();
            through.wait().await;
        });
    }

    fn it_can_be_used_again() {
        on_one_and_two(|| async {
            let group = WaitGroup::new();
            for round in 1..=3 {
                launch(&group, "sleeper", sleep(ms(round))).await;
                group.wait().await;
            }
        });
    }

    fn below_zero_it_panics() {
        ends_on_one_and_two(Outcome::Panicked, &["other", "below zero"], || async {
            let group = WaitGroup::new();
            group.add(1);
            go("other", async move {
                group.done();
                group.done();
            });
            sleep(ms(1)).await;
        });
    }
}

/// <https://pkg.go.dev/time#Sleep>
mod sleeping {
    use crate::harness::*;
    use manyhands::runtime::{Settings, now, sleep};
    use manyhands::trace::Event;

    both_worlds![
        a_sleep_takes_its_time,
        no_time_takes_none,
        by_a_real_clock_it_takes_no_less_than_its_time,
    ];

    fn a_sleep_takes_its_time() {
        on_one_and_two(|| async {
            let began = now();
            sleep(ms(86_400_000)).await;
            assert_eq!(now() - began, ms(86_400_000).as_nanos() as u64);
        });
    }

    fn no_time_takes_none() {
        let told = complete(processors(1), sleep(ms(0)));
        let stopped = |event: &&(u32, manyhands::trace::Timed)| {
            matches!(event.1.event, Event::TaskStopped { .. })
        };
        assert_eq!(told.batch.events.iter().filter(stopped).count(), 0);
    }

    fn by_a_real_clock_it_takes_no_less_than_its_time() {
        for processors in [1, 2] {
            complete(Settings { processors, ..Settings::default() }, async {
                let began = now();
                sleep(ms(20)).await;
                assert!(now() - began >= ms(20).as_nanos() as u64);
            });
        }
    }
}

/// <https://pkg.go.dev/runtime#Gosched>
mod gosched {
    use crate::harness::*;
    use manyhands::runtime::{go, yield_now};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    both_worlds![who_yields_lets_others_run];

    fn who_yields_lets_others_run() {
        complete(processors(1), async {
            let has_run = Arc::new(AtomicBool::new(false));
            let other = has_run.clone();
            go("other", async move { other.store(true, Ordering::Relaxed) });
            // The seed decides which task is next, but no seed passes over a task for ever.
            for _ in 0..100 {
                yield_now().await;
            }
            assert!(has_run.load(Ordering::Relaxed));
        });
    }
}

/// <https://go.dev/ref/mem#chan>
mod memory_model {
    use crate::harness::*;
    use manyhands::runtime::{WaitGroup, channel, go, launch, sleep};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    both_worlds![
        what_was_written_before_a_send_is_seen_after_its_receive,
        a_buffered_channel_admits_as_many_as_it_holds,
    ];

    fn what_was_written_before_a_send_is_seen_after_its_receive() {
        on_one_and_two(|| async {
            let written = Arc::new(AtomicUsize::new(0));
            let (tx, rx) = channel(1);
            let writer = written.clone();
            go("writer", async move {
                for n in 1..=500 {
                    // The accesses are relaxed, so only the channel orders them.
                    writer.store(n, Ordering::Relaxed);
                    tx.send(n).await;
                }
                tx.close();
            });
            while let Some(n) = rx.recv().await {
                assert!(written.load(Ordering::Relaxed) >= n);
            }
        });
    }

    fn a_buffered_channel_admits_as_many_as_it_holds() {
        const ADMITTED: usize = 3;
        on_one_and_two(|| async {
            let (enter, leave) = channel(ADMITTED);
            let inside = Arc::new(AtomicUsize::new(0));
            let most = Arc::new(AtomicUsize::new(0));
            let guests = WaitGroup::new();
            for _ in 0..20 {
                let (enter, leave) = (enter.clone(), leave.clone());
                let (inside, most) = (inside.clone(), most.clone());
                launch(&guests, "guest", async move {
                    enter.send(()).await;
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    // Time passes only when no other guest can enter.
                    sleep(ms(1)).await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                    leave.recv().await;
                })
                .await;
            }
            guests.wait().await;
            assert_eq!(most.load(Ordering::SeqCst), ADMITTED);
        });
    }
}

/// "All goroutines are asleep": `checkdead` in <https://go.dev/src/runtime/proc.go>.
mod deadlock {
    use crate::harness::*;
    use manyhands::runtime::{Outcome, WaitGroup, channel, go, sleep};

    both_worlds![
        it_is_said_which_task_waits_on_what,
        a_lone_main_can_be_in_deadlock,
        who_sleeps_is_not_in_deadlock,
    ];

    fn it_is_said_which_task_waits_on_what() {
        let words =
            ["“sender” waits to send", "“receiver” waits to receive", "“main” waits for a wait"];
        ends_on_one_and_two(Outcome::Deadlock, &words, || async {
            let (to_nobody, _rx) = channel(0);
            let (_tx, from_nobody) = channel::<()>(0);
            go("sender", async move { to_nobody.send(()).await });
            go("receiver", async move {
                from_nobody.recv().await;
            });
            let group = WaitGroup::new();
            group.add(1);
            group.wait().await;
        });
    }

    fn a_lone_main_can_be_in_deadlock() {
        ends_on_one_and_two(Outcome::Deadlock, &["main", "send"], || async {
            let (tx, _rx) = channel(0);
            tx.send(()).await;
        });
    }

    fn who_sleeps_is_not_in_deadlock() {
        on_one_and_two(|| async {
            let (tx, rx) = channel(0);
            go("sleeper", async move {
                sleep(ms(3_600_000)).await;
                tx.send(()).await;
            });
            rx.recv().await;
        });
    }
}
