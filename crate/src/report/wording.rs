//! The sentence for each verdict. It claims no more than the figures show.

use super::lane::{Lane, Uneven};
use super::verdict::{Often, Shown, Step, reported};
use super::words::{counted, duration, percent};

const CAUSES: &str =
    "Other programs, memory that processors share, or power saving can cause that.";

/// The sentence for the step from one lane to another; `again` when the step before saved time.
pub(super) fn sentence(step: Step, from: &Lane, to: &Lane, shown: Shown, again: bool) -> String {
    let runs = runs(from, to);
    let took = |ms: f64| format!("{}, {runs} took {}", with(step, from, to), duration(ms));
    let no_cause = match step {
        Step::Structure => "overlapping is not the cause",
        Step::Execution => "more processors are not the cause",
    };
    match shown {
        Shown::Saved(ms, uneven) => saved(step, from, to, ms, again) + &note(from, to, uneven),
        Shown::Longer(ms) => format!("{} longer.", took(ms)),
        Shown::Computed(share) => format!(
            "Overlapping alone saved nothing in {runs}. With one task after another, the processor was \
             already at work for {} of the time. A small difference can be chance.",
            percent(share),
        ),
        Shown::Waited(share) => format!(
            "More processors saved nothing in {runs}: a waiting task needs no processor, and a task \
             was inside one for {} of the time.",
            only(share),
        ),
        Shown::Small => format!("Any difference is too small to measure in {runs}."),
        Shown::MoreThanInside(ms) => format!(
            "{} less. That is more than all the time inside tasks, so {no_cause}.",
            took(ms),
        ),
        Shown::NotTogether(ms, often) => format!(
            "{} less. But {} more than {} inside tasks at the same time, so {no_cause}.",
            took(ms),
            match often {
                Often::Always => "no run had",
                Often::InSomeRuns => "not every run had",
            },
            one_or(from.processors),
        ),
        Shown::TooLittle(ms) => {
            format!("{} less. But too little was done at the same time to be the cause.", took(ms),)
        }
        Shown::Faster(ms) => format!(
            "{} less, but only because the same {} ran faster: {no_cause}.",
            took(ms),
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
            more_processors(from, to, "A"),
            if again { " more" } else { "" },
        ),
    }
}

/// How the second lane ran: "With a second processor".
fn with(step: Step, from: &Lane, to: &Lane) -> String {
    match step {
        Step::Structure => "With overlapping tasks".into(),
        Step::Execution => format!("With {}", more_processors(from, to, "a")),
    }
}

/// The processors of the second lane: "a second processor", "8 processors instead of one".
fn more_processors(from: &Lane, to: &Lane, a: &str) -> String {
    match (from.processors, to.processors) {
        (1, 2) => format!("{a} second processor"),
        (few, many) => format!("{many} processors instead of {}", one_or(few)),
    }
}

fn one_or(processors: u32) -> String {
    if processors == 1 { "one".into() } else { processors.to_string() }
}

/// Which runs a sentence speaks of: "this run", "these 3 runs".
fn runs(from: &Lane, to: &Lane) -> String {
    match (from.repeats(), to.repeats()) {
        (1, 1) => "this run".into(),
        (one, other) if one == other => format!("these {one} runs"),
        _ => "these runs".into(),
    }
}

/// In which lane the same computing took longer, and how much longer.
fn took_longer(from: &Lane, to: &Lane, uneven: Uneven) -> String {
    let (slow, quick) = if uneven.second { (to, from) } else { (from, to) };
    format!(
        "In the {} the same {} needed {:.1} times as much processor time as in the {}.",
        runs_of(slow),
        computing(slow),
        uneven.times,
        runs_of(quick),
    )
}

/// The runs of a lane: "Parallel run", "Sequential runs on 2 processors".
fn runs_of(lane: &Lane) -> String {
    let runs = if lane.repeats() == 1 { "run" } else { "runs" };
    match (lane.structure, lane.processors) {
        ("sequential", 1) => format!("Sequential {runs}"),
        ("sequential", many) => format!("Sequential {runs} on {many} processors"),
        (_, 1) => format!("Concurrent {runs}"),
        _ => format!("Parallel {runs}"),
    }
}

/// What a reader has to know of a saving between lanes that computed at different speeds.
fn note(from: &Lane, to: &Lane, uneven: Option<Uneven>) -> String {
    uneven.map_or(String::new(), |uneven| format!(" {} {CAUSES}", took_longer(from, to, uneven)))
}

/// What the lesson of a lane's program calls its computing.
fn computing(lane: &Lane) -> &'static str {
    match lane.program() {
        "kitchen" => "chopping",
        "counters" => "counting",
        _ => "computing",
    }
}

/// Avoids "only less than 1 %", which says the same twice.
fn only(share: f64) -> String {
    let percent = percent(share);
    if percent.starts_with("less") { percent } else { format!("only {percent}") }
}
