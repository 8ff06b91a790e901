//! The table of a run's tasks.

use super::fold::Fold;
use super::states::{State, StateRow};
use super::window::{Window, ms};
use crate::trace::{EndedBy, Nanos, PlaceId, TaskId};

/// All tasks of a run, as columns. There is a row for each id from 0 up to the largest, so a task's
/// id is the number of its row. The three times of a task add up to its life, even if its events
/// were not kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tasks {
    /// The task's id, which is the number of the row.
    pub id: Vec<TaskId>,
    /// The task's name.
    pub name: Vec<String>,
    /// The task that created this task. `None` for main, or if the creator is unknown.
    pub parent: Vec<Option<TaskId>>,
    /// The place at which this task was started. `None` for main, or if the creation was not kept.
    pub place: Vec<Option<PlaceId>>,
    /// The time of creation, in milliseconds. `None` if the creation was not kept. Such a task has
    /// a row because another event names it, or because a task with a larger id has a row.
    pub created_ms: Vec<Option<f64>>,
    /// The time at which the first turn began, in milliseconds, if there was one.
    pub first_run_ms: Vec<Option<f64>>,
    /// The time at which the task ended, in milliseconds. `None` if the end is unknown, for example
    /// after a fault.
    pub ended_ms: Vec<Option<f64>>,
    /// Milliseconds for which the task was running.
    pub running_ms: Vec<f64>,
    /// Milliseconds for which the task was ready.
    pub ready_ms: Vec<f64>,
    /// Milliseconds for which the task was blocked.
    pub blocked_ms: Vec<f64>,
    /// How the task ended, or `None` if `ended_ms` is `None`.
    pub ended_by: Vec<Option<EndedBy>>,
}

impl Tasks {
    pub(in crate::report) fn new(rows: &[TaskRow], window: Window) -> Tasks {
        let mut tasks = Tasks::default();
        for row in rows {
            tasks.id.push(row.id);
            tasks.name.push(row.name.clone());
            tasks.parent.push(row.parent);
            tasks.place.push(row.place);
            tasks.created_ms.push(row.created.map(|at| window.ms(at)));
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

/// One task, in times on the run's time axis.
#[derive(Debug, Default)]
pub(in crate::report) struct TaskRow {
    id: TaskId,
    name: String,
    parent: Option<TaskId>,
    place: Option<PlaceId>,
    created: Option<Nanos>,
    first_run: Option<Nanos>,
    ended: Option<(Nanos, EndedBy)>,
    times: Times,
}

/// Nanoseconds in each state, by the state's code.
type Times = [Nanos; State::ALL.len()];

impl TaskRow {
    /// Returns the times of the task's creation and end, within the window. Returns `None` if the
    /// creation is unknown.
    pub fn life(&self, window: Window) -> Option<(Nanos, Nanos)> {
        let start = self.created?.clamp(window.start, window.end.max(window.start));
        let end = self.ended.map_or(window.end, |(at, _)| at.min(window.end));
        Some((start, end.max(start)))
    }
}

/// Returns a row for every task up to the last one that is known to have existed within the window.
/// A task's row comes from its `TaskSums`, or from its events if there are no `TaskSums`.
pub(super) fn tasks(fold: &Fold, window: Window) -> Vec<TaskRow> {
    let seen = seen(&fold.lives.states, window);
    let from_events = fold.lives.tasks.iter().enumerate().map(|(id, life)| TaskRow {
        created: life.created,
        first_run: life.first_run,
        ended: life.ended,
        times: seen.get(id).copied().unwrap_or_default(),
        ..TaskRow::default()
    });
    let mut rows: Vec<TaskRow> = from_events.collect();
    for sums in &fold.sums {
        // Time before the window does not count. In that time main was ready and waited for its
        // processor.
        let before = window.start.saturating_sub(sums.created);
        rows[sums.task as usize] = TaskRow {
            created: Some(sums.created),
            first_run: sums.first_run,
            ended: Some((sums.ended, sums.ended_by)),
            times: [sums.running, sums.ready.saturating_sub(before), sums.blocked],
            ..TaskRow::default()
        };
    }
    let completed =
        matches!(rows.first(), Some(TaskRow { ended: Some((_, EndedBy::Returned)), .. }));
    let survivors = if completed { EndedBy::MainReturned } else { EndedBy::Stopped };
    let within = |row: &TaskRow| row.created.is_some_and(|at| at <= window.end);
    let created = rows.iter().rposition(within).map_or(0, |last| last + 1);
    rows.truncate(created.max(seen.len()));
    for (id, row) in (0..).zip(&mut rows) {
        row.id = id;
        row.name = fold.name(id);
        row.parent = fold.parent(id);
        row.place = fold.lives.tasks.get(id as usize).and_then(|life| life.place);
        if row.created.is_some_and(|at| at > window.end) {
            // The task was created after the window. It has a row only because a task with a larger
            // id has a row.
            row.times = Times::default();
        }
        row.first_run = row.first_run.filter(|at| *at <= window.end);
        // The task returned only after the run was over, so the run's end counts as its end.
        if let Some((at, by @ EndedBy::Returned)) = &mut row.ended
            && *at > window.end
        {
            *by = survivors;
        }
    }
    rows
}

/// Returns each task's times according to its events, up to the last task that has a state in the
/// window.
fn seen(states: &[StateRow], window: Window) -> Vec<Times> {
    let mut times = Vec::new();
    for row in states {
        if let Some((start, end)) = window.cut(row.start, row.end) {
            let task = row.task as usize;
            if task >= times.len() {
                times.resize(task + 1, Times::default());
            }
            times[task][row.state as usize] += end - start;
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use crate::report::Fold;
    use crate::report::testing::{Script, facts, totals};
    use crate::trace::{MAIN, Reason};

    /// Two processors create tasks at the same time. The order of the tasks' ids may differ from
    /// the order of their times, because clocks differ.
    #[test]
    fn a_task_is_in_the_row_of_its_id_though_another_is_missing() {
        let mut script = Script::default();
        script.created(2, 0, 0, MAIN);
        script.started(0, 10, 0);
        script.created(0, 20, 1, MAIN);
        // The creation of task 2 is not kept, and task 3 is created after main's end.
        script.created(0, 101, 3, MAIN);
        script.created(1, 30, 4, MAIN);
        script.started(1, 40, 4);
        script.waited(1, 60, 4, Reason::Receive, 0);
        script.ended(0, 100, 0);
        script.created(1, 120, 5, 4);
        let mut fold = Fold::new(2);
        fold.add(&script.batch());
        let report = fold.finish(&totals(10, 100, &[(90, 0), (20, 70)]), facts("concurrent", 2));
        let tasks = &report.tasks;
        assert_eq!(tasks.id, [0, 1, 2, 3, 4]);
        assert_eq!(tasks.name[4], "task 4");
        assert_eq!(tasks.created_ms, [Some(0.0), Some(10.0), None, Some(90.0), Some(20.0)]);
        assert_eq!(tasks.ended_ms[2], None);
        assert_eq!(tasks.running_ms, [90.0, 0.0, 0.0, 0.0, 20.0]);
        assert_eq!(tasks.blocked_ms, [0.0, 0.0, 0.0, 0.0, 40.0]);
        // Main and tasks 1 and 4 existed at once. Task 2 is unknown, and task 3 came later.
        assert_eq!(report.concurrency.max, 3);
    }
}
