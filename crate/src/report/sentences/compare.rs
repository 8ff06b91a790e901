//! Chooses which lanes of a program are compared, and gives the verdicts.

use super::verdict::{Kind, Step, Verdict, shown};
use super::wording::sentence;
use crate::report::figures::{Lane, Report, lanes};

/// Returns the verdicts on runs of one program with the same parameters. Runs with the same
/// structure and number of processors are repeats of one lane. Runs that did not complete are
/// ignored. There is no verdict if the programs or the parameters differ, or if the program's times
/// are not compared.
pub fn compare(reports: &[&Report]) -> Vec<Verdict> {
    let runs: Vec<&Report> = reports.iter().copied().filter(|run| run.completed()).collect();
    let same = |a: &Report, b: &Report| {
        a.facts.program == b.facts.program && a.facts.params == b.facts.params
    };
    let comparable = runs.iter().all(|run| run.facts.compares_times)
        && runs.windows(2).all(|pair| same(pair[0], pair[1]));
    if !comparable {
        return Vec::new();
    }
    let lanes = lanes(&runs);
    let mut verdicts: Vec<Verdict> = Vec::new();
    for from in lanes.iter().filter(|lane| lane.structure == "sequential") {
        let same_execution =
            |to: &&Lane| to.structure == "concurrent" && to.processors == from.processors;
        if let Some(to) = lanes.iter().find(same_execution) {
            verdicts.push(verdict(Step::Structure, from, to, false));
        }
    }
    for structure in ["sequential", "concurrent"] {
        let alike = lanes.iter().filter(|lane| lane.structure == structure);
        let from = alike.clone().min_by_key(|lane| lane.processors);
        let to = alike.max_by_key(|lane| lane.processors);
        if let (Some(from), Some(to)) = (from, to)
            && from.processors < to.processors
        {
            // Whether the change of structure whose second lane is `from` saved time.
            let reached = (from.structure, from.processors);
            let again = verdicts.iter().any(|step| step.kind == Kind::Saved && step.to == reached);
            verdicts.push(verdict(Step::Execution, from, to, again));
        }
    }
    verdicts
}

/// Returns the verdict on the step from one lane to another. `again` says whether the change of
/// structure whose second lane is `from` saved time. If so, the sentence says "more".
fn verdict(step: Step, from: &Lane, to: &Lane, again: bool) -> Verdict {
    let shown = shown(step, from, to);
    Verdict {
        step,
        from: (from.structure, from.processors),
        to: (to.structure, to.processors),
        kind: shown.kind(),
        before_ms: from.wall(),
        after_ms: to.wall(),
        least_ms: from.least(to),
        uneven: from.uneven(to).is_some(),
        sentence: sentence(step, from, to, shown, again),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figures::at_once;
    use crate::report::testing::report;
    use crate::trace::Nanos;

    /// Returns runs of the kitchen with its defaults: four dishes, each with 60 ms of chopping and
    /// 180 ms of boiling.
    fn kitchen() -> [Report; 3] {
        let mut runs = [
            report("sequential", 1, 960.0, 240.0),
            report("concurrent", 1, 420.0, 240.0),
            report("concurrent", 2, 300.0, 240.0),
        ];
        // The dishes' tasks are ready while they wait for the only processor, the cook.
        ready(&mut runs[1], &[(0.0, 60.0), (0.0, 120.0), (0.0, 180.0)]);
        runs[2].parallelism.max = 2;
        runs
    }

    /// Gives the run tasks that are ready in these intervals (start, end), in milliseconds.
    fn ready(run: &mut Report, times: &[(f64, f64)]) {
        let nanos = |ms: f64| (ms * 1e6) as Nanos;
        let times = at_once(times.iter().map(|(start, end)| (nanos(*start), nanos(*end)))).times;
        run.some_ready_ms = times.iter().skip(1).sum::<Nanos>() as f64 / 1e6;
    }

    fn said(runs: &[Report]) -> Vec<String> {
        verdicts(runs).into_iter().map(|verdict| verdict.sentence).collect()
    }

    fn verdicts(runs: &[Report]) -> Vec<Verdict> {
        compare(&runs.iter().collect::<Vec<_>>())
    }

    fn kinds(runs: &[Report]) -> Vec<Kind> {
        verdicts(runs).into_iter().map(|verdict| verdict.kind).collect()
    }

    #[test]
    fn structure_saves_and_execution_saves_more() {
        assert_eq!(
            said(&kitchen()),
            [
                "Overlapping saved 540 ms with the same processor in this run: concurrency.",
                "A second processor saved 120 ms more in this run: parallelism."
            ]
        );
    }

    #[test]
    fn execution_saves_more_whatever_another_run_saved() {
        let [sequential, concurrent, parallel] = kitchen();
        // The fourth run executes one task after another on two processors. The page has no lane
        // for such a run. Overlapping saves time compared with this run, too.
        let fourth = report("sequential", 2, 960.0, 240.0);
        let said = said(&[sequential, concurrent, parallel, fourth]);
        let more = "A second processor saved 120 ms more in this run: parallelism.";
        assert!(said.iter().any(|sentence| sentence == more), "{said:?}");
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
        // Parallel with one processor is the same lane as Concurrent.
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
        assert_eq!(
            said(&runs),
            ["Overlapping saved 540 ms with the same processor in this run: concurrency."]
        );
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
                "The lanes gave different answers, so their times cannot be compared.",
                "A second processor saved 120 ms in this run: parallelism."
            ]
        );
    }

    #[test]
    fn lanes_without_an_answer_are_compared_all_the_same() {
        let expected = said(&kitchen());
        let mut runs = kitchen();
        for run in &mut runs {
            run.facts.answer = serde_json::json!({});
        }
        assert_eq!(said(&runs), expected);
        assert_eq!(expected.len(), 2);
    }

    #[test]
    fn computing_gains_nothing_by_structure_alone() {
        let mut runs = [
            report("sequential", 1, 800.0, 795.0),
            report("concurrent", 1, 803.0, 796.0),
            report("concurrent", 8, 110.0, 800.0),
        ];
        // For 700 ms at least one counter was ready.
        ready(&mut runs[1], &[(0.0, 700.0)]);
        runs[2].parallelism.max = 8;
        assert_eq!(
            said(&runs),
            [
                "Overlapping alone saved nothing in this run. With one task after another, the \
                 processor was already at work for 99 % of the time. A small difference can be chance.",
                "8 processors instead of one saved 693 ms in this run: parallelism."
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
                "Overlapping saved 1,399 ms with the same processor in this run: concurrency.",
                "More processors saved nothing in this run: a waiting task needs no processor, and a \
                 processor was at work for only 2 % of the time."
            ]
        );
    }

    #[test]
    fn hardly_any_time_inside_tasks_is_not_none() {
        let runs = [report("concurrent", 1, 1_001.0, 0.6), report("concurrent", 2, 1_002.0, 0.7)];
        assert_eq!(
            said(&runs),
            [
                "More processors saved nothing in this run: a waiting task needs no processor, and a \
                 processor was at work for less than 1 % of the time."
            ]
        );
    }

    #[test]
    fn slower_is_said_to_be_slower() {
        let mut runs = [
            report("sequential", 1, 100.0, 99.0),
            report("concurrent", 1, 120.0, 118.0),
            report("concurrent", 2, 150.0, 140.0),
        ];
        runs[2].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            [
                "The Concurrent run took 20 ms longer than the Sequential run.",
                "The Parallel run took 30 ms longer than the Concurrent run."
            ]
        );
        assert_eq!(kinds(&runs), [Kind::Longer, Kind::Longer]);
    }

    #[test]
    fn quicker_work_is_not_overlap() {
        let runs = [report("sequential", 1, 800.0, 795.0), report("concurrent", 1, 700.0, 694.0)];
        assert_eq!(
            said(&runs),
            ["The Concurrent run took 100 ms less than the Sequential run. But the same chopping \
                 needed less processor time there, so overlapping is not the cause."]
        );
    }

    #[test]
    fn parallelism_is_claimed_only_where_it_was_seen() {
        let mut runs =
            [report("concurrent", 1, 400.0, 390.0), report("concurrent", 2, 300.0, 390.0)];
        assert_eq!(
            said(&runs),
            [
                "The Parallel run took 100 ms less than the Concurrent run. But no run had more than one \
                 processor at work at the same time, so more processors are not the cause."
            ]
        );
        // The logs were full before two processors were inside tasks at once. The mean needs no
        // events, and shows that two processors were inside tasks at once.
        (runs[1].busy_ms, runs[1].parallelism.mean, runs[1].events_dropped) = (480.0, 1.6, 7);
        assert_eq!(said(&runs), ["A second processor saved 100 ms in this run: parallelism."]);
    }

    #[test]
    fn two_at_once_in_one_repeat_are_not_never() {
        let mut runs =
            [400.0, 402.0, 300.0, 301.0].map(|wall| report("concurrent", 1, wall, 290.0));
        (runs[2].facts.processors, runs[3].facts.processors) = (2, 2);
        runs[3].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            [
                "The Parallel runs took 101 ms less than the Concurrent runs. But not every run had more \
              than one processor at work at the same time, so more processors are not the cause."
            ]
        );
    }

    #[test]
    fn quicker_work_is_not_parallelism() {
        let mut runs =
            [report("concurrent", 1, 400.0, 390.0), report("concurrent", 2, 300.0, 320.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            ["The Parallel run took 100 ms less than the Concurrent run. But the same chopping \
              needed less processor time there, so more processors are not the cause."]
        );
        // The same holds for a change of structure on several processors.
        let mut runs =
            [report("sequential", 2, 400.0, 390.0), report("concurrent", 2, 300.0, 320.0)];
        runs[1].parallelism.max = 2;
        assert!(said(&runs)[0].contains("chopping needed less processor time"));
    }

    #[test]
    fn what_was_hardly_done_at_once_is_not_saved_by_it() {
        let mut runs = [report("concurrent", 1, 9.0, 4.0), report("concurrent", 2, 6.0, 4.0)];
        runs[1].parallelism.max = 2;
        // One processor is inside a task for 2 ms, and two processors are for 1 ms.
        runs[1].parallel_ms = vec![0.0, 2.0, 1.0];
        assert_eq!(
            said(&runs),
            [
                "The Parallel run took 3.0 ms less than the Concurrent run. But too little was done at \
                 the same time to be the cause."
            ]
        );
        ready(&mut runs[0], &[(0.0, 1.0), (0.5, 1.0)]);
        assert!(said(&runs)[0].contains("too little"));
        ready(&mut runs[0], &[(0.0, 1.0), (0.5, 1.5)]);
        assert_eq!(said(&runs), ["A second processor saved 3.0 ms in this run: parallelism."]);
    }

    #[test]
    fn there_is_more_only_where_overlapping_saved_and_one_inside_a_task_only_of_one() {
        let mut runs = kitchen();
        // Chopping was slow in the Sequential run, which explains most of the difference.
        (runs[0].wall_ms, runs[0].busy_ms) = (480.0, 290.0);
        let sentences = said(&runs);
        assert!(sentences[0].contains("chopping needed less processor time"), "{sentences:?}");
        assert_eq!(sentences[1], "A second processor saved 120 ms in this run: parallelism.");
        // If two processors are busy for 10 % of their time, one of them may be busy for 20 % of
        // its time.
        let runs = [report("concurrent", 2, 400.0, 80.0), report("concurrent", 3, 399.0, 80.0)];
        assert_eq!(said(&runs), ["Any difference is too small to measure in this run."]);
    }

    #[test]
    fn what_never_was_inside_a_task_is_not_saved_by_processors() {
        let mut runs = [report("concurrent", 1, 200.0, 4.0), report("concurrent", 2, 180.0, 4.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            [
                "The Parallel run took 20 ms less than the Concurrent run. That is more than all the \
                 work took, so more processors are not the cause."
            ]
        );
    }

    #[test]
    fn a_slow_machine_is_said_to_be_slow_instead_of_a_verdict() {
        let mut runs =
            [report("concurrent", 1, 400.0, 390.0), report("concurrent", 2, 398.0, 663.0)];
        runs[1].parallelism.max = 2;
        let sentence = "In the Parallel run the same chopping needed 1.7 times as much processor time as in the \
                        Concurrent run. Other programs, memory that processors share, or power \
                        saving can cause that. So these runs cannot be compared. Run again.";
        assert_eq!(said(&runs), [sentence]);
        assert_eq!(kinds(&runs), [Kind::Busy]);
        assert!(verdicts(&runs)[0].uneven);
        // The second lane took longer, or saved less time than the slow computing cost.
        for wall in [460.0, 370.0] {
            runs[1].wall_ms = wall;
            assert_eq!(said(&runs), [sentence]);
        }
        // Two runs in each lane give the same verdict.
        let repeats = [&runs[0], &runs[0], &runs[1], &runs[1]].map(Report::clone);
        assert_eq!(kinds(&repeats), [Kind::Busy]);
        assert!(said(&repeats)[0].starts_with("In the Parallel runs the same chopping needed 1.7"));
        for run in &mut runs {
            run.facts.program = "images".into();
        }
        assert!(said(&runs)[0].contains("the same computing needed 1.7 times"));
    }

    #[test]
    fn a_first_lane_that_computed_slowly_spoils_what_seems_saved_or_alike() {
        let slow = |walls: [f64; 2], busy: [f64; 2]| {
            [report("sequential", 1, walls[0], busy[0]), report("concurrent", 1, walls[1], busy[1])]
        };
        let sentence = "In the Sequential run the same chopping needed 1.5 times as much processor time as in the \
                        Concurrent run. Other programs, memory that processors share, or power \
                        saving can cause that. So these runs cannot be compared. Run again.";
        assert_eq!(said(&slow([800.0, 600.0], [600.0, 400.0])), [sentence]);
        assert_eq!(said(&slow([600.0, 590.0], [600.0, 400.0])), [sentence]);
        // The slow lane took less time nevertheless.
        assert_eq!(kinds(&slow([600.0, 700.0], [600.0, 400.0])), [Kind::Longer]);
    }

    #[test]
    fn a_saving_stands_that_slow_computing_can_only_have_made_smaller() {
        let mut runs =
            [report("concurrent", 1, 800.0, 795.0), report("concurrent", 8, 170.0, 1_250.0)];
        runs[1].parallelism.max = 8;
        ready(&mut runs[0], &[(0.0, 700.0)]);
        assert_eq!(
            said(&runs),
            ["8 processors instead of one saved 630 ms in this run: parallelism. In the Parallel \
              run the same chopping needed 1.6 times as much processor time as in the Concurrent run. Other \
              programs, memory that processors share, or power saving can cause that."]
        );
        assert!(verdicts(&runs)[0].uneven);
    }

    #[test]
    fn with_a_single_task_no_cause_is_named() {
        let mut runs = kitchen();
        for run in &mut runs {
            run.tasks_besides_main = 1;
        }
        let sentence = "Only one task ran besides main, so these times say nothing about \
                        overlapping or about processors.";
        assert_eq!(said(&runs), [sentence, sentence]);
        assert_eq!(kinds(&runs), [Kind::SingleTask, Kind::SingleTask]);
        // Only the Parallel lane has several tasks. A parallel iterator, for example, splits its
        // work according to the number of processors.
        runs[2].tasks_besides_main = 2;
        assert_eq!(kinds(&runs), [Kind::SingleTask, Kind::Saved]);
    }

    #[test]
    fn with_more_processors_than_reported_nothing_is_claimed_about_computing() {
        let sentence = "This browser reports 2 processors, but 8 were used. They shared the real \
                        ones, so these times say nothing about computing.";
        let many = |before: (f64, f64), after: (f64, f64)| {
            let mut runs = [
                report("concurrent", 1, before.0, before.1),
                report("concurrent", 8, after.0, after.1),
            ];
            runs[1].parallelism.max = 8;
            for run in &mut runs {
                run.facts.browser_cores = 2;
            }
            runs
        };
        for after in [(410.0, 800.0), (400.0, 790.0), (790.0, 790.0), (900.0, 3_000.0)] {
            assert_eq!(said(&many((800.0, 790.0), after)), [sentence]);
        }
        // A waiting task needs no processor, so it does not matter that several processors share a
        // core.
        assert_eq!(kinds(&many((200.0, 4.0), (201.0, 14.0))), [Kind::Nothing]);
        assert_eq!(said(&many((200.0, 4.0), (180.0, 14.0))), [sentence]);
    }

    #[test]
    fn on_several_processors_structure_makes_room_for_both() {
        let mut runs =
            [report("sequential", 2, 800.0, 790.0), report("concurrent", 2, 405.0, 790.0)];
        runs[1].parallelism.max = 2;
        assert_eq!(
            said(&runs),
            [
                "Overlapping saved 395 ms with the same 2 processors in this run: concurrency, which \
              let them work in parallel."
            ]
        );
    }

    #[test]
    fn repeats_that_meet_withhold_the_claim() {
        let mut runs = kitchen().to_vec();
        runs.extend(kitchen());
        assert_eq!(
            said(&runs),
            [
                "Overlapping saved 540 ms with the same processor in these 2 runs: concurrency.",
                "A second processor saved 120 ms more in these 2 runs: parallelism."
            ]
        );
        // One Concurrent run was a little faster than the slower Parallel run.
        (runs[1].wall_ms, runs[2].wall_ms) = (320.0, 325.0);
        assert_eq!(
            said(&runs),
            [
                "Overlapping saved 590 ms with the same processor in these 2 runs: concurrency.",
                "No difference can be claimed: in these 2 runs one lane’s times differ by as much \
                 as the two lanes do."
            ]
        );
        // One lane has more runs than the other.
        runs.truncate(5);
        assert!(said(&runs)[0].contains("in these 2 runs"));
        assert!(said(&runs)[1].contains("in these runs"));
    }

    #[test]
    fn more_processors_bring_nothing_to_one_task_after_another() {
        let runs = [
            report("sequential", 1, 400.0, 390.0),
            report("sequential", 2, 405.0, 395.0),
            report("sequential", 2, 340.0, 330.0),
        ];
        assert_eq!(kinds(&runs[..2]), [Kind::Small]);
        assert_eq!(verdicts(&runs[..2])[0].to, ("sequential", 2));
        assert_eq!(kinds(&[runs[0].clone(), runs[2].clone()]), [Kind::OtherCause]);
    }

    #[test]
    fn a_verdict_has_the_figures_that_lessons_judge_by() {
        let verdicts = verdicts(&kitchen());
        assert_eq!(verdicts[0].step, Step::Structure);
        assert_eq!((verdicts[0].from, verdicts[0].to), (("sequential", 1), ("concurrent", 1)));
        assert_eq!((verdicts[1].from, verdicts[1].to), (("concurrent", 1), ("concurrent", 2)));
        assert_eq!((verdicts[0].before_ms, verdicts[0].after_ms), (960.0, 420.0));
        assert_eq!((verdicts[0].least_ms, verdicts[1].least_ms), (48.0, 21.0));
        assert_eq!(verdicts[1].step, Step::Execution);
        assert!(verdicts.iter().all(|verdict| !verdict.uneven));
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
                "Any difference is too small to measure in this run.",
                "Any difference is too small to measure in this run."
            ]
        );
    }

    #[test]
    fn short_runs_are_said_to_be_short() {
        // With a clock step of 0.1 ms, 5 % of 20 ms are ten steps.
        let mut runs = [
            report("sequential", 1, 20.0, 4.0),
            report("concurrent", 1, 19.0, 4.0),
            report("concurrent", 2, 18.5, 4.0),
        ];
        for run in &mut runs {
            run.clock_step_ms = 0.1;
        }
        assert_eq!(kinds(&runs), [Kind::TooShort, Kind::TooShort]);
        assert_eq!(said(&runs)[0], "These runs are too short to compare.");
    }
}
