//! The report, once a run is over.

use super::levels::{mean, most_at_once};
use super::losses::{Sleep, tail};
use super::states::StateRow;
use super::window::{Window, ms};
use super::{ChannelEvents, Facts, Fold, Level, Losses, OutputLine, Report, Spans, State, States};
use super::{Tasks, findings};
use crate::trace::{EndedBy, Line, MAIN, Nanos, TaskId, TaskSums, Totals};

impl Fold {
    /// What the run came to. Sums and totals are exact. Where events are missing, the tables
    /// of spans and states have holes and end early, and nothing is put in their place.
    pub fn finish(mut self, totals: &Totals, facts: Facts) -> Report {
        while let Some(due) = self.merge.after_gap() {
            self.lives.apply(due);
            while let Some(due) = self.merge.due() {
                self.lives.apply(due);
            }
        }
        let window = Window { start: totals.main_started, end: totals.main_ended };
        let known_until = self.known_until(totals);
        self.lives.cut(known_until);

        let wall = window.wall();
        let busy: Nanos = totals.processors.iter().map(|processor| processor.busy).sum();
        let spans = self.lives.spans.iter().filter_map(|span| window.cut(span.start, span.end));
        let parallelism = Level { max: most_at_once(spans), mean: mean(busy, wall) };
        let complete = known_until == window.end;
        let tail = if complete { tail(&self.lives.spans, &self.sleeps(), window) } else { 0 };
        let (tasks, concurrency) = self.tasks(window, complete);
        let mut report = Report {
            facts,
            wall_ms: ms(wall),
            startup_ms: ms(totals.startup),
            busy_ms: ms(busy),
            output: output(&mut self.lines, window),
            tasks,
            spans: Spans::new(&std::mem::take(&mut self.lives.spans), window),
            states: States::new(&std::mem::take(&mut self.lives.states), window),
            channel_events: self.channel_events(window),
            concurrency,
            parallelism,
            losses: Losses::new(totals, tail),
            findings: Vec::new(),
            switches: totals.processors.iter().map(|processor| processor.switches).sum(),
            steals: totals.processors.iter().map(|processor| processor.steals).sum(),
            events: totals.events,
            events_dropped: totals.dropped,
            clock_step_ms: ms(totals.clock_step),
        };
        report.findings = findings::findings(&report);
        report
    }

    /// Until when the events tell everything. Recording stops everywhere at once, so what is
    /// open after the last event may have closed at any time since. Output has a limit of its
    /// own: lines may be missing although main's end is there.
    fn known_until(&self, totals: &Totals) -> Nanos {
        let main = self.lives.tasks.get(MAIN as usize);
        let ends = totals.dropped == 0 || main.is_some_and(|main| main.ended.is_some());
        if ends { totals.main_ended } else { self.last.min(totals.main_ended) }
    }

    /// Every stretch for which a processor slept; those that are open last for ever.
    fn sleeps(&self) -> Vec<Sleep> {
        let open = self.asleep.iter().enumerate().filter_map(|(processor, since)| {
            Some(Sleep { processor: processor as u32, start: (*since)?, end: Nanos::MAX })
        });
        self.sleeps.iter().copied().chain(open).collect()
    }

    fn tasks(&self, window: Window, complete: bool) -> (Tasks, Level) {
        let mut sums_of: Vec<Option<&TaskSums>> = vec![None; self.lives.tasks.len()];
        for sums in &self.sums {
            sums_of[sums.task as usize] = Some(sums);
        }
        let from_events = times(&self.lives.states, self.lives.tasks.len(), window);
        let main_ended_by = match (sums_of.first(), self.lives.tasks.first()) {
            (Some(Some(sums)), _) => Some(sums.ended_by),
            (_, Some(life)) => life.ended.map(|(_, by)| by),
            _ => None,
        };

        let mut tasks = Tasks::default();
        let mut lifetimes = Vec::new();
        for (id, (life, sums)) in self.lives.tasks.iter().zip(sums_of).enumerate() {
            let Some(created) = sums.map(|sums| sums.created).or(life.created) else { continue };
            let id = id as TaskId;
            if created > window.end && id != MAIN {
                continue;
            }
            let ended = sums.map(|sums| (sums.ended, sums.ended_by)).or(life.ended);
            let outlived = ended.is_none_or(|(at, _)| at > window.end);
            // Main's first instruction is the report's beginning, and what main waited for
            // its processor lies before.
            let before = window.start.saturating_sub(created);
            let times = match sums {
                Some(sums) if !outlived || !complete => {
                    [sums.running, sums.ready.saturating_sub(before), sums.blocked]
                }
                // Its sums go on after main's end, or nobody handed them in.
                _ => from_events[id as usize],
            };
            let first_run = sums.map_or(life.first_run, |sums| sums.first_run);

            tasks.id.push(id);
            tasks.name.push(self.name(id));
            tasks.parent.push(sums.map_or(life.parent, |sums| sums.parent));
            tasks.created_ms.push(window.ms(created));
            let first_run = first_run.filter(|at| *at <= window.end);
            tasks.first_run_ms.push(first_run.map(|at| window.ms(at)));
            tasks.ended_ms.push(ended.map(|(at, _)| window.ms(at)));
            tasks.ended_by.push(ended.map(|(_, by)| match (by, main_ended_by) {
                // It went on in its processor after the run was over.
                (EndedBy::Returned, Some(EndedBy::Returned)) if outlived => EndedBy::MainReturned,
                (EndedBy::Returned, _) if outlived => EndedBy::Stopped,
                _ => by,
            }));
            let [running, ready, blocked] = times.map(ms);
            tasks.running_ms.push(running);
            tasks.ready_ms.push(ready);
            tasks.blocked_ms.push(blocked);
            let end = ended.map_or(window.end, |(at, _)| at);
            lifetimes.extend(window.cut(created, end));
        }
        let sum = lifetimes.iter().map(|(start, end)| end - start).sum();
        let concurrency =
            Level { max: most_at_once(lifetimes.into_iter()), mean: mean(sum, window.wall()) };
        (tasks, concurrency)
    }

    fn channel_events(&mut self, window: Window) -> ChannelEvents {
        let mut rows = std::mem::take(&mut self.channel_events);
        rows.sort_unstable_by_key(|row| (row.channel, row.operation));
        let mut columns = ChannelEvents::default();
        for row in rows.iter().filter(|row| window.holds(row.at)) {
            columns.channel.push(row.channel);
            columns.kind.push(row.op);
            columns.task.push(row.task);
            columns.operation.push(row.operation);
            columns.length.push(row.length);
            columns.at_ms.push(window.ms(row.at));
        }
        columns
    }
}

/// For each of `tasks` tasks, the nanoseconds it was running, ready and blocked, as far as the
/// events tell.
fn times(states: &[StateRow], tasks: usize, window: Window) -> Vec<[Nanos; State::ALL.len()]> {
    let mut times = vec![[0; State::ALL.len()]; tasks];
    for row in states {
        if let Some((start, end)) = window.cut(row.start, row.end) {
            times[row.task as usize][row.state as usize] += end - start;
        }
    }
    times
}

/// The lines by their time; one processor's lines keep their order within a clock step.
fn output(lines: &mut [Line], window: Window) -> Vec<OutputLine> {
    lines.sort_by_key(|line| line.at);
    let lines = lines.iter().filter(|line| window.holds(line.at));
    lines.map(|line| OutputLine::new(line, window)).collect()
}

impl OutputLine {
    pub(super) fn new(line: &Line, window: Window) -> OutputLine {
        OutputLine { at_ms: window.ms(line.at), task: line.task, text: line.text.clone() }
    }
}
