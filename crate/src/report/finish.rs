//! The report on a run that has ended, or for which the host stops waiting: rows, figures,
//! sentences.

use super::figures::{Facts, Report, figures};
use super::rows::Fold;
use crate::trace::Totals;

impl Fold {
    /// Returns the report on a run that has ended.
    pub fn finish(self, totals: &Totals, facts: Facts) -> Report {
        let mut report = figures(self.rows(totals), totals, facts);
        report.conclude();
        report
    }

    /// Returns the report on a run that does not end, because one of its tasks never reaches a
    /// checkpoint.
    ///
    /// The report covers what was recorded so far. `totals` count only the turns that have ended. A
    /// processor that is inside a task counts as busy until `main_ended`.
    pub fn so_far(&self, mut totals: Totals, facts: Facts) -> Report {
        for (processor, since) in self.inside() {
            let inside = &mut totals.processors[processor as usize];
            inside.busy += totals.main_ended.saturating_sub(since);
            inside.switches += 1;
        }
        self.clone().finish(&totals, facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{MS, Script, facts, totals};
    use crate::report::{Cause, ChannelEvents, Level, Losses, OutputChunk, Spans, State};
    use crate::trace::{
        Batch, ChannelOp, EndedBy, Event, MAIN, Named, Nanos, Reason, Stream, TaskId, TaskSums,
    };

    /// Returns the trace of two dishes and one cook: each dish takes 60 ms of chopping and 180 ms
    /// of boiling. Main's first instruction is at 5 ms.
    fn kitchen() -> Script {
        let mut script = Script::default();
        script.created(1, 0, 0, 0);
        script.started(0, 5, 0);
        script.created(0, 5, 1, 0);
        script.created(0, 5, 2, 0);
        script.stopped(0, 5, 0, Reason::WaitGroup);
        script.started(0, 5, 1);
        script.stopped(0, 65, 1, Reason::Sleep);
        script.started(0, 65, 2);
        script.stopped(0, 125, 2, Reason::Sleep);
        script.event(0, 126, Event::ProcessorParked);
        script.event(0, 246, Event::ProcessorWoken);
        script.ready(0, 245, 1, None);
        script.started(0, 246, 1);
        script.ended(0, 247, 1);
        script.event(0, 248, Event::ProcessorParked);
        script.event(0, 305, Event::ProcessorWoken);
        script.ready(0, 305, 2, None);
        script.started(0, 305, 2);
        script.ready(0, 306, 0, Some(2));
        script.ended(0, 306, 2);
        script.started(0, 306, 0);
        script.ended(0, 307, 0);
        script
    }

    fn sums(task: TaskId, ended: Nanos, ended_by: EndedBy, times: [Nanos; 3]) -> TaskSums {
        let [running, ready, blocked] = times.map(|time| time * MS);
        TaskSums {
            task,
            created: if task == MAIN { 0 } else { 5 * MS },
            first_run: Some(5 * MS),
            ended: ended * MS,
            ended_by,
            running,
            ready,
            blocked,
        }
    }

    fn finish(batches: &[Batch], totals: &Totals) -> Report {
        let mut fold = Fold::new(1);
        batches.iter().for_each(|batch| fold.add(batch));
        fold.finish(totals, facts("concurrent", 1))
    }

    #[test]
    fn the_kitchen_on_one_processor() {
        let mut batch = kitchen().batch();
        let names = [(0, "main"), (1, "soup"), (2, "rice")];
        batch.names = names
            .map(|(task, name)| {
                let parent = (task != MAIN).then_some(MAIN);
                Named { task, parent, name: name.into() }
            })
            .to_vec();
        batch.ended = vec![
            sums(2, 306, EndedBy::Returned, [61, 60, 180]),
            sums(1, 247, EndedBy::Returned, [61, 1, 180]),
            sums(0, 307, EndedBy::Returned, [1, 5, 301]),
        ];
        let report = finish(&[batch], &totals(5, 307, &[(123, 177)]));
        assert_eq!((report.wall_ms, report.startup_ms, report.busy_ms), (302.0, 5.0, 123.0));
        // 845 = 302 of main + 242 of soup + 301 of rice.
        assert_eq!(report.concurrency, Level { max: 3, mean: 845.0 / 302.0 });
        assert_eq!(report.parallelism, Level { max: 1, mean: 123.0 / 302.0 });
        assert_eq!((report.switches, report.steals, report.clock_step_ms), (5, 1, 0.005));

        let tasks = &report.tasks;
        assert_eq!(tasks.id, [0, 1, 2]);
        assert_eq!(tasks.name, ["main", "soup", "rice"]);
        assert_eq!(tasks.parent, [None, Some(0), Some(0)]);
        assert_eq!(tasks.created_ms, [Some(0.0); 3]);
        assert_eq!(tasks.first_run_ms, [Some(0.0); 3]);
        assert_eq!(tasks.ended_ms, [Some(302.0), Some(242.0), Some(301.0)]);
        assert_eq!(tasks.running_ms, [1.0, 61.0, 61.0]);
        // Main's ready time lies before its first instruction, so the report leaves it out.
        assert_eq!(tasks.ready_ms, [0.0, 1.0, 60.0]);
        assert_eq!(tasks.blocked_ms, [301.0, 180.0, 180.0]);
        assert_eq!(tasks.ended_by, [Some(EndedBy::Returned); 3]);

        let spans = Spans::of(&report.states);
        assert_eq!(spans.task, [0, 1, 2, 1, 2, 0]);
        assert_eq!(spans.start_ms, [0.0, 0.0, 60.0, 241.0, 300.0, 301.0]);
        assert_eq!(spans.end_ms, [0.0, 60.0, 120.0, 242.0, 301.0, 302.0]);

        let states = &report.states;
        let rice: Vec<_> = (0..states.task.len()).filter(|row| states.task[*row] == 2).collect();
        use State::{Blocked, Ready, Running};
        let sleep = Some(Cause::Stopped(Reason::Sleep));
        let expected = [
            (Ready, None, 0.0, 60.0),
            (Running, sleep, 60.0, 120.0),
            (Blocked, sleep, 120.0, 300.0),
            (Ready, sleep, 300.0, 300.0),
            (Running, Some(Cause::Ended), 300.0, 301.0),
        ];
        for (row, (state, reason, start, end)) in rice.iter().zip(expected) {
            assert_eq!((states.state[*row], states.reason[*row]), (state, reason));
            assert_eq!((states.start_ms[*row], states.end_ms[*row]), (start, end));
        }
        assert_eq!(rice.len(), expected.len());
        // Rice woke main. Main's wait before its first instruction is left out.
        let by: Vec<_> = states.by.iter().flatten().collect();
        assert_eq!(by, [&2]);
        let main = (0..states.task.len()).find(|row| states.task[*row] == 0).unwrap();
        assert_eq!(states.state[main], Running);

        // 302 = 123 inside tasks + 177 parked + 2 between turns. The only processor has no tail.
        let expected =
            Losses { inside_ms: 123.0, scheduling_ms: 2.0, idle_ms: 177.0, ..Losses::default() };
        assert_eq!(report.losses, [expected]);
        assert_eq!(
            report.findings,
            ["3 tasks were in progress at once, and never more than one processor was at work: \
              concurrency without parallelism."]
        );
    }

    /// Main returns at 100 ms while task 1 runs on processor 1, task 2 is blocked and task 3 is
    /// ready. Task 1 creates task 4 after that, and notices main's end at 130 ms.
    #[test]
    fn all_ends_with_main() {
        let mut script = Script::default();
        script.created(2, 0, 0, 0);
        script.started(0, 10, 0);
        script.created(0, 20, 1, 0);
        script.started(1, 30, 1);
        script.created(0, 40, 2, 0);
        script.created(0, 40, 3, 0);
        script.stopped(0, 50, 0, Reason::Yielded);
        script.started(0, 50, 2);
        script.stopped(0, 60, 2, Reason::Receive);
        script.started(0, 60, 0);
        script.ended(0, 100, 0);
        script.created(1, 110, 4, 1);
        script.event(
            1,
            120,
            Event::Channel { channel: 0, op: ChannelOp::Send, task: 1, operation: 0, length: 1 },
        );
        script.ended(1, 130, 1);
        let mut batch = script.batch();
        // The clock of the task that wrote second was behind.
        for (at, stream, text) in [
            (90, Stream::Stderr, "first"),
            (80, Stream::Stdout, "second\n"),
            (120, Stream::Stdout, "late"),
        ] {
            batch.output.push(at * MS, 1, stream, text.as_bytes());
        }
        let report = finish_on_two(&batch, &totals(10, 100, &[(90, 0), (70, 0)]));

        assert_eq!(report.tasks.id, [0, 1, 2, 3]);
        // The batch has no `TaskSums`, so the tasks' times come from the events.
        assert_eq!(report.tasks.running_ms, [80.0, 70.0, 10.0, 0.0]);
        assert_eq!(report.tasks.ready_ms, [10.0, 10.0, 10.0, 60.0]);
        assert_eq!(report.tasks.blocked_ms, [0.0, 0.0, 40.0, 0.0]);
        assert_eq!(report.tasks.first_run_ms, [Some(0.0), Some(20.0), Some(40.0), None]);
        assert_eq!(report.tasks.ended_ms, [Some(90.0), Some(90.0), None, None]);
        let (returned, with_main) = (Some(EndedBy::Returned), Some(EndedBy::MainReturned));
        assert_eq!(report.tasks.ended_by, [returned, with_main, None, None]);
        assert_eq!(Spans::of(&report.states).end_ms.iter().fold(0.0, |a, b| b.max(a)), 90.0);
        // Main's end cuts each task's last state. Only task 2 had stopped before main's end, so
        // only its last state has a reason.
        let states = &report.states;
        for task in [1, 2, 3] {
            let row = (0..states.task.len()).rfind(|row| states.task[*row] == task).unwrap();
            assert_eq!(states.end_ms[row], 90.0);
            let waits = (task == 2).then_some(Cause::Stopped(Reason::Receive));
            assert_eq!(states.reason[row], waits);
        }
        // 290 = 90 + 80 + 60 + 60, in 90 ms.
        assert_eq!(report.concurrency, Level { max: 4, mean: 290.0 / 90.0 });
        assert_eq!(report.parallelism, Level { max: 2, mean: 160.0 / 90.0 });
        let chunk = |at_ms, stream, text: &str| OutputChunk {
            at_ms,
            task: Some(1),
            stream,
            text: text.into(),
        };
        let expected =
            [chunk(80.0, Stream::Stderr, "first"), chunk(70.0, Stream::Stdout, "second\n")];
        assert_eq!(report.output, expected);
        assert_eq!(report.channel_events, ChannelEvents::default());
    }

    fn finish_on_two(batch: &Batch, totals: &Totals) -> Report {
        let mut fold = Fold::new(2);
        fold.add(batch);
        fold.finish(totals, facts("concurrent", 2))
    }

    #[test]
    fn channel_events_are_in_the_order_of_their_numbers() {
        let mut script = Script::default();
        let event = |channel, op, operation, length| Event::Channel {
            channel,
            op,
            task: operation,
            operation,
            length,
        };
        // The receiver's clock is behind the sender's.
        script.event(0, 7, event(1, ChannelOp::Receive, 1, 0));
        script.event(0, 9, event(0, ChannelOp::Close, 0, 0));
        script.event(1, 8, event(1, ChannelOp::Send, 0, 1));
        let report = finish_on_two(&script.batch(), &totals(5, 20, &[(15, 0), (15, 0)]));
        let events = &report.channel_events;
        assert_eq!(events.channel, [0, 1, 1]);
        assert_eq!(events.operation, [0, 0, 1]);
        assert_eq!(events.kind, [ChannelOp::Close, ChannelOp::Send, ChannelOp::Receive]);
        assert_eq!(events.length, [0, 1, 0]);
        assert_eq!(events.task, [0, 0, 1]);
        assert_eq!(events.at_ms, [4.0, 3.0, 2.0]);
    }

    #[test]
    fn what_a_full_log_could_not_hold_is_missing_and_nothing_else() {
        let mut whole = kitchen();
        let mut batch = whole.batch();
        // The log of processor 0 is full after rice's sleep begins and before the processor parks.
        let kept = batch.events.iter().take_while(|(_, event)| event.at <= 125 * MS).count();
        let missing = batch.events[kept].1.at;
        let host: Vec<_> =
            batch.events.iter().filter(|(writer, _)| *writer == 1).copied().collect();
        batch.events.truncate(kept);
        batch.events.extend(host);
        batch.ended = vec![
            sums(1, 247, EndedBy::Returned, [61, 1, 180]),
            sums(2, 306, EndedBy::Returned, [61, 60, 180]),
            sums(0, 307, EndedBy::Returned, [1, 5, 301]),
        ];
        let mut totals = totals(5, 307, &[(123, 177)]);
        (totals.dropped, totals.first_dropped) = (13, Some(missing));
        let report = finish(&[batch], &totals);
        assert_eq!(Spans::of(&report.states).task, [0, 1, 2]);
        // Main's blocked state ends at the first missing event. It is unknown when the sleeping
        // tasks became ready.
        let states = &report.states;
        let last = |task| (0..states.task.len()).rfind(|row| states.task[*row] == task).unwrap();
        assert_eq!((states.state[last(0)], states.end_ms[last(0)]), (State::Blocked, 121.0));
        assert_eq!((states.state[last(1)], states.end_ms[last(1)]), (State::Running, 60.0));
        // The times of tasks and processors are exact nevertheless.
        assert_eq!(report.tasks.blocked_ms, [301.0, 180.0, 180.0]);
        assert_eq!(report.concurrency, Level { max: 3, mean: 845.0 / 302.0 });
        assert_eq!(report.parallelism, Level { max: 1, mean: 123.0 / 302.0 });
        assert_eq!(report.losses[0].tail_ms, 0.0);
        assert_eq!(report.losses[0].idle_ms, 177.0);
        assert_eq!(report.findings.len(), 2);
    }

    #[test]
    fn missing_output_does_not_shorten_the_record() {
        let mut totals = totals(5, 307, &[(123, 177)]);
        let whole = finish(&[kitchen().batch()], &totals);
        totals.dropped_bytes = [3, 0];
        let report = finish(&[kitchen().batch()], &totals);
        assert_eq!(report.states, whole.states);
        assert_eq!(report.findings, whole.findings);
        assert_eq!(report.dropped_bytes, [3, 0]);
    }

    #[test]
    fn a_run_that_was_stopped_before_main_started_is_empty() {
        let mut script = Script::default();
        script.created(1, 0, 0, 0);
        let report = finish(&[script.batch()], &totals(5, 5, &[(0, 0)]));
        assert_eq!(report.wall_ms, 0.0);
        assert_eq!(report.concurrency, Level { max: 1, mean: 0.0 });
        assert_eq!(report.parallelism, Level { max: 0, mean: 0.0 });
        assert_eq!(report.states.task, [0; 0]);
        assert_eq!(report.tasks.ready_ms, [0.0]);
    }
    #[test]
    fn who_never_left_a_task_was_in_it_to_the_end() {
        let mut script = Script::default();
        script.created(2, 0, 0, MAIN);
        script.started(0, 5, 0);
        script.created(0, 10, 1, MAIN);
        script.started(1, 15, 1);
        script.stopped(1, 25, 1, Reason::Sleep);
        let mut fold = Fold::new(2);
        fold.add(&script.batch());
        let report = fold.so_far(totals(5, 105, &[(0, 0), (10, 85)]), facts("concurrent", 2));
        assert_eq!((report.wall_ms, report.busy_ms, report.switches), (100.0, 110.0, 11));
        assert_eq!(report.parallelism, Level { max: 2, mean: 1.1 });
        assert_eq!(report.tasks.running_ms, [100.0, 10.0]);
        assert_eq!(report.tasks.ended_ms, [None, None]);
        assert_eq!((report.losses[0].inside_ms, report.losses[0].scheduling_ms), (100.0, 0.0));
        // The run goes on, and the fold takes further events.
        assert_eq!(fold.inside().count(), 1);
        script.ended(0, 200, 0);
        fold.add(&script.batch());
        assert_eq!(fold.inside().count(), 0);
    }
}
