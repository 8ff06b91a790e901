//! What became of each task.

use super::states::StateRow;
use super::window::{Window, ms};
use super::{Fold, State};
use crate::trace::{EndedBy, Nanos, TaskId};

/// Every task of a run. The three times of a task add up to its life, even where its events
/// were not kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tasks {
    /// Who; ascending.
    pub id: Vec<TaskId>,
    /// Its name.
    pub name: Vec<String>,
    /// Who created it; `None` for main, and where that was not kept.
    pub parent: Vec<Option<TaskId>>,
    /// When it was created, in milliseconds.
    pub created_ms: Vec<f64>,
    /// When its first turn began, in milliseconds, if it had one.
    pub first_run_ms: Vec<Option<f64>>,
    /// When it ended, in milliseconds. `None` when nobody could say, as after a fault.
    pub ended_ms: Vec<Option<f64>>,
    /// Milliseconds in a processor.
    pub running_ms: Vec<f64>,
    /// Milliseconds able to run, without a processor.
    pub ready_ms: Vec<f64>,
    /// Milliseconds waiting.
    pub blocked_ms: Vec<f64>,
    /// How it ended. `None` where `ended_ms` is.
    pub ended_by: Vec<Option<EndedBy>>,
}

impl Tasks {
    pub(super) fn new(rows: &[TaskRow], name: impl Fn(TaskId) -> String, window: Window) -> Tasks {
        let mut tasks = Tasks::default();
        for row in rows {
            tasks.id.push(row.id);
            tasks.name.push(name(row.id));
            tasks.parent.push(row.parent);
            tasks.created_ms.push(window.ms(row.created));
            tasks.first_run_ms.push(row.first_run.map(|at| window.ms(at)));
            tasks.ended_ms.push(row.ended.map(|(at, _)| window.ms(at)));
            tasks.running_ms.push(ms(row.times[State::Running as usize]));
            tasks.ready_ms.push(ms(row.times[State::Ready as usize]));
            tasks.blocked_ms.push(ms(row.times[State::Blocked as usize]));
            tasks.ended_by.push(row.ended.map(|(_, by)| by));
        }
        tasks
    }
}

/// One task, on the run's own axis.
#[derive(Debug)]
pub(super) struct TaskRow {
    id: TaskId,
    parent: Option<TaskId>,
    created: Nanos,
    first_run: Option<Nanos>,
    ended: Option<(Nanos, EndedBy)>,
    times: Times,
}

/// Nanoseconds in each state, by its code.
type Times = [Nanos; State::ALL.len()];

impl TaskRow {
    /// From its creation to its end, within the window.
    pub fn life(&self, window: Window) -> (Nanos, Nanos) {
        let start = self.created.max(window.start);
        let end = self.ended.map_or(window.end, |(at, _)| at.min(window.end));
        (start, end.max(start))
    }
}

/// Every task that was created within the window: from its sums, and from its events if nobody
/// has handed in its sums.
pub(super) fn tasks(fold: &Fold, window: Window) -> Vec<TaskRow> {
    let lives = &fold.lives.tasks;
    let seen = seen(&fold.lives.states, lives.len(), window);
    let from_events = lives.iter().zip(seen).enumerate().map(|(id, (life, times))| {
        let created = life.created?;
        let (id, first_run, ended) = (id as TaskId, life.first_run, life.ended);
        Some(TaskRow { id, parent: fold.parent(id), created, first_run, ended, times })
    });
    let mut rows: Vec<Option<TaskRow>> = from_events.collect();
    for sums in &fold.sums {
        // What main waited for its processor lies before its first instruction.
        let before = window.start.saturating_sub(sums.created);
        rows[sums.task as usize] = Some(TaskRow {
            id: sums.task,
            parent: fold.parent(sums.task),
            created: sums.created,
            first_run: sums.first_run,
            ended: Some((sums.ended, sums.ended_by)),
            times: [sums.running, sums.ready.saturating_sub(before), sums.blocked],
        });
    }
    let completed =
        matches!(rows.first(), Some(Some(TaskRow { ended: Some((_, EndedBy::Returned)), .. })));
    let survivors = if completed { EndedBy::MainReturned } else { EndedBy::Stopped };
    let mut rows: Vec<TaskRow> = rows.into_iter().flatten().collect();
    rows.retain(|row| row.created <= window.end);
    for row in &mut rows {
        row.first_run = row.first_run.filter(|at| *at <= window.end);
        // It went on in its processor for a while after the run was over.
        if let Some((at, by @ EndedBy::Returned)) = &mut row.ended
            && *at > window.end
        {
            *by = survivors;
        }
    }
    rows
}

/// For each of `tasks` tasks, its times as far as the events tell.
fn seen(states: &[StateRow], tasks: usize, window: Window) -> Vec<Times> {
    let mut times = vec![Times::default(); tasks];
    for row in states {
        if let Some((start, end)) = window.cut(row.start, row.end) {
            times[row.task as usize][row.state as usize] += end - start;
        }
    }
    times
}
