//! The sentence on the largest part of the processors' time.

use super::words::percent;
use crate::report::figures::{Losses, Report, before_first_turn_ms, without_ready_ms};

/// If at least this share of the time was inside tasks, no loss is named.
const ALL_INSIDE: f64 = 0.95;

/// If each processor's time is shorter than this many clock steps, the shares of that time mean
/// nothing.
const STEPS: f64 = 100.0;

/// Returns the sentence on the processors' time. It is empty if the run did not complete.
pub(super) fn losses_sentence(report: &Report) -> String {
    if !report.completed() {
        return String::new();
    }
    let processors = report.facts.processors;
    let least = STEPS * report.clock_step_ms * f64::from(processors);
    let losses = Losses::sum(&report.losses);
    if report.is_oversubscribed() && losses.idle_ms < losses.whole_ms() / 2.0 {
        return "There were more processors than this browser reports. So they were paused for some \
                of the time at work, and no page can see how long."
            .into();
    }
    let without_ready = || without_ready_ms(&report.states, report.wall_ms, processors);
    let late = || before_first_turn_ms(&report.states, &report.losses);
    sentence(&losses, processors, least, without_ready, late)
}

/// Returns the sentence on the largest part of the time. The sentence is empty if the run was too
/// short, or if most of that part had another cause than the sentence would name. Waiting is not a
/// loss, so the sentence does not call waiting a loss.
fn sentence(
    losses: &Losses,
    processors: u32,
    least_ms: f64,
    without_ready_ms: impl FnOnce() -> f64,
    late_ms: impl FnOnce() -> f64,
) -> String {
    let whole = losses.whole_ms();
    if whole < least_ms {
        return String::new();
    }
    let share = |part: f64| percent(part / whole);
    let (who, were, their) = match processors {
        1 => ("The processor", "was", "its"),
        _ => ("The processors", "were", "their"),
    };
    let largest = losses.scheduling_ms.max(losses.idle_ms).max(losses.tail_ms);
    if losses.collecting_ms > largest {
        return format!(
            "{} of the processors’ time was spent on collecting unused memory.",
            share(losses.collecting_ms)
        );
    }
    if losses.inside_ms >= ALL_INSIDE * whole {
        format!(
            "{who} {were} at work on tasks for {} of {their} time: almost no time was lost.",
            share(losses.inside_ms),
        )
    } else if largest == losses.idle_ms {
        // Tasks may have been ready for a part of this time, because a parked processor needs time
        // to wake.
        if without_ready_ms() < largest / 2.0 {
            return String::new();
        }
        format!(
            "{who} had no ready task for {} of {their} time. Either the tasks waited, which costs \
             no processor time, or too few of them could run at once.",
            share(largest),
        )
    } else if largest == losses.tail_ms {
        format!(
            "{} of the processors’ time was tail: some had nothing left to do while others still \
             worked. Smaller pieces of work would end more evenly.",
            share(largest),
        )
    } else {
        // If a processor enters the run late, the scheduling time before its first turn was not
        // spent on switching.
        if late_ms() > largest / 2.0 {
            return String::new();
        }
        format!(
            "{} of the processors’ time was spent on switching between tasks, because the pieces \
             of work are small.",
            share(largest),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    #[test]
    fn the_sentence_follows_from_the_largest_part() {
        let doubtful = |processors, parts: [f64; 4], without_ready: f64, late: f64| {
            let [inside_ms, scheduling_ms, idle_ms, tail_ms] = parts;
            let losses = Losses { inside_ms, scheduling_ms, idle_ms, tail_ms, ..Losses::default() };
            sentence(&losses, processors, 1.0, || without_ready, || late)
        };
        let said = |processors, parts| doubtful(processors, parts, f64::MAX, 0.0);
        assert_eq!(
            said(2, [192.0, 2.0, 3.0, 3.0]),
            "The processors were at work on tasks for 96 % of their time: almost no time was lost."
        );
        assert_eq!(
            said(1, [40.0, 2.0, 58.0, 0.0]),
            "The processor had no ready task for 58 % of its time. Either the tasks waited, which \
             costs no processor time, or too few of them could run at once."
        );
        assert_eq!(
            said(2, [140.0, 2.0, 18.0, 40.0]),
            "20 % of the processors’ time was tail: some had nothing left to do while others still \
             worked. Smaller pieces of work would end more evenly."
        );
        assert_eq!(
            said(2, [100.0, 70.0, 20.0, 10.0]),
            "35 % of the processors’ time was spent on switching between tasks, because the pieces \
             of work are small."
        );
        assert_eq!(said(2, [0.1, 0.2, 0.1, 0.1]), "");
        // For most of the largest part, a processor was parked although a task was ready, or had
        // not entered the run yet.
        assert_eq!(doubtful(1, [40.0, 2.0, 58.0, 0.0], 28.0, 0.0), "");
        assert_eq!(doubtful(2, [100.0, 70.0, 20.0, 10.0], 0.0, 36.0), "");
    }

    #[test]
    fn where_processors_shared_the_real_ones_nothing_is_said_of_their_computing() {
        let losses = |inside_ms, idle_ms| {
            vec![Losses { inside_ms, scheduling_ms: 1.0, idle_ms, ..Losses::default() }; 8]
        };
        let mut run = report("concurrent", 8, 400.0, 2_000.0);
        run.losses = losses(390.0, 9.0);
        assert!(losses_sentence(&run).ends_with("almost no time was lost."));
        run.facts.browser_cores = 2;
        assert!(
            losses_sentence(&run)
                .starts_with("There were more processors than this browser reports.")
        );
        run.losses = losses(4.0, 395.0);
        assert!(losses_sentence(&run).starts_with("The processors had no ready task"));
    }
}
