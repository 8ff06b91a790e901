//! The figures of one run.

use super::levels::{AtOnce, Level, at_once, mean};
use super::losses::{Losses, tails};
use super::report::{Facts, Report};
use crate::report::rows::{Rows, State, States, TaskRow, Tasks, Window, ms};
use crate::trace::{Nanos, Totals};

/// Returns the report on a run that has ended, without its sentences. The total times of tasks and
/// processors are exact. If events are missing, the table of states has gaps and ends early, and no
/// state is guessed.
pub(in crate::report) fn figures(rows: Rows, totals: &Totals, facts: Facts) -> Report {
    let window = rows.window;
    let wall = window.wall();
    let busy: Nanos = totals.processors.iter().map(|processor| processor.busy).sum();
    let (inside, ready) = (at_once_in(&rows, State::Running), at_once_in(&rows, State::Ready));
    let tails =
        if rows.events_missing { Vec::new() } else { tails(&rows.states, &rows.parked, window) };
    let tasks = Tasks::new(&rows.tasks, window);
    Report {
        facts,
        wall_ms: ms(wall),
        startup_ms: ms(totals.startup),
        busy_ms: ms(busy),
        output: rows.output,
        tasks_besides_main: tasks.id.len().saturating_sub(1) as u32,
        ready_ms: tasks.ready_ms.iter().sum(),
        tasks,
        states: States::new(&rows.states, window),
        channel_events: rows.channel_events,
        places: rows.places,
        concurrency: concurrency(&rows.tasks, window),
        parallelism: Level { max: inside.most, mean: mean(busy, wall) },
        parallel_ms: inside.times.into_iter().map(ms).collect(),
        some_ready_ms: ms(ready.times.iter().skip(1).sum()),
        losses: Losses::of_each(totals, &tails),
        losses_sentence: String::new(),
        findings: Vec::new(),
        switches: totals.processors.iter().map(|processor| processor.switches).sum(),
        steals: totals.processors.iter().map(|processor| processor.steals).sum(),
        events: totals.events,
        events_dropped: totals.dropped,
        dropped_bytes: rows.dropped_bytes,
        blurred_ms: ms(totals.processors.iter().map(|processor| processor.blurred).sum()),
        clock_step_ms: ms(totals.clock_step),
    }
}

/// Returns how many tasks were in `state` at once, within the window.
fn at_once_in(rows: &Rows, state: State) -> AtOnce {
    let states = rows.states.iter().filter(|row| row.state == state);
    at_once(states.filter_map(|row| rows.window.cut(row.start, row.end)))
}

/// Returns how many tasks were created and not ended. This level comes from the times at which
/// tasks were created and ended, so the level is exact even if events are missing.
fn concurrency(tasks: &[TaskRow], window: Window) -> Level {
    let lives = || tasks.iter().filter_map(|task| task.life(window));
    let sum = lives().map(|(start, end)| end - start).sum();
    Level { max: at_once(lives()).most, mean: mean(sum, window.wall()) }
}
