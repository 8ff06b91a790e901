//! What the lanes of one program say about each other.
//!
//! From Sequential to Concurrent only the structure changes, from Concurrent to Parallel
//! only the number of processors. So a difference between two lanes has one cause, if it is
//! a difference at all: two runs of one lane differ too. A sentence is written when the
//! difference is beyond the clock, beyond what repeats usually differ by, and, where there
//! are repeats, beyond theirs.

use super::Report;
use super::findings::completed;
use super::lane::{Difference, Lane, lanes};
use super::words::{duration, percent};

/// Inside tasks for at most this share of the time: a program that waits. More processors can
/// save no more than that.
const WAITS: f64 = 0.1;

/// Inside tasks for at least this share of the time: a program that computes, and leaves no
/// wait to overlap.
const COMPUTES: f64 = 0.9;

/// So many times as long inside tasks on the same work is worth saying.
const SLOWED: f64 = 1.25;

/// The sentences that runs of one program with the same parameters carry together. Runs with
/// the same structure and processors are repeats of one lane. None for runs that did not
/// complete, of several programs, with several values of a parameter, or of a program whose times
/// are not compared.
pub fn compare(reports: &[&Report]) -> Vec<String> {
    let runs: Vec<&Report> = reports.iter().copied().filter(|run| completed(run)).collect();
    let same = |a: &Report, b: &Report| {
        a.facts.program == b.facts.program && a.facts.params == b.facts.params
    };
    if runs.iter().any(|run| !run.facts.compares_times) {
        return Vec::new();
    }
    if !runs.windows(2).all(|pair| same(pair[0], pair[1])) {
        return Vec::new();
    }
    let lanes = lanes(&runs);
    let mut sentences = Vec::new();
    // The lane with which structure saved, if it did.
    let mut overlapping_saved = None;
    for from in lanes.iter().filter(|lane| lane.structure == "sequential") {
        let same_execution =
            |to: &&Lane| to.structure == "concurrent" && to.processors == from.processors;
        if let Some(to) = lanes.iter().find(same_execution) {
            let difference = from.difference(to);
            if let Difference::Less(_) = difference {
                overlapping_saved = Some(to.processors);
            }
            sentences.push(structure(from, to, difference));
        }
    }
    let concurrent = lanes.iter().filter(|lane| lane.structure == "concurrent");
    let from = concurrent.clone().min_by_key(|lane| lane.processors);
    let to = concurrent.max_by_key(|lane| lane.processors);
    if let (Some(from), Some(to)) = (from, to)
        && from.processors < to.processors
    {
        let again = overlapping_saved == Some(from.processors);
        sentences.push(execution(from, to, from.difference(to), again));
    }
    // What both steps have in common is said once.
    sentences.dedup();
    sentences
}

/// What structure did, from one task after another to overlapping ones.
fn structure(from: &Lane, to: &Lane, difference: Difference) -> String {
    let same = match to.processors {
        1 => "the same processor".into(),
        many => format!("the same {many} processors"),
    };
    match difference {
        Difference::Less(ms) if to.most_parallel() > 1 => format!(
            "Overlapping saved {} with {same}: concurrency, which gave them something to do in \
             parallel.",
            duration(ms),
        ),
        Difference::Less(ms) => {
            format!("Overlapping saved {} with {same}: concurrency.", duration(ms))
        }
        Difference::Faster(ms) => format!(
            "Overlapping took {} less, but inside tasks: the same work went faster, and that is \
             not structure's doing.",
            duration(ms),
        ),
        Difference::More(ms) => {
            format!("Overlapping took {} longer than one task after another.", duration(ms))
        }
        Difference::None if from.processors == 1 && from.share() >= COMPUTES => format!(
            "Overlapping alone gained nothing: the processor was inside tasks {} of the time already.",
            percent(from.share()),
        ),
        Difference::None => {
            "Overlapping made no difference that this measurement can carry.".into()
        }
        Difference::Spread => "Overlapping or not: repeats of one lane differ as much.".into(),
        Difference::TooShort => TOO_SHORT.into(),
        Difference::Answers => ANSWERS.into(),
    }
}

/// What execution did, from fewer processors to more; `again` when structure had saved already.
fn execution(from: &Lane, to: &Lane, difference: Difference, again: bool) -> String {
    let who = match (from.processors, to.processors) {
        (1, 2) => "A second processor".into(),
        (1, many) => format!("{many} processors instead of one"),
        (few, many) => format!("{many} processors instead of {few}"),
    };
    let more = if again { " more" } else { "" };
    match difference {
        // What was never inside a task can't be done in parallel.
        Difference::Less(ms) if ms > from.busy() => format!(
            "{who} took {} less: more than all the time inside tasks, so that more processors \
             can't be the reason.",
            duration(ms),
        ),
        Difference::Less(ms) if !to.seen_beyond(from.processors) => format!(
            "{who} took {} less, yet {} were more than {} seen inside tasks at once.",
            duration(ms),
            if to.most_parallel() > from.processors { "not in every run" } else { "never" },
            match from.processors {
                1 => "one".into(),
                many => many.to_string(),
            },
        ),
        // What is done at once saves its time; so does a wait that begins earlier, because its
        // task did not have to wait for a processor before.
        Difference::Less(ms) if to.beyond(from.processors).max(from.ready()) < ms / 2.0 => format!(
            "{who} took {} less, yet too little was done at once to be the reason.",
            duration(ms),
        ),
        Difference::Less(ms) => format!("{who} saved {}{more}: parallelism.", duration(ms)),
        Difference::Faster(ms) => format!(
            "{who} took {} less, but inside tasks: the same work went faster, and that is not \
             parallelism.",
            duration(ms),
        ),
        Difference::More(ms) => format!("{who} took {} longer.", duration(ms)),
        Difference::None if from.processors == 1 && from.share() <= WAITS => format!(
            "More processors gained nothing: a waiting task needs no processor, and {} of the time \
             was one inside a task.",
            only(from.share()),
        ),
        Difference::None
            if to.busy() >= SLOWED * from.busy() && to.seen_beyond(from.processors) =>
        {
            format!(
                "More processors gained nothing: the same work kept them inside tasks {:.1} times \
                 as long.",
                to.busy() / from.busy(),
            )
        }
        Difference::None => format!("{who} made no difference that this measurement can carry."),
        Difference::Spread => format!("{who} or not: repeats of one lane differ as much."),
        Difference::TooShort => TOO_SHORT.into(),
        Difference::Answers => ANSWERS.into(),
    }
}

/// "Only less than 1 %" says it twice.
fn only(share: f64) -> String {
    let percent = percent(share);
    if percent.starts_with("less") { percent } else { format!("only {percent}") }
}

const TOO_SHORT: &str = "These runs are too short to compare.";

const ANSWERS: &str = "The lanes gave different answers, so that their times don't compare.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::levels::at_once;
    use crate::report::testing::report;
    use crate::trace::Nanos;

    /// The kitchen on its defaults: four dishes of 60 ms in hand and 180 ms on the stove.
    fn kitchen() -> [Report; 3] {
        let mut runs = [
            report("sequential", 1, 960.0, 240.0),
            report("concurrent", 1, 420.0, 240.0),
            report("concurrent", 2, 300.0, 240.0),
        ];
        // What the dishes waited for the one cook's hands.
        ready(&mut runs[1], &[(0.0, 60.0), (0.0, 120.0), (0.0, 180.0)]);
        runs[2].parallelism.max = 2;
        runs
    }

    /// Tasks that are ready at these times.
    fn ready(run: &mut Report, times: &[(f64, f64)]) {
        let nanos = |ms: f64| (ms * 1e6) as Nanos;
        let times = at_once(times.iter().map(|(start, end)| (nanos(*start), nanos(*end)))).times;
        run.some_ready_ms = times.iter().skip(1).sum::<Nanos>() as f64 / 1e6;
    }

    fn said(runs: &[Report]) -> Vec<String> {
        compare(&runs.iter().collect::<Vec<_>>())
    }

    #[test]
    fn structure_saves_and_execution_saves_more() {
        assert_eq!(
            said(&kitchen()),
            [
                "Overlapping saved 540 ms with the same processor: concurrency.",
                "A second processor saved 120 ms more: parallelism."
            ]
        );
    }

    #[test]
    fn what_a_host_keeps_says_the_same() {
        assert_eq!(said(&kitchen().map(Report::without_tables)), said(&kitchen()));
    }

    #[test]
    fn the_order_of_the_runs_does_not_matter() {
        let mut runs = kitchen();
        let expected = said(&runs);
        runs.reverse();
        assert_eq!(said(&runs), expected);
    }

    #[test]
    fn one_lane_says_nothing_and_neither_does_a_lane_with_itself() {
        let [sequential, concurrent, parallel] = kitchen();
        assert_eq!(said(&[]), [""; 0]);
        let mut repeat = parallel.clone();
        repeat.wall_ms = 100.0;
        assert_eq!(said(&[parallel, repeat]), [""; 0]);
        // Parallel asked for with one processor is the Concurrent lane once more.
        let mut again = concurrent.clone();
        again.wall_ms = 300.0;
        assert_eq!(said(&[concurrent, again]), [""; 0]);
        assert_eq!(said(&[sequential]), [""; 0]);
    }

    #[test]
    fn nothing_between_other_programs_or_other_params() {
        let mut runs = kitchen();
        runs[1].facts.params = serde_json::json!({"dishes": 5});
        assert_eq!(said(&runs), [""; 0]);
        let mut runs = kitchen();
        runs[2].facts.program = "greeters".into();
        assert_eq!(said(&runs), [""; 0]);
    }

    #[test]
    fn nothing_where_the_program_is_not_about_time() {
        let mut runs = kitchen();
        for run in &mut runs {
            run.facts.compares_times = false;
        }
        assert_eq!(said(&runs), [""; 0]);
    }

    #[test]
    fn a_run_that_did_not_complete_has_no_say() {
        let mut runs = kitchen();
        runs[2].facts.outcome = "stopped";
        assert_eq!(said(&runs), ["Overlapping saved 540 ms with the same processor: concurrency."]);
        runs[1].facts.outcome = "panicked";
        assert_eq!(said(&runs), [""; 0]);
    }

    #[test]
    fn different_answers_are_different_work() {
        let mut runs = kitchen();
        runs[0].facts.answer = serde_json::json!({"served": []});
        assert_eq!(
            said(&runs),
            [
                "The lanes gave different answers, so that their times don't compare.",
                "A second processor saved 120 ms: parallelism."
            ]
        );
    }

    #[test]
    fn computing_gains_nothing_by_structure_alone() {
        let mut runs = [
            report("sequential", 1, 800.0, 795.0),
            report("concurrent", 1, 803.0, 796.0),
            report("concurrent", 8, 110.0, 800.0),
        ];
        // All but one counter were ready at any time.
        ready(&mut runs[1], &[(0.0, 700.0)]);
        runs[2].parallelism.max = 8;
        assert_eq!(
            said(&runs),
            [
                "Overlapping alone gained nothing: the processor was inside tasks 99 % of the \
                 time already.",
                "8 processors instead of one saved 693 ms: parallelism."
            ]
        );
    }

    #[test]
    fn waiting_gains_nothing_by_execution() {
        let runs = [
            report("sequential", 1, 1_600.0, 3.0),
            report("concurrent", 1, 201.0, 4.0),
            report("concurrent", 2, 203.0, 5.0),
        ];
        assert_eq!(
            said(&runs),
            [
                "Overlapping saved 1,399 ms with the same processor: concurrency.",
                "More processors gained nothing: a waiting task needs no processor, and only 2 % \
                 of the time was one inside a task."
            ]
        );
    }

    #[test]
    fn hardly_any_time_inside_tasks_is_not_none() {
        let runs = [report("concurrent", 1, 1_001.0, 0.6), report("concurrent", 2, 1_002.0, 0.7)];
        assert_eq!(
            said(&runs),
            [
                "More processors gained nothing: a waiting task needs no processor, and less than 1 % \
              of the time was one inside a task."
            ]
        );
    }

    #[test]
    fn slower_is_said_to_be_slower() {
        let mut runs = [
            report("sequential", 1, 100.0, 99.0),
            report("concurrent", 1, 120.0, 118.0),
            report("concurrent", 2, 150.0, 280.0),
        ];
        runs[2].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            [
                "Overlapping took 20 ms longer than one task after another.",
                "A second processor took 30 ms longer."
            ]
        );
    }

    #[test]
    fn quicker_work_is_not_overlap() {
        let runs = [report("sequential", 1, 800.0, 795.0), report("concurrent", 1, 700.0, 694.0)];
        assert_eq!(
            said(&runs),
            [
                "Overlapping took 100 ms less, but inside tasks: the same work went faster, and that \
              is not structure's doing."
            ]
        );
    }

    #[test]
    fn parallelism_is_claimed_only_where_it_was_seen() {
        let mut runs =
            [report("concurrent", 1, 400.0, 300.0), report("concurrent", 2, 300.0, 290.0)];
        assert_eq!(
            said(&runs),
            [
                "A second processor took 100 ms less, yet never were more than one seen inside tasks \
              at once."
            ]
        );
        // Recording broke off before the two met; the exact mean says that they did.
        (runs[1].busy_ms, runs[1].parallelism.mean, runs[1].events_dropped) = (480.0, 1.6, 7);
        assert_eq!(said(&runs), ["A second processor saved 100 ms: parallelism."]);
    }

    #[test]
    fn two_at_once_in_one_repeat_are_not_never() {
        let mut runs =
            [400.0, 402.0, 300.0, 301.0].map(|wall| report("concurrent", 1, wall, 290.0));
        (runs[2].facts.processors, runs[3].facts.processors) = (2, 2);
        runs[3].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            ["A second processor took 101 ms less, yet not in every run were more than one seen \
              inside tasks at once."]
        );
    }

    #[test]
    fn quicker_work_is_not_parallelism() {
        let mut runs =
            [report("concurrent", 1, 400.0, 390.0), report("concurrent", 2, 300.0, 310.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            ["A second processor took 100 ms less, but inside tasks: the same work went faster, \
              and that is not parallelism."]
        );
        // On several processors structure has no more to do with it.
        let mut runs =
            [report("sequential", 2, 400.0, 390.0), report("concurrent", 2, 300.0, 310.0)];
        runs[1].parallelism.max = 2;
        assert!(said(&runs)[0].contains("the same work went faster"));
    }

    #[test]
    fn what_was_hardly_done_at_once_is_not_saved_by_it() {
        let mut runs = [report("concurrent", 1, 9.0, 4.0), report("concurrent", 2, 6.0, 4.0)];
        runs[1].parallelism.max = 2;
        runs[1].parallel_ms = vec![0.0, 2.0, 1.0]; // from 0 to 2, and from 1 to 3
        assert_eq!(
            said(&runs),
            [
                "A second processor took 3.0 ms less, yet too little was done at once to be the reason."
            ]
        );
        ready(&mut runs[0], &[(0.0, 1.0), (0.5, 1.0)]);
        assert!(said(&runs)[0].contains("too little"));
        ready(&mut runs[0], &[(0.0, 1.0), (0.5, 1.5)]);
        assert_eq!(said(&runs), ["A second processor saved 3.0 ms: parallelism."]);
    }

    #[test]
    fn there_is_more_only_where_overlapping_saved_and_one_inside_a_task_only_of_one() {
        let mut runs = kitchen();
        // The work of one dish after another was slow, and nothing else.
        (runs[0].wall_ms, runs[0].busy_ms) = (960.0, 800.0);
        let sentences = said(&runs);
        assert!(sentences[0].contains("the same work went faster"), "{sentences:?}");
        assert_eq!(sentences[1], "A second processor saved 120 ms: parallelism.");
        // Busy for 10 % of two processors' time may be one inside a task for 20 % of it.
        let runs = [report("concurrent", 2, 400.0, 80.0), report("concurrent", 3, 399.0, 80.0)];
        assert_eq!(
            said(&runs),
            ["3 processors instead of 2 made no difference that this measurement can carry."]
        );
    }

    #[test]
    fn what_never_was_inside_a_task_is_not_saved_by_processors() {
        let mut runs = [report("concurrent", 1, 200.0, 4.0), report("concurrent", 2, 180.0, 4.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            [
                "A second processor took 20 ms less: more than all the time inside tasks, so that more \
              processors can't be the reason."
            ]
        );
    }

    #[test]
    fn more_processors_that_slow_each_other_down() {
        let mut runs =
            [report("concurrent", 1, 400.0, 390.0), report("concurrent", 2, 398.0, 780.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            ["More processors gained nothing: the same work kept them inside tasks 2.0 times as \
              long."]
        );
    }

    #[test]
    fn on_several_processors_structure_makes_room_for_both() {
        let mut runs =
            [report("sequential", 2, 800.0, 790.0), report("concurrent", 2, 405.0, 790.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            ["Overlapping saved 395 ms with the same 2 processors: concurrency, which gave them \
              something to do in parallel."]
        );
    }

    #[test]
    fn repeats_that_meet_withhold_the_claim() {
        let mut runs = kitchen().to_vec();
        runs.extend(kitchen());
        // A single Concurrent run was as quick as the slower Parallel one.
        (runs[1].wall_ms, runs[2].wall_ms) = (320.0, 325.0);
        assert_eq!(
            said(&runs),
            [
                "Overlapping saved 590 ms with the same processor: concurrency.",
                "A second processor or not: repeats of one lane differ as much."
            ]
        );
    }

    #[test]
    fn a_small_difference_is_none() {
        let runs = [
            report("sequential", 1, 400.0, 200.0),
            report("concurrent", 1, 390.0, 200.0),
            report("concurrent", 4, 380.0, 200.0),
        ];
        assert_eq!(
            said(&runs),
            [
                "Overlapping made no difference that this measurement can carry.",
                "4 processors instead of one made no difference that this measurement can carry."
            ]
        );
    }

    #[test]
    fn short_runs_are_said_to_be_short_once() {
        // A step of 0.1 ms: 5 % of 20 ms are ten steps.
        let mut runs = [
            report("sequential", 1, 20.0, 4.0),
            report("concurrent", 1, 19.0, 4.0),
            report("concurrent", 2, 18.5, 4.0),
        ];
        for run in &mut runs {
            run.clock_step_ms = 0.1;
        }
        assert_eq!(said(&runs), ["These runs are too short to compare."]);
    }
}
