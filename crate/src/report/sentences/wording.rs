//! The sentence for each verdict. It claims no more than the figures show.

use super::verdict::{Often, Shown, Step, reported};
use super::words::{counted, duration, percent};
use crate::report::figures::{Lane, Uneven};

const CAUSES: &str =
    "Other programs, memory that processors share, or power saving can cause that.";

/// The name of the page's lane that runs one task after another on one processor.
pub const SEQUENTIAL: &str = "Sequential";

/// The name of the page's lane that runs overlapping tasks on one processor.
pub const CONCURRENT: &str = "Concurrent";

/// The name of the page's lane that runs overlapping tasks on several processors.
pub const PARALLEL: &str = "Parallel";

/// Returns the sentence for the step from one lane to another. `again` says whether the step before
/// this step saved time.
pub(super) fn sentence(step: Step, from: &Lane, to: &Lane, shown: Shown, again: bool) -> String {
    let runs = runs(from, to);
    let (before, after) = names(from, to);
    let took = |ms: f64, than: &str| {
        format!("The {after} took {} {than} than the {before}.", duration(ms))
    };
    let no_cause = match step {
        Step::Structure => "overlapping is not the cause",
        Step::Execution => "more processors are not the cause",
    };
    match shown {
        Shown::Saved(ms, uneven) => saved(step, from, to, ms, again) + &note(from, to, uneven),
        Shown::Longer(ms) => took(ms, "longer"),
        Shown::Computed(share) => format!(
            "Overlapping alone saved nothing in {runs}. With one task after another, the processor was \
             already at work for {} of the time. A small difference can be chance.",
            percent(share),
        ),
        Shown::Waited(share) => format!(
            "More processors saved nothing in {runs}: a waiting task needs no processor, and a \
             processor was at work for {} of the time.",
            only(share),
        ),
        Shown::Small => format!("Any difference is too small to measure in {runs}."),
        Shown::MoreThanInside(ms) => {
            format!("{} That is more than all the work took, so {no_cause}.", took(ms, "less"),)
        }
        Shown::NotTogether(ms, often) => format!(
            "{} But {} more than {} at work at the same time, so {no_cause}.",
            took(ms, "less"),
            match often {
                Often::Always => "no run had",
                Often::InSomeRuns => "not every run had",
            },
            at_work(from.processors),
        ),
        Shown::TooLittle(ms) => {
            format!(
                "{} But too little was done at the same time to be the cause.",
                took(ms, "less")
            )
        }
        Shown::Faster(ms) => format!(
            "{} But the same {} needed less processor time there, so {no_cause}.",
            took(ms, "less"),
            computing(from),
        ),
        Shown::Busy(uneven) => format!(
            "{} {CAUSES} So these runs cannot be compared. Run again.",
            took_longer(from, to, uneven),
        ),
        Shown::Spread => format!(
            "No difference can be claimed: in {runs} one lane’s times differ by as much as the two \
             lanes do.",
        ),
        Shown::TooShort => "These runs are too short to compare.".into(),
        Shown::Answers => {
            "The lanes gave different answers, so their times cannot be compared.".into()
        }
        Shown::SingleTask => format!(
            "{} ran besides main, so these times say nothing about overlapping or about processors.",
            if from.tasks().max(to.tasks()) == 0 { "No task" } else { "Only one task" },
        ),
        Shown::Oversubscribed => format!(
            "This browser reports {}, but {} were used. They shared the real ones, so these times \
             say nothing about computing.",
            counted(reported(from, to).into(), "processor"),
            from.processors.max(to.processors),
        ),
    }
}

fn saved(step: Step, from: &Lane, to: &Lane, ms: f64, again: bool) -> String {
    let (time, runs) = (duration(ms), runs(from, to));
    match (step, to.processors) {
        (Step::Structure, 1) => {
            format!("Overlapping saved {time} with the same processor in {runs}: concurrency.")
        }
        (Step::Structure, many) => format!(
            "Overlapping saved {time} with the same {many} processors in {runs}: concurrency{}.",
            if to.most_parallel() > 1 { ", which let them work in parallel" } else { "" },
        ),
        (Step::Execution, _) => format!(
            "{} saved {time}{} in {runs}: parallelism.",
            more_processors(from, to),
            if again { " more" } else { "" },
        ),
    }
}

/// Names the processors of the second lane: "A second processor", "8 processors instead of one".
fn more_processors(from: &Lane, to: &Lane) -> String {
    match (from.processors, to.processors) {
        (1, 2) => "A second processor".into(),
        (1, many) => format!("{many} processors instead of one"),
        (few, many) => format!("{many} processors instead of {few}"),
    }
}

/// Returns "one processor", "2 processors" and so on.
fn at_work(processors: u32) -> String {
    if processors == 1 { "one processor".into() } else { format!("{processors} processors") }
}

/// Names the runs that a sentence is about: "this run", "these 3 runs".
fn runs(from: &Lane, to: &Lane) -> String {
    match (from.repeats(), to.repeats()) {
        (1, 1) => "this run".into(),
        (one, other) if one == other => format!("these {one} runs"),
        _ => "these runs".into(),
    }
}

/// Returns the sentence that says in which lane the same computing took longer, and how many times
/// as long.
fn took_longer(from: &Lane, to: &Lane, uneven: Uneven) -> String {
    let (before, after) = names(from, to);
    let (slow, quick) = if uneven.second { (after, before) } else { (before, after) };
    format!(
        "In the {} the same {} needed {:.1} times as much processor time as in the {}.",
        slow,
        computing(from),
        uneven.times,
        quick,
    )
}

/// Names the runs of both lanes: "Concurrent run" and "Parallel run". The number of processors is
/// added if both lanes would have the same name, or if a Sequential lane has several processors:
/// "Sequential runs on 2 processors".
fn names(from: &Lane, to: &Lane) -> (String, String) {
    let name = |lane: &Lane| {
        let runs = if lane.repeats() == 1 { "run" } else { "runs" };
        let (title, usual) = match (lane.structure, lane.processors) {
            ("sequential", many) => (SEQUENTIAL, many == 1),
            (_, 1) => (CONCURRENT, true),
            _ => (PARALLEL, from.structure != to.structure || from.processors == 1),
        };
        let on = if usual { String::new() } else { format!(" on {} processors", lane.processors) };
        format!("{title} {runs}{on}")
    };
    (name(from), name(to))
}

/// Returns the note on a saving if the two lanes computed at different speeds, or an empty text.
fn note(from: &Lane, to: &Lane, uneven: Option<Uneven>) -> String {
    uneven.map_or(String::new(), |uneven| format!(" {} {CAUSES}", took_longer(from, to, uneven)))
}

/// Returns the word for computing in the lesson of the lane's program.
fn computing(lane: &Lane) -> &'static str {
    match lane.program() {
        "kitchen" => "chopping",
        "counters" => "counting",
        _ => "computing",
    }
}

/// Formats a share with "only" before it, except before "less than 1 %".
fn only(share: f64) -> String {
    let percent = percent(share);
    if percent.starts_with("less") { percent } else { format!("only {percent}") }
}
