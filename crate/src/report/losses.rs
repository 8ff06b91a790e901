//! Where the processors' time went.

use super::spans::SpanRow;
use super::window::{Window, ms};
use crate::trace::{Nanos, ProcessorId, Totals};

/// The time of all processors during main's life, in milliseconds, split in four parts that
/// add up to the number of processors times the wall time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Losses {
    /// Inside tasks.
    pub inside_ms: f64,
    /// Neither inside a task nor asleep: choosing tasks, looking for them, falling asleep,
    /// waking up, and coming late to a run that had already begun.
    pub scheduling_ms: f64,
    /// Asleep for want of ready tasks, with another turn to come, or without any turn at all.
    /// Where events are missing nobody knows which turn was the last, and the tail is in here.
    pub idle_ms: f64,
    /// Asleep after the processor's last turn, while others finish what is left.
    pub tail_ms: f64,
}

/// A stretch for which a processor slept, on the run's own axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sleep {
    pub processor: ProcessorId,
    pub start: Nanos,
    pub end: Nanos,
}

impl Losses {
    /// Splits the totals. `tail` is the part of the sleep that came after the last turns.
    pub(super) fn new(totals: &Totals, tail: Nanos) -> Losses {
        let window = Window { start: totals.main_started, end: totals.main_ended };
        let whole = window.wall() * totals.processors.len() as Nanos;
        let busy: Nanos = totals.processors.iter().map(|processor| processor.busy).sum();
        let parked: Nanos = totals.processors.iter().map(|processor| processor.parked).sum();
        // Each sum may be off by some clock steps; the parts must still make the whole.
        let inside = busy.min(whole);
        let asleep = parked.min(whole - inside);
        let tail = tail.min(asleep);
        Losses {
            inside_ms: ms(inside),
            scheduling_ms: ms(whole - inside - asleep),
            idle_ms: ms(asleep - tail),
            tail_ms: ms(tail),
        }
    }
}

/// How long processors slept after their last turn, within the window. A processor that had no
/// turn has no tail: there was never enough for it to do.
pub(super) fn tail(spans: &[SpanRow], sleeps: &[Sleep], window: Window) -> Nanos {
    let mut left: Vec<Option<Nanos>> = Vec::new();
    for span in spans {
        if let Some((_, end)) = window.cut(span.start, span.end) {
            let processor = span.processor as usize;
            if processor >= left.len() {
                left.resize(processor + 1, None);
            }
            left[processor] = left[processor].max(Some(end));
        }
    }
    let after = sleeps.iter().filter_map(|sleep| {
        let last_turn = (*left.get(sleep.processor as usize)?)?;
        let (start, end) = window.cut(sleep.start, sleep.end)?;
        Some(end.saturating_sub(start.max(last_turn)))
    });
    after.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{MS, totals};

    #[test]
    fn the_parts_make_the_whole() {
        // 2 × 100 ms: 90 + 40 inside, 5 + 57 asleep of which 30 in the tail, 8 for the rest.
        let losses = Losses::new(&totals(5, 105, &[(90, 5), (40, 57)]), 30 * MS);
        let expected =
            Losses { inside_ms: 130.0, scheduling_ms: 8.0, idle_ms: 32.0, tail_ms: 30.0 };
        assert_eq!(losses, expected);
    }

    #[test]
    fn sums_that_are_off_by_a_step_do_not_make_more_than_the_whole() {
        let losses = Losses::new(&totals(5, 105, &[(97, 4)]), 9 * MS);
        let expected = Losses { inside_ms: 97.0, scheduling_ms: 0.0, idle_ms: 0.0, tail_ms: 3.0 };
        assert_eq!(losses, expected);
    }

    #[test]
    fn the_tail_is_the_sleep_after_the_last_turn_of_those_that_had_one() {
        let window = Window { start: 0, end: 100 };
        let span = |processor, start, end| SpanRow { processor, task: 0, start, end };
        let sleep = |processor, start, end| Sleep { processor, start, end };
        let spans = [span(0, 0, 100), span(1, 10, 20), span(1, 40, 60), span(1, 100, 130)];
        let sleeps = [
            sleep(1, 20, 40),   // another turn follows
            sleep(1, 62, 70),   // 8
            sleep(1, 75, 120),  // 25 until main's end
            sleep(2, 0, 1_000), // never had a turn
        ];
        assert_eq!(tail(&spans, &sleeps, window), 33);
    }
}
