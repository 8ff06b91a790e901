//! What the step from one lane to another shows, as data.
//!
//! From Sequential to Concurrent only the structure changes. From Concurrent to Parallel only the
//! number of processors changes. So a real difference between two lanes has one cause. But two runs
//! of one lane differ, too. A verdict names a cause only if the difference is larger than what the
//! clock, the machine and repeated runs may add, and if nothing else explains the difference.
//!
//! Only this module decides on a verdict. The page's sentences and the lessons' feedback both
//! follow the [`Kind`] of a verdict.

use crate::report::figures::{Difference, Lane, Uneven, WAITS};

/// A lane that spends at least this share of its time inside tasks computes. It has no waiting time
/// that another task could use.
const COMPUTES: f64 = 0.9;

/// What changes from one lane to the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// The structure: from one task after another to tasks that overlap.
    Structure,
    /// The execution: from fewer processors to more.
    Execution,
}

impl Step {
    /// The word that the page uses.
    pub fn word(self) -> &'static str {
        match self {
            Step::Structure => "structure",
            Step::Execution => "execution",
        }
    }
}

/// The kind of a verdict: what the step shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// The step saved time.
    Saved,
    /// The step cost time.
    Longer,
    /// The step saved nothing, and the figures show why it could not save anything.
    Nothing,
    /// Any difference is too small to measure.
    Small,
    /// The second lane took less time, but the step is not the cause.
    OtherCause,
    /// The same computing took clearly longer in one lane. Another run may give a result.
    Busy,
    /// Repeated runs of one lane differ by as much as the two lanes do.
    Spread,
    /// The runs are too short to compare.
    TooShort,
    /// The lanes gave different answers.
    Answers,
    /// There was at most one task besides main, so the step changes nothing.
    SingleTask,
    /// There were more processors than the browser reports.
    Oversubscribed,
}

impl Kind {
    /// The word that the page uses.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Saved => "saved",
            Kind::Longer => "longer",
            Kind::Nothing => "nothing",
            Kind::Small => "small",
            Kind::OtherCause => "other cause",
            Kind::Busy => "busy",
            Kind::Spread => "spread",
            Kind::TooShort => "too short",
            Kind::Answers => "answers",
            Kind::SingleTask => "single task",
            Kind::Oversubscribed => "oversubscribed",
        }
    }
}

/// The verdict on the step from one lane to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What changes from one lane to the other.
    pub step: Step,
    /// The first lane: its structure and its number of processors.
    pub from: (&'static str, u32),
    /// The second lane: its structure and its number of processors.
    pub to: (&'static str, u32),
    /// What the step shows.
    pub kind: Kind,
    /// Median wall time of the first lane, in milliseconds.
    pub before_ms: f64,
    /// Median wall time of the second lane, in milliseconds.
    pub after_ms: f64,
    /// The smallest difference between times of these lanes that can be claimed, in milliseconds.
    pub least_ms: f64,
    /// Whether the same computing took clearly longer in one of the lanes. The verdict may be valid
    /// nevertheless.
    pub uneven: bool,
    /// The sentence for the reader.
    pub sentence: String,
}

/// A verdict's kind with the figures that its sentence needs. Times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shown {
    Saved(f64, Option<Uneven>),
    Longer(f64),
    /// The processor was inside tasks for this share of the time already.
    Computed(f64),
    /// The processor was inside tasks for only this share of the time.
    Waited(f64),
    Small,
    /// Less time was spent inside tasks than was saved.
    MoreThanInside(f64),
    /// In some or in all runs, the number of processors inside tasks at once was never larger than
    /// the first lane's number of processors.
    NotTogether(f64, Often),
    /// Too little was done at the same time to explain the saved time.
    TooLittle(f64),
    /// The same computing ran faster, which explains most of the saved time.
    Faster(f64),
    Busy(Uneven),
    Spread,
    TooShort,
    Answers,
    SingleTask,
    Oversubscribed,
}

/// In how many runs the processors were not seen inside tasks at the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Often {
    InSomeRuns,
    Always,
}

impl Shown {
    /// The kind of the verdict that these figures belong to.
    pub fn kind(self) -> Kind {
        match self {
            Shown::Saved(..) => Kind::Saved,
            Shown::Longer(_) => Kind::Longer,
            Shown::Computed(_) | Shown::Waited(_) => Kind::Nothing,
            Shown::Small => Kind::Small,
            Shown::MoreThanInside(_)
            | Shown::NotTogether(..)
            | Shown::TooLittle(_)
            | Shown::Faster(_) => Kind::OtherCause,
            Shown::Busy(_) => Kind::Busy,
            Shown::Spread => Kind::Spread,
            Shown::TooShort => Kind::TooShort,
            Shown::Answers => Kind::Answers,
            Shown::SingleTask => Kind::SingleTask,
            Shown::Oversubscribed => Kind::Oversubscribed,
        }
    }
}

/// Decides what the step from one lane to another shows, with the figures for its sentence.
pub(super) fn shown(step: Step, from: &Lane, to: &Lane) -> Shown {
    let difference = from.difference(to);
    match difference {
        Difference::Answers => return Shown::Answers,
        Difference::TooShort => return Shown::TooShort,
        _ => {}
    }
    // In some programs the number of tasks depends on the number of processors.
    if from.tasks().max(to.tasks()) < 2 {
        return Shown::SingleTask;
    }
    let oversubscribed = from.processors.max(to.processors) > reported(from, to);
    if oversubscribed && !says_nothing_of_computing(step, from, difference) {
        return Shown::Oversubscribed;
    }
    let uneven = from.uneven(to);
    if let Some(uneven) = uneven.filter(|uneven| spoils(*uneven, difference)) {
        return Shown::Busy(uneven);
    }
    match difference {
        Difference::Less(ms) if from.busy() - to.busy() > ms / 2.0 => Shown::Faster(ms),
        Difference::Less(ms) => match step {
            Step::Structure => Shown::Saved(ms, uneven),
            Step::Execution => saved_by_processors(from, to, ms, uneven),
        },
        Difference::More(ms) => Shown::Longer(ms),
        Difference::Spread => Shown::Spread,
        _ => match step {
            Step::Structure if from.processors == 1 && from.share() >= COMPUTES => {
                Shown::Computed(from.share())
            }
            Step::Execution if from.processors == 1 && from.share() <= WAITS => {
                Shown::Waited(from.share())
            }
            _ => Shown::Small,
        },
    }
}

/// Returns the number of processors that the browser reports.
pub(super) fn reported(from: &Lane, to: &Lane) -> u32 {
    from.browser_cores().min(to.browser_cores())
}

/// Whether the verdict would be about waiting only. Such a verdict is valid for any number of
/// processors.
fn says_nothing_of_computing(step: Step, from: &Lane, difference: Difference) -> bool {
    from.busy() <= WAITS * from.wall()
        && (step == Step::Structure || difference == Difference::None)
}

/// Whether computing that took longer in one lane may have caused or hidden the difference. The
/// verdict is valid nevertheless in three cases. The first lane was slow, but took less time. The
/// second lane was slow, but saved more time than the slow computing cost. The first lane was slow,
/// but this explains at most half of the time that the second lane saved.
fn spoils(uneven: Uneven, difference: Difference) -> bool {
    match difference {
        Difference::Less(ms) if uneven.second => uneven.cost_ms >= ms,
        Difference::Less(ms) => uneven.cost_ms > ms / 2.0,
        Difference::More(_) => uneven.second,
        _ => true,
    }
}

fn saved_by_processors(from: &Lane, to: &Lane, ms: f64, uneven: Option<Uneven>) -> Shown {
    if ms > from.busy() {
        // Parallelism can't save more time than was spent inside tasks.
        Shown::MoreThanInside(ms)
    } else if !to.seen_beyond(from.processors) {
        let sometimes = to.most_parallel() > from.processors;
        Shown::NotTogether(ms, if sometimes { Often::InSomeRuns } else { Often::Always })
    } else if to.beyond(from.processors).max(from.ready()) < ms / 2.0 {
        // Work that is done at the same time saves time. A wait that begins earlier saves time,
        // too: with more processors, a ready task waits less for a processor before it begins its
        // wait.
        Shown::TooLittle(ms)
    } else {
        Shown::Saved(ms, uneven)
    }
}
