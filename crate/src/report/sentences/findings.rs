//! Findings: sentences about one run alone. There are few, and each follows from the run's figures.

use super::words::{counted, grouped};
use crate::report::figures::Report;
use crate::report::rows::State;
use crate::trace::EndedBy;

/// Returns the findings of one run.
pub(super) fn findings(report: &Report) -> Vec<String> {
    let all = [
        cut_short(report),
        dropped(report),
        oversubscribed(report),
        without_parallelism(report),
        ended_with_main(report),
    ];
    all.into_iter().flatten().collect()
}

fn cut_short(report: &Report) -> Option<String> {
    let sentence = "This run did not complete: its figures cover only the part that ran.";
    (!report.completed()).then(|| sentence.into())
}

fn dropped(report: &Report) -> Option<String> {
    (report.events_dropped > 0).then(|| {
        format!(
            "There was no room for {}, which the drawing does not show. Wall time, busy time and \
             each task's times are exact.",
            counted(report.events_dropped, "event"),
        )
    })
}

fn oversubscribed(report: &Report) -> Option<String> {
    let (processors, cores) = (report.facts.processors, report.facts.browser_cores);
    report.is_oversubscribed().then(|| {
        format!(
            "This run used {processors} processors, but this browser reports {cores}. They shared \
             the real ones, and no page can see when one of them was paused.",
        )
    })
}

/// Returns the sentence on concurrency without parallelism, if it is true. Main and one other task
/// do not count as overlap, because main waits for that task. A program whose times are not
/// compared gets no sentence, because it may also compute outside the run's processors, which is
/// not counted.
fn without_parallelism(report: &Report) -> Option<String> {
    let (tasks, processors) = (report.concurrency.max, report.facts.processors);
    // With one processor, spans can't overlap. With several processors, spans that were not kept
    // may have overlapped.
    let never_two = report.parallelism.max == 1 && (processors == 1 || report.events_dropped == 0);
    (report.completed() && report.facts.compares_times && tasks >= 3 && never_two).then(|| {
        let although = match processors {
            1 => String::new(),
            _ => format!(", although there were {processors}"),
        };
        format!(
            "{} tasks were in progress at once, and never more than one processor was at \
             work{although}: concurrency without parallelism.",
            grouped(tasks.into()),
        )
    })
}

/// Returns the sentence on tasks that ended with main, if there were such tasks. A task certainly
/// had work left only if it was blocked or never had a turn. Any other task may have been about to
/// return, because main can return before the task that woke main. If events are missing, it is
/// unknown which tasks were blocked.
fn ended_with_main(report: &Report) -> Option<String> {
    if report.events_dropped > 0 {
        return None;
    }
    let states = &report.states;
    // The last state of each task decides, because the task may have become ready at the instant at
    // which main ended.
    let mut waits = vec![false; report.tasks.id.len()];
    for (task, state) in states.task.iter().zip(&states.state) {
        waits[*task as usize] = *state == State::Blocked;
    }
    let rows = report.tasks.ended_by.iter().zip(&report.tasks.first_run_ms).zip(waits);
    let cut_off = rows.filter(|((by, first_run), waits)| {
        **by == Some(EndedBy::MainReturned) && (*waits || first_run.is_none())
    });
    let count = cut_off.count() as u64;
    (count > 0).then(|| match count {
        1 => "One task was still waiting when main returned, and it ended with main.".into(),
        _ => format!(
            "{} were still waiting when main returned, and they ended with main.",
            counted(count, "task"),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    #[test]
    fn overlap_on_one_processor_is_concurrency_without_parallelism() {
        let mut run = report("concurrent", 1, 400.0, 240.0);
        run.concurrency.max = 5;
        assert_eq!(
            findings(&run),
            ["5 tasks were in progress at once, and never more than one processor was at work: \
              concurrency without parallelism."]
        );
        run.facts.outcome = "stopped";
        assert_eq!(
            findings(&run),
            ["This run did not complete: its figures cover only the part that ran."]
        );
    }

    #[test]
    fn a_program_that_is_not_about_time_is_not_told_to_lack_parallelism() {
        let mut run = report("concurrent", 2, 400.0, 240.0);
        run.concurrency.max = 5;
        run.facts.compares_times = false;
        assert_eq!(findings(&run), [""; 0]);
    }

    #[test]
    fn main_with_one_other_at_a_time_is_no_overlap() {
        let mut run = report("sequential", 1, 960.0, 240.0);
        run.concurrency.max = 2;
        assert_eq!(findings(&run), [""; 0]);
    }

    #[test]
    fn two_processors_at_once_say_nothing_of_their_own() {
        let mut run = report("concurrent", 2, 300.0, 240.0);
        run.concurrency.max = 5;
        run.parallelism.max = 2;
        assert_eq!(findings(&run), [""; 0]);
    }

    #[test]
    fn never_needs_every_span_when_there_are_several_processors() {
        let mut run = report("concurrent", 4, 400.0, 8.0);
        run.concurrency.max = 9;
        run.parallelism.max = 1;
        assert_eq!(
            findings(&run),
            ["9 tasks were in progress at once, and never more than one processor was at work, \
              although there were 4: concurrency without parallelism."]
        );
        run.events_dropped = 12_345;
        let said = findings(&run);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("There was no room for 12,345 events, which"));
    }

    #[test]
    fn more_processors_than_the_browser_reports_are_said_to_share_the_real_ones() {
        let mut run = report("concurrent", 8, 400.0, 2_000.0);
        run.parallelism.max = 8;
        assert_eq!(findings(&run), [""; 0]);
        run.facts.browser_cores = 2;
        assert_eq!(
            findings(&run),
            ["This run used 8 processors, but this browser reports 2. They shared the real ones, \
              and no page can see when one of them was paused."]
        );
    }

    #[test]
    fn says_who_ended_with_main() {
        let mut run = report("concurrent", 1, 400.0, 1.0);
        run.tasks.id = vec![0, 1];
        run.tasks.ended_by = vec![Some(EndedBy::Returned), Some(EndedBy::MainReturned)];
        run.tasks.first_run_ms = vec![Some(0.0), Some(1.0)];
        run.states.task = vec![1];
        run.states.end_ms = vec![400.0];
        run.states.state = vec![State::Blocked];
        let said = ["One task was still waiting when main returned, and it ended with main."];
        assert_eq!(findings(&run), said);
        // The task may have been about to return.
        for state in [State::Running, State::Ready] {
            run.states.state = vec![state];
            assert_eq!(findings(&run), [""; 0]);
        }
        run.tasks.first_run_ms[1] = None;
        assert_eq!(findings(&run), said);
        run.tasks.first_run_ms[1] = Some(1.0);
        // The task was woken at the instant at which main ended.
        run.states.task = vec![1, 1];
        run.states.end_ms = vec![400.0, 400.0];
        run.states.state = vec![State::Blocked, State::Ready];
        assert_eq!(findings(&run), [""; 0]);
        run.states.state = vec![State::Ready, State::Blocked];
        assert_eq!(findings(&run), said);
        run.events_dropped = 1;
        assert!(findings(&run).iter().all(|finding| !finding.contains("main returned")));
    }
}
