//! The processors' time, split into work and losses.

use crate::report::rows::{ParkedInterval, State, StateRow, States, Window, ms};
use crate::trace::{Nanos, ProcessorTotals, Totals};

/// A processor's time during main's life, in milliseconds, as five parts that add up to the wall
/// time. The same type holds the parts of the time of all processors together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Losses {
    /// The time inside tasks.
    pub inside_ms: f64,
    /// The time neither inside a task nor parked nor collecting: choosing tasks, searching for them,
    /// parking, waking up, and entering the run late.
    pub scheduling_ms: f64,
    /// The time at the gate, while a guest's unused memory was collected.
    pub collecting_ms: f64,
    /// The time parked before the processor's last turn, or the whole time parked if the processor
    /// had no turn. A processor parks when no task is ready. If events are missing, the last turn
    /// is unknown, and this part includes the tail.
    pub idle_ms: f64,
    /// The time parked after the processor's last turn, while other processors finish the remaining
    /// work.
    pub tail_ms: f64,
}

impl Losses {
    /// Splits each processor's totals. `tails` holds, by processor, the time parked after the last
    /// turn. A processor that is not in `tails` has no tail.
    pub(super) fn of_each(totals: &Totals, tails: &[Nanos]) -> Vec<Losses> {
        let whole = Window { start: totals.main_started, end: totals.main_ended }.wall();
        let tails = tails.iter().copied().chain(std::iter::repeat(0));
        let one = |(processor, tail): (&ProcessorTotals, Nanos)| {
            // Each total may be wrong by some clock steps, but the parts must add up to the whole.
            let inside = processor.busy.min(whole);
            let parked = processor.parked.min(whole - inside);
            let collecting = processor.collecting.min(whole - inside - parked);
            let tail = tail.min(parked);
            Losses {
                inside_ms: ms(inside),
                scheduling_ms: ms(whole - inside - parked - collecting),
                collecting_ms: ms(collecting),
                idle_ms: ms(parked - tail),
                tail_ms: ms(tail),
            }
        };
        totals.processors.iter().zip(tails).map(one).collect()
    }

    /// Adds up the times of all processors.
    pub(in crate::report) fn sum(each: &[Losses]) -> Losses {
        let sum = |part: fn(&Losses) -> f64| each.iter().map(part).sum();
        Losses {
            inside_ms: sum(|one| one.inside_ms),
            scheduling_ms: sum(|one| one.scheduling_ms),
            collecting_ms: sum(|one| one.collecting_ms),
            idle_ms: sum(|one| one.idle_ms),
            tail_ms: sum(|one| one.tail_ms),
        }
    }

    /// The sum of the five parts: the wall time, counted once for each processor.
    pub(in crate::report) fn whole_ms(&self) -> f64 {
        self.inside_ms + self.scheduling_ms + self.collecting_ms + self.idle_ms + self.tail_ms
    }
}

/// Returns, by processor, the time parked after its last turn, within the window. A processor that
/// had no turn has no tail, because there was never enough work for it.
pub(super) fn tails(states: &[StateRow], parked: &[ParkedInterval], window: Window) -> Vec<Nanos> {
    let mut left: Vec<Option<Nanos>> = Vec::new();
    for row in states {
        if let Some(processor) = row.processor
            && let Some((_, end)) = window.cut(row.start, row.end)
        {
            let processor = processor as usize;
            if processor >= left.len() {
                left.resize(processor + 1, None);
            }
            left[processor] = left[processor].max(Some(end));
        }
    }
    let mut tails = vec![0; left.len()];
    for interval in parked {
        let processor = interval.processor as usize;
        if let Some(last_turn) = left.get(processor).copied().flatten()
            && let Some((start, end)) = window.cut(interval.start, interval.end)
        {
            tails[processor] += end.saturating_sub(start.max(last_turn));
        }
    }
    tails
}

/// Returns the time in which processors were outside tasks while no task was ready, in
/// milliseconds, summed over the processors.
pub(in crate::report) fn without_ready_ms(states: &States, wall_ms: f64, processors: u32) -> f64 {
    let of = |wanted| {
        let times = states.start_ms.iter().zip(&states.end_ms).zip(&states.state);
        times.filter(move |(_, state)| **state == wanted).map(|(times, _)| times)
    };
    let (inside, ready) = (of(State::Running), of(State::Ready));
    // Each edge is a time, the change of the number of processors inside tasks, and the change of
    // the number of ready tasks.
    let mut edges: Vec<(f64, i64, i64)> = inside
        .flat_map(|(start, end)| [(*start, 1, 0), (*end, -1, 0)])
        .chain(ready.flat_map(|(start, end)| [(*start, 0, 1), (*end, 0, -1)]))
        .chain([(wall_ms, 0, 0)])
        .collect();
    edges.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut time, mut since) = (0.0, 0.0);
    let (mut inside, mut ready) = (0, 0);
    for (at, entered, readied) in edges {
        if ready == 0 {
            time += (at - since) * (i64::from(processors) - inside).max(0) as f64;
        }
        since = at;
        inside += entered;
        ready += readied;
    }
    time
}

/// Returns the scheduling time that processors may have spent before their first turn, in
/// milliseconds, summed over the processors. If a processor had no turn, all of its scheduling time
/// counts.
pub(in crate::report) fn before_first_turn_ms(states: &States, losses: &[Losses]) -> f64 {
    let mut first = vec![f64::INFINITY; losses.len()];
    for (processor, start) in states.processor.iter().zip(&states.start_ms) {
        if let Some(first) = processor.and_then(|processor| first.get_mut(processor as usize)) {
            *first = start.min(*first);
        }
    }
    let scheduling = losses.iter().map(|one| one.scheduling_ms);
    scheduling.zip(first).map(|(scheduling, first)| scheduling.min(first)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{MS, report, totals};

    #[test]
    fn the_parts_make_the_whole() {
        // 2 × 100 ms: 90 + 40 inside tasks, 5 + 57 parked (30 of it in the tail), 8 for the rest.
        let each = Losses::of_each(&totals(5, 105, &[(90, 5), (40, 57)]), &[0, 30 * MS]);
        let parts = |inside_ms, scheduling_ms, idle_ms, tail_ms| Losses {
            inside_ms,
            scheduling_ms,
            collecting_ms: 0.0,
            idle_ms,
            tail_ms,
        };
        assert_eq!(each, [parts(90.0, 5.0, 5.0, 0.0), parts(40.0, 3.0, 27.0, 30.0)]);
        assert_eq!(Losses::sum(&each), parts(130.0, 8.0, 32.0, 30.0));
    }

    #[test]
    fn sums_that_are_off_by_a_step_do_not_make_more_than_the_whole() {
        let each = Losses::of_each(&totals(5, 105, &[(97, 4)]), &[9 * MS]);
        let expected = Losses { inside_ms: 97.0, tail_ms: 3.0, ..Losses::default() };
        assert_eq!(each, [expected]);
    }

    #[test]
    fn the_tail_is_the_time_parked_after_the_last_turn_of_those_that_had_one() {
        let window = Window { start: 0, end: 100 };
        let span = |processor, start, end| StateRow {
            task: 0,
            state: State::Running,
            reason: None,
            channel: None,
            processor: Some(processor),
            by: None,
            place: None,
            from_place: None,
            by_place: None,
            start,
            end,
        };
        let parked = |processor, start, end| ParkedInterval { processor, start, end };
        let spans = [span(0, 0, 100), span(1, 10, 20), span(1, 40, 60), span(1, 100, 130)];
        let intervals = [
            parked(1, 20, 40),   // another turn follows
            parked(1, 62, 70),   // 8
            parked(1, 75, 120),  // 25 until main's end
            parked(2, 0, 1_000), // never had a turn
        ];
        assert_eq!(tails(&spans, &intervals, window), [0, 33]);
    }
    #[test]
    fn outside_tasks_with_nothing_to_take() {
        let mut run = report("concurrent", 2, 10.0, 12.0);
        // Processor 1 is outside tasks until 6, and processor 0 from 8 on. A task is ready from 2
        // to 6.
        run.states = States {
            task: vec![0, 1, 1, 0],
            state: vec![State::Running, State::Ready, State::Running, State::Blocked],
            reason: vec![None; 4],
            channel: vec![None; 4],
            processor: vec![Some(0), None, Some(1), None],
            by: vec![None; 4],
            place: vec![None; 4],
            from_place: vec![None; 4],
            by_place: vec![None; 4],
            start_ms: vec![0.0, 2.0, 6.0, 8.0],
            end_ms: vec![8.0, 6.0, 10.0, 10.0],
        };
        assert_eq!(without_ready_ms(&run.states, run.wall_ms, 2), 2.0 + 2.0);
    }

    #[test]
    fn collecting_is_a_part_of_its_own() {
        let mut totals = totals(0, 100, &[(60, 10)]);
        totals.processors[0].collecting = 25 * MS;
        let [one] = &Losses::of_each(&totals, &[])[..] else { panic!("there is one processor") };
        assert_eq!((one.collecting_ms, one.scheduling_ms, one.whole_ms()), (25.0, 5.0, 100.0));
    }

    #[test]
    fn late_until_the_first_turn_and_not_while_parked() {
        let mut run = report("concurrent", 3, 10.0, 12.0);
        run.states.processor = vec![Some(0), None, Some(1), Some(0)];
        run.states.start_ms = vec![0.0, 0.0, 6.0, 8.0];
        let losses = |scheduling_ms| Losses { scheduling_ms, ..Losses::default() };
        run.losses = vec![losses(1.0), losses(7.0), losses(4.0)];
        assert_eq!(before_first_turn_ms(&run.states, &run.losses), 0.0 + 6.0 + 4.0);
    }
}
