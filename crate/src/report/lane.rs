//! The runs of one lane, and whether two lanes differ.

use super::Report;

/// Clock steps below which a difference is the clock's.
const STEPS: f64 = 20.0;

/// Milliseconds for which an operating system takes a processor away, or is late to give it
/// back: less is not the program's doing, in runs so short that it would count.
const HICCUP: f64 = 2.0;

/// The share of the wall time by which a repeat of the same lane may differ.
const REPEAT: f64 = 0.05;

/// Runs with the same structure and the same number of processors.
#[derive(Debug)]
pub(super) struct Lane<'a> {
    pub structure: &'static str,
    pub processors: u32,
    runs: Vec<&'a Report>,
}

/// How one lane compares with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Difference {
    /// It took less wall time, by so many milliseconds.
    Less(f64),
    /// It took less, and more than half of that inside tasks: the same work went faster.
    Faster(f64),
    /// It took more, by so many milliseconds.
    More(f64),
    /// Less than repeats of a lane may differ by.
    None,
    /// Repeats of one of the lanes lie among those of the other.
    Spread,
    /// What repeats may differ by is less than the clock, or the machine, can tell.
    TooShort,
    /// They did not compute the same.
    Answers,
}

/// The lanes that these runs make.
pub(super) fn lanes<'a>(runs: &[&'a Report]) -> Vec<Lane<'a>> {
    let mut lanes: Vec<Lane> = Vec::new();
    for &run in runs {
        let (structure, processors) = (run.facts.structure, run.facts.processors);
        let same =
            |lane: &&mut Lane<'_>| lane.structure == structure && lane.processors == processors;
        match lanes.iter_mut().find(same) {
            Some(lane) => lane.runs.push(run),
            None => lanes.push(Lane { structure, processors, runs: vec![run] }),
        }
    }
    lanes
}

impl Lane<'_> {
    /// What `to` took, compared with this lane: by their medians, and by the spread of the
    /// repeats where there are any.
    pub fn difference(&self, to: &Lane) -> Difference {
        let mut answers = self.runs.iter().chain(&to.runs).map(|run| &run.facts.answer);
        let first = answers.next();
        if !answers.all(|answer| Some(answer) == first) {
            return Difference::Answers;
        }
        let (before, after) = (self.wall(), to.wall());
        let by_repeat = REPEAT * before.max(after);
        let by_machine = HICCUP.max(STEPS * self.clock_step().max(to.clock_step()));
        let difference = (before - after).abs();
        if difference < by_repeat.max(by_machine) {
            return if by_repeat < by_machine { Difference::TooShort } else { Difference::None };
        }
        if self.overlaps(to) {
            Difference::Spread
        } else if after < before && self.busy() - to.busy() > difference / 2.0 {
            Difference::Faster(difference)
        } else if after < before {
            Difference::Less(difference)
        } else {
            Difference::More(difference)
        }
    }

    /// Milliseconds from main's first instruction to its end.
    pub fn wall(&self) -> f64 {
        self.median(|run| run.wall_ms)
    }

    /// Milliseconds inside tasks, over all processors.
    pub fn busy(&self) -> f64 {
        self.median(|run| run.busy_ms)
    }

    /// Milliseconds inside tasks on more than so many processors at once; each one beyond them
    /// counts. Where spans are missing, what the exact sums leave no other way to explain.
    pub fn beyond(&self, processors: u32) -> f64 {
        self.median(|run| {
            if run.events_dropped > 0 {
                return run.busy_ms - f64::from(processors) * run.wall_ms;
            }
            let more = (0..).zip(&run.parallel_ms).skip(processors as usize + 1);
            more.map(|(level, ms)| f64::from(level - processors) * ms).sum()
        })
    }

    /// Milliseconds in which some task could run and had no processor. Where states are missing,
    /// the sum over all tasks, which is exact.
    pub fn ready(&self) -> f64 {
        self.median(|run| if run.events_dropped > 0 { run.ready_ms } else { run.some_ready_ms })
    }

    /// The share of the processors' time that was inside tasks.
    pub fn share(&self) -> f64 {
        self.median(|run| run.busy_ms / (run.wall_ms * f64::from(run.facts.processors)))
    }

    /// The most processors that were seen inside tasks at once.
    pub fn most_parallel(&self) -> u32 {
        self.runs.iter().map(|run| run.parallelism.max).max().unwrap_or(0)
    }

    /// Whether every run had more than `processors` inside tasks at once: seen in its spans,
    /// or told by the mean, which is exact even where spans are missing.
    pub fn seen_beyond(&self, processors: u32) -> bool {
        let beyond = |run: &&Report| {
            run.parallelism.max > processors || run.parallelism.mean > f64::from(processors)
        };
        self.runs.iter().all(beyond)
    }

    fn clock_step(&self) -> f64 {
        self.runs.iter().map(|run| run.clock_step_ms).fold(0.0, f64::max)
    }

    fn overlaps(&self, other: &Lane) -> bool {
        let ((low, high), (other_low, other_high)) = (self.range(), other.range());
        low <= other_high && other_low <= high
    }

    fn range(&self) -> (f64, f64) {
        let walls = self.runs.iter().map(|run| run.wall_ms);
        (walls.clone().fold(f64::INFINITY, f64::min), walls.fold(0.0, f64::max))
    }

    fn median(&self, figure: impl Fn(&Report) -> f64) -> f64 {
        let mut figures: Vec<f64> = self.runs.iter().map(|run| figure(run)).collect();
        figures.sort_unstable_by(f64::total_cmp);
        let middle = figures.len() / 2;
        if figures.len().is_multiple_of(2) {
            (figures[middle - 1] + figures[middle]) / 2.0
        } else {
            figures[middle]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    fn runs(processors: u32, walls: &[f64]) -> Vec<Report> {
        walls.iter().map(|wall| report("concurrent", processors, *wall, 1.0)).collect()
    }

    fn difference(from: &[Report], to: &[Report]) -> Difference {
        let runs: Vec<&Report> = from.iter().chain(to).collect();
        let lanes = lanes(&runs);
        assert_eq!(lanes.len(), 2);
        lanes[0].difference(&lanes[1])
    }

    fn one(from: f64, to: f64) -> Difference {
        difference(&runs(1, &[from]), &runs(2, &[to]))
    }

    #[test]
    fn five_percent_of_the_larger_is_the_least_that_counts() {
        assert_eq!(one(100.0, 95.1), Difference::None);
        assert_eq!(one(100.0, 95.0), Difference::Less(5.0));
        assert_eq!(one(95.0, 100.0), Difference::More(5.0));
        assert_eq!(one(95.1, 100.0), Difference::None);
    }

    #[test]
    fn twenty_steps_of_the_coarser_clock_are_the_least_that_counts() {
        let stepped = |to, step| {
            let (mut from, mut to) = (runs(1, &[100.0]), runs(2, &[to]));
            from[0].clock_step_ms = 0.1;
            to[0].clock_step_ms = step;
            difference(&from, &to)
        };
        // 50 ms of 100 ms: 25 steps of 2 ms, 5 of 10 ms.
        assert_eq!(stepped(50.0, 2.0), Difference::Less(50.0));
        assert_eq!(stepped(50.0, 10.0), Difference::TooShort);
        // Too short also where nothing differs: the clock would not have told.
        assert_eq!(stepped(100.0, 2.0), Difference::TooShort);
        assert_eq!(stepped(100.0, 0.2), Difference::None);
    }

    #[test]
    fn two_milliseconds_are_the_machines() {
        assert_eq!(one(2.2, 0.3), Difference::TooShort);
        assert_eq!(one(2.4, 0.3), Difference::Less(2.1));
        assert_eq!(one(39.0, 39.0), Difference::TooShort);
        assert_eq!(one(41.0, 41.0), Difference::None);
    }

    #[test]
    fn repeats_are_compared_by_their_medians_when_their_ranges_are_apart() {
        let from = runs(1, &[100.0, 140.0, 104.0]);
        assert_eq!(difference(&from, &runs(2, &[60.0, 70.0])), Difference::Less(39.0));
        assert_eq!(difference(&from, &runs(2, &[60.0, 99.0])), Difference::Less(24.5));
        assert_eq!(difference(&from, &runs(2, &[60.0, 100.0])), Difference::Spread);
        assert_eq!(difference(&from, &runs(2, &[150.0])), Difference::More(46.0));
    }
}
