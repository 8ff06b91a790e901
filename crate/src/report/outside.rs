//! What processors outside tasks were there for, as far as the columns tell.

use super::{Report, State};

/// Milliseconds that processors were outside tasks while no task was ready, summed over the
/// processors.
pub(super) fn without_ready(report: &Report) -> f64 {
    let states = &report.states;
    let of = |wanted| {
        let times = states.start_ms.iter().zip(&states.end_ms).zip(&states.state);
        times.filter(move |(_, state)| **state == wanted).map(|(times, _)| times)
    };
    let (inside, ready) = (of(State::Running), of(State::Ready));
    // Each with how it changes the number inside tasks and the number ready.
    let mut edges: Vec<(f64, i64, i64)> = inside
        .flat_map(|(start, end)| [(*start, 1, 0), (*end, -1, 0)])
        .chain(ready.flat_map(|(start, end)| [(*start, 0, 1), (*end, 0, -1)]))
        .chain([(report.wall_ms, 0, 0)])
        .collect();
    edges.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut time, mut since) = (0.0, 0.0);
    let (mut inside, mut ready) = (0, 0);
    for (at, entered, readied) in edges {
        if ready == 0 {
            time += (at - since) * (i64::from(report.facts.processors) - inside).max(0) as f64;
        }
        since = at;
        inside += entered;
        ready += readied;
    }
    time
}

/// Milliseconds that processors were awake before their first turn, summed over the processors.
/// One without any turn was so for as long as it was awake.
pub(super) fn late(report: &Report) -> f64 {
    let mut first = vec![f64::INFINITY; report.losses.len()];
    for (processor, start) in report.states.processor.iter().zip(&report.states.start_ms) {
        if let Some(first) = processor.and_then(|processor| first.get_mut(processor as usize)) {
            *first = start.min(*first);
        }
    }
    let awake = report.losses.iter().map(|one| one.scheduling_ms);
    awake.zip(first).map(|(awake, first)| awake.min(first)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;
    use crate::report::{Losses, States};

    #[test]
    fn outside_tasks_with_nothing_to_take() {
        let mut run = report("concurrent", 2, 10.0, 12.0);
        // Outside: one processor until 6, from 2 on beside a ready task, and the other from 8 on.
        run.states = States {
            task: vec![0, 1, 1, 0],
            state: vec![State::Running, State::Ready, State::Running, State::Blocked],
            reason: vec![None; 4],
            channel: vec![None; 4],
            processor: vec![Some(0), None, Some(1), None],
            by: vec![None; 4],
            start_ms: vec![0.0, 2.0, 6.0, 8.0],
            end_ms: vec![8.0, 6.0, 10.0, 10.0],
        };
        assert_eq!(without_ready(&run), 2.0 + 2.0);
    }

    #[test]
    fn late_until_the_first_turn_and_not_while_asleep() {
        let mut run = report("concurrent", 3, 10.0, 12.0);
        run.states.processor = vec![Some(0), None, Some(1), Some(0)];
        run.states.start_ms = vec![0.0, 0.0, 6.0, 8.0];
        let awake = |scheduling_ms| Losses { scheduling_ms, ..Losses::default() };
        run.losses = vec![awake(1.0), awake(7.0), awake(4.0)];
        assert_eq!(late(&run), 0.0 + 6.0 + 4.0);
    }
}
