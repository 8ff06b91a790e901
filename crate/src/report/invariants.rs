//! Tests of properties that hold for every trace, on random traces.

use super::testing::random::{Random, Trace};
use super::{Cause, Fold, Spans, State, States, Tasks};
use crate::trace::{ChannelId, Event, PlaceId, ProcessorId, Reason, TaskId};

/// Why a task stopped: the reason, the channel and the place.
type Why = (Option<Cause>, Option<ChannelId>, Option<PlaceId>);

/// The other columns of a state's row.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Facts {
    why: Why,
    processor: Option<ProcessorId>,
    by: Option<TaskId>,
    from_place: Option<PlaceId>,
    by_place: Option<PlaceId>,
}

/// Rows of states as (task, start, end, state, facts), ordered by task and then by time.
type Rows = Vec<(TaskId, f64, f64, State, Facts)>;

fn rows(states: &States) -> Rows {
    let row = |row: usize| {
        let (start, end) = (states.start_ms[row], states.end_ms[row]);
        let facts = Facts {
            why: (states.reason[row], states.channel[row], states.place[row]),
            processor: states.processor[row],
            by: states.by[row],
            from_place: states.from_place[row],
            by_place: states.by_place[row],
        };
        (states.task[row], start, end, states.state[row], facts)
    };
    let mut rows: Rows = (0..states.task.len()).map(row).collect();
    rows.sort_by_key(|row| row.0);
    rows
}

/// Returns spans as (processor, start, end, task), ordered by processor and then by time.
fn spans(spans: &Spans) -> Vec<(ProcessorId, f64, f64, TaskId)> {
    let row = |row: usize| {
        (spans.processor[row], spans.start_ms[row], spans.end_ms[row], spans.task[row])
    };
    let mut rows: Vec<_> = (0..spans.task.len()).map(row).collect();
    rows.sort_by_key(|row| row.0);
    rows
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// Calls `check` with random traces. In half of them the clocks agree.
fn for_random_traces(mut check: impl FnMut(&Trace)) {
    for seed in 0..60 {
        let processors = 1 + seed as usize % 5;
        let skew = if seed % 2 == 0 { 0 } else { 5_000 };
        check(&Random::trace(seed, processors, 1_000, skew, usize::MAX));
    }
}

#[test]
fn spans_of_one_processor_do_not_overlap() {
    let mut pairs = 0;
    for_random_traces(|trace| {
        let spans = spans(&Spans::of(&trace.report().states));
        for pair in spans.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            assert!(pair[0].2 <= pair[1].1, "{pair:?}");
            pairs += 1;
        }
    });
    assert!(pairs > 2_000, "{pairs} pairs are too few to show anything");
}

#[test]
fn states_of_a_task_tile_its_life() {
    for_random_traces(|trace| {
        let report = trace.report();
        let rows = rows(&report.states);
        let of = |task: TaskId| rows.iter().filter(move |row| row.0 == task);
        for (place, task) in report.tasks.id.iter().enumerate() {
            let Some(first) = of(*task).next() else {
                // The task was created at the instant at which main ended.
                assert_eq!(report.tasks.created_ms[place], Some(report.wall_ms));
                continue;
            };
            assert_eq!(Some(first.1), report.tasks.created_ms[place]);
            for (before, after) in of(*task).zip(of(*task).skip(1)) {
                assert_eq!(before.2, after.1, "{before:?} {after:?}");
            }
            assert_eq!(of(*task).next_back().unwrap().2, report.tasks.ended_ms[place].unwrap());
        }
    });
}

#[test]
fn a_span_is_a_running_state() {
    for_random_traces(|trace| {
        let report = trace.report();
        let running = rows(&report.states).into_iter().filter(|row| row.3 == State::Running);
        let mut running: Vec<_> = running.map(|row| (row.0, row.1, row.2)).collect();
        let spans = spans(&Spans::of(&report.states));
        let mut spans: Vec<_> = spans.iter().map(|row| (row.3, row.1, row.2)).collect();
        running.sort_by(|a, b| a.partial_cmp(b).unwrap());
        spans.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(running, spans);
    });
}

#[test]
fn the_states_say_what_the_events_said() {
    let (mut waits, mut placed) = (0, 0);
    for_random_traces(|trace| {
        // By task, its turns in the order of their transitions: the processor, and why the task
        // stopped.
        let mut turns = vec![Vec::new(); trace.names.len()];
        // By task, the places of its wake-ups in the order of their transitions.
        let mut wakes = vec![Vec::new(); trace.names.len()];
        let mut created = vec![None; trace.names.len()];
        for (writer, log) in trace.logs.iter().enumerate() {
            for timed in log {
                let (task, transition, why) = match timed.event {
                    Event::TaskStopped { task, transition, reason, channel } => {
                        let why = (Some(Cause::Stopped(reason)), channel, timed.place);
                        (task, transition, why)
                    }
                    Event::TaskEnded { task, transition, .. } => {
                        (task, transition, (Some(Cause::Ended), None, None))
                    }
                    Event::TaskReady { task, transition, .. } => {
                        wakes[task as usize].push((transition, timed.place));
                        continue;
                    }
                    Event::TaskCreated { task, .. } => {
                        created[task as usize] = timed.place;
                        continue;
                    }
                    _ => continue,
                };
                turns[task as usize].push((transition, writer as ProcessorId, why));
            }
        }
        turns.iter_mut().for_each(|turns| turns.sort_by_key(|turn| turn.0));
        wakes.iter_mut().for_each(|wakes| wakes.sort_by_key(|wake| wake.0));
        let report = trace.report();
        assert!(report.tasks.place.iter().eq(created.iter().take(report.tasks.id.len())));
        let rows = rows(&report.states);
        for (task, turns) in turns.iter().enumerate() {
            let mut turns = turns.iter();
            let mut wakes = wakes[task].iter();
            let mut before = (None, None, created[task]);
            let mut last = None;
            for (_, _, end, state, facts) in rows.iter().filter(|row| row.0 == task as TaskId) {
                let woken = last.replace(*state) == Some(State::Blocked);
                let woken = if woken { wakes.next().and_then(|wake| wake.1) } else { None };
                assert_eq!(facts.by_place, woken);
                let running = *state == State::Running;
                assert_eq!(facts.from_place, before.2.filter(|_| running));
                match state {
                    State::Running => {
                        assert!(facts.processor.is_some());
                        before = match turns.next() {
                            Some((_, writer, why)) => {
                                assert_eq!(facts.processor, Some(*writer));
                                *why
                            }
                            None => (None, None, None),
                        };
                        // Main's end cut this turn, so the state has no stop.
                        if facts.why.0.is_none() {
                            before = (None, None, None);
                            assert!(close(*end, report.wall_ms));
                        }
                    }
                    State::Ready | State::Blocked => assert_eq!(facts.processor, None),
                }
                assert_eq!(facts.why, before, "task {task}: {state:?} until {end}");
                let (reason, channel, place) = facts.why;
                let on_channel = [Reason::Send, Reason::Receive].map(|on| Some(Cause::Stopped(on)));
                assert_eq!(channel.is_some(), on_channel.contains(&reason));
                if *state == State::Blocked && channel.is_some() {
                    waits += 1;
                    placed += usize::from(place.is_some());
                }
            }
        }
    });
    assert!(waits > 500, "{waits} waits on channels are too few to show anything");
    assert!(placed > 200, "{placed} of them have a place, which is too few");
}

#[test]
fn levels_are_what_counting_at_every_instant_gives() {
    for_random_traces(|trace| {
        let report = trace.report();
        assert!(close(report.parallelism.mean * report.wall_ms, report.busy_ms));
        let tasks = &report.tasks;
        let ended = tasks.ended_ms.iter().map(|at| at.unwrap());
        let created = tasks.created_ms.iter().map(|at| at.unwrap());
        let lives: Vec<_> = created.zip(ended).collect();
        let spans = Spans::of(&report.states);
        let spans: Vec<_> = spans.start_ms.into_iter().zip(spans.end_ms).collect();
        for (level, intervals) in [(report.concurrency, &lives), (report.parallelism, &spans)] {
            let inside = |at: f64| intervals.iter().filter(|(a, b)| *a <= at && at < *b).count();
            let most = intervals.iter().map(|(start, _)| inside(*start)).max().unwrap();
            assert_eq!(level.max as usize, most.max(1));
        }
        let inside: f64 = spans.iter().map(|(start, end)| end - start).sum();
        let at_once = report.parallel_ms.iter().zip(0..);
        assert!(close(at_once.map(|(ms, level)| ms * f64::from(level)).sum(), inside));
        let sum: f64 = lives.iter().map(|(start, end)| end - start).sum();
        assert!(close(report.concurrency.mean * report.wall_ms, sum));
    });
}

#[test]
fn events_and_sums_tell_the_same_times() {
    for_random_traces(|trace| {
        let report = trace.report();
        if trace.totals.clock_step > 1 {
            return;
        }
        let mut times = vec![[0.0; 3]; report.tasks.id.len()];
        for row in rows(&report.states) {
            times[row.0 as usize][row.3 as usize] += row.2 - row.1;
        }
        for (task, [running, ready, blocked]) in times.into_iter().enumerate() {
            assert!(close(running, report.tasks.running_ms[task]));
            assert!(close(ready, report.tasks.ready_ms[task]));
            assert!(close(blocked, report.tasks.blocked_ms[task]));
        }
        let spans = Spans::of(&report.states);
        let inside = spans.end_ms.iter().sum::<f64>() - spans.start_ms.iter().sum::<f64>();
        assert!(close(inside, report.busy_ms));
    });
}

#[test]
fn batches_make_no_difference_and_live_shows_what_the_report_says() {
    for seed in 0..40 {
        let trace = Random::trace(seed, 1 + seed as usize % 4, 500, 5_000, usize::MAX);
        let whole = trace.report();
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut fold = Fold::new(trace.totals.processors.len());
        let mut read = vec![0; trace.logs.len()];
        let mut shown = States::default();
        while read.iter().zip(&trace.logs).any(|(read, log)| *read < log.len()) {
            // Each log is read up to a different time.
            let batch = trace.batch(|writer, log| {
                let from = read[writer];
                read[writer] = (from + rng.usize(..60)).min(log.len());
                from..read[writer]
            });
            fold.add(&batch);
            let live = fold.live(0, Some(trace.totals.main_started));
            shown.task.extend(live.states.task);
            shown.state.extend(live.states.state);
            shown.reason.extend(live.states.reason);
            shown.channel.extend(live.states.channel);
            shown.processor.extend(live.states.processor);
            shown.by.extend(live.states.by);
            shown.place.extend(live.states.place);
            shown.from_place.extend(live.states.from_place);
            shown.by_place.extend(live.states.by_place);
            shown.start_ms.extend(live.states.start_ms);
            shown.end_ms.extend(live.states.end_ms);
        }
        let report = trace.finish(fold);
        let expected = rows(&whole.states);
        assert_eq!(rows(&report.states), expected);
        assert_eq!(spans(&Spans::of(&report.states)), spans(&Spans::of(&whole.states)));
        assert_eq!((report.tasks, report.parallelism), (whole.tasks, whole.parallelism));
        let wall = report.wall_ms;
        let before_the_end = |rows: Rows| rows.into_iter().filter(move |row| row.2 < wall);
        assert!(before_the_end(rows(&shown)).eq(before_the_end(expected)));
        let closed =
            |states: &States| spans(&Spans::of(states)).into_iter().filter(move |row| row.2 < wall);
        assert!(closed(&shown).eq(closed(&whole.states)));
    }
}

#[test]
fn a_full_log_leaves_things_out_and_makes_nothing_up() {
    let mut gaps = 0;
    for seed in 0..200 {
        let processors = 2 + seed as usize % 3;
        let whole = Random::trace(seed, processors, 600, 0, usize::MAX).report();
        let trace = Random::trace(seed, processors, 600, 0, 40 + seed as usize % 50);
        assert!(trace.totals.dropped > 0);
        let report = trace.report();
        // The place of a task comes from an event, which may be missing.
        let place = report.tasks.place.clone();
        assert!(
            place.iter().zip(&whole.tasks.place).all(|(kept, all)| kept.is_none() || kept == all)
        );
        let tasks = Tasks { place, ..whole.tasks };
        assert_eq!((&report.tasks, report.busy_ms), (&tasks, whole.busy_ms));
        assert_eq!(report.concurrency, whole.concurrency);
        let all = rows(&whole.states);
        let kept = rows(&report.states);
        for row in &kept {
            let same = |full: &&(_, f64, f64, _, Facts)| {
                let (task, start, end, state, facts) = **full;
                let why = row.4.why.0.is_none() || facts.why == row.4.why;
                let from = row.4.from_place.is_none() || facts.from_place == row.4.from_place;
                let what =
                    (task, start, state, facts.processor) == (row.0, row.1, row.3, row.4.processor);
                what && why && from && end >= row.2
            };
            assert!(all.iter().any(|full| same(&full)), "seed {seed}: {row:?}");
        }
        for pair in kept.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            assert!(pair[0].2 <= pair[1].1);
            gaps += usize::from(pair[0].2 < pair[1].1);
        }
        assert!(report.parallelism.max <= whole.parallelism.max);
        assert!(close(report.parallelism.mean, whole.parallelism.mean));
    }
    assert!(gaps > 0, "no trace had a hole in the middle of a life");
}
