//! The runs of one lane, and the test whether two lanes differ.

use super::median::median;
use super::report::Report;

/// A difference of fewer clock steps than this may come from the clock alone.
pub const CLOCK_STEPS: f64 = 20.0;

/// A difference of fewer milliseconds than this may come from the operating system, which can pause
/// a worker for about that time.
pub const MACHINE_MS: f64 = 2.0;

/// Two runs of the same lane may differ by this share of their time.
pub const REPEAT_SHARE: f64 = 0.05;

/// If the same computing took this many times as long in one lane as in the other, it took clearly
/// longer.
const SLOWED: f64 = 1.25;

/// A lane that spends at most this share of its time inside tasks waits more than it computes.
pub(in crate::report) const WAITS: f64 = 0.1;

/// Runs with the same structure and the same number of processors.
#[derive(Debug)]
pub(in crate::report) struct Lane<'a> {
    pub structure: &'static str,
    pub processors: u32,
    runs: Vec<&'a Report>,
}

/// How one lane compares with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) enum Difference {
    /// The other lane took less wall time, by this many milliseconds.
    Less(f64),
    /// The other lane took more wall time, by this many milliseconds.
    More(f64),
    /// The difference is smaller than the difference that two runs of one lane may have.
    None,
    /// Repeated runs of one lane differ by as much as the two lanes do.
    Spread,
    /// The runs are so short that the clock or the machine hides any difference.
    TooShort,
    /// The lanes computed different answers.
    Answers,
}

/// Two lanes in which the same computing clearly took different amounts of processor time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Uneven {
    /// Whether the second lane is the slow lane.
    pub second: bool,
    /// How many times as much processor time the slow lane needed.
    pub times: f64,
    /// The wall time that the additional processor time may have cost the slow lane, in
    /// milliseconds.
    pub cost_ms: f64,
}

/// Groups runs into lanes.
pub(in crate::report) fn lanes<'a>(runs: &[&'a Report]) -> Vec<Lane<'a>> {
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
    /// Compares `to` with this lane, by their medians and by the spread of repeated runs.
    pub fn difference(&self, to: &Lane) -> Difference {
        let mut answers = self.runs.iter().chain(&to.runs).map(|run| &run.facts.answer);
        let first = answers.next();
        if !answers.all(|answer| Some(answer) == first) {
            return Difference::Answers;
        }
        let (before, after) = (self.wall(), to.wall());
        let difference = (before - after).abs();
        if difference < self.least(to) {
            let short = self.by_repeat(to) < self.by_machine(to);
            return if short { Difference::TooShort } else { Difference::None };
        }
        if self.overlaps(to) || difference < self.spread().max(to.spread()) {
            Difference::Spread
        } else if after < before {
            Difference::Less(difference)
        } else {
            Difference::More(difference)
        }
    }

    /// Returns the smallest difference between single runs of the two lanes that can be claimed,
    /// in milliseconds.
    pub fn least(&self, to: &Lane) -> f64 {
        self.by_repeat(to).max(self.by_machine(to))
    }

    fn by_repeat(&self, to: &Lane) -> f64 {
        REPEAT_SHARE * self.wall().max(to.wall())
    }

    fn by_machine(&self, to: &Lane) -> f64 {
        MACHINE_MS.max(CLOCK_STEPS * self.clock_step().max(to.clock_step()))
    }

    /// Returns how much longer the same computing took in one of the two lanes. Returns `None`
    /// unless it took clearly longer and may have cost at least [`least`](Lane::least) milliseconds
    /// of wall time.
    pub fn uneven(&self, to: &Lane) -> Option<Uneven> {
        let second = to.busy() > self.busy();
        let (slow, quick) = if second { (to, self) } else { (self, to) };
        let extra = slow.busy() - quick.busy();
        // Several processors share the additional computing.
        let cost_ms = extra / slow.mean_parallel().max(1.0);
        let uneven = slow.busy() >= SLOWED * quick.busy()
            && slow.busy() > WAITS * slow.wall()
            && cost_ms >= self.least(to);
        uneven.then(|| Uneven { second, times: slow.busy() / quick.busy(), cost_ms })
    }

    /// The number of runs in the lane.
    pub fn repeats(&self) -> usize {
        self.runs.len()
    }

    /// The id of the program that ran.
    pub fn program(&self) -> &str {
        &self.runs[0].facts.program
    }

    /// The maximum number of tasks besides main in a run of the lane.
    pub fn tasks(&self) -> u32 {
        self.runs.iter().map(|run| run.tasks_besides_main).max().unwrap_or(0)
    }

    /// The number of processors that the browser reports.
    pub fn browser_cores(&self) -> u32 {
        self.runs.iter().map(|run| run.facts.browser_cores).min().unwrap_or(u32::MAX)
    }

    /// The median time from main's first instruction to its end, in milliseconds.
    pub fn wall(&self) -> f64 {
        self.median(|run| run.wall_ms)
    }

    /// The median time inside tasks, in milliseconds, summed over all processors.
    pub fn busy(&self) -> f64 {
        self.median(|run| run.busy_ms)
    }

    /// The time in which more than `processors` processors were inside tasks, in milliseconds. The
    /// time counts once for each processor beyond that number. If events are missing, the result is
    /// a lower bound that follows from the busy time and the wall time, which are exact.
    pub fn beyond(&self, processors: u32) -> f64 {
        self.median(|run| {
            if run.events_dropped > 0 {
                return run.busy_ms - f64::from(processors) * run.wall_ms;
            }
            let more = (0..).zip(&run.parallel_ms).skip(processors as usize + 1);
            more.map(|(level, ms)| f64::from(level - processors) * ms).sum()
        })
    }

    /// The time in which at least one task was ready, in milliseconds. If events are missing, this
    /// is the sum of the ready times of all tasks, which is exact.
    pub fn ready(&self) -> f64 {
        self.median(|run| if run.events_dropped > 0 { run.ready_ms } else { run.some_ready_ms })
    }

    /// The share of the processors' time that was inside tasks.
    pub fn share(&self) -> f64 {
        self.median(|run| run.busy_ms / (run.wall_ms * f64::from(run.facts.processors)))
    }

    /// The maximum number of processors that were seen inside tasks at once.
    pub fn most_parallel(&self) -> u32 {
        self.runs.iter().map(|run| run.parallelism.max).max().unwrap_or(0)
    }

    /// Whether every run had more than `processors` processors inside tasks at once. The spans or
    /// the mean show this; the mean is exact even if spans are missing.
    pub fn seen_beyond(&self, processors: u32) -> bool {
        let beyond = |run: &&Report| {
            run.parallelism.max > processors || run.parallelism.mean > f64::from(processors)
        };
        self.runs.iter().all(beyond)
    }

    /// The mean number of processors inside tasks.
    fn mean_parallel(&self) -> f64 {
        self.median(|run| run.busy_ms / run.wall_ms)
    }

    fn clock_step(&self) -> f64 {
        self.runs.iter().map(|run| run.clock_step_ms).fold(0.0, f64::max)
    }

    fn overlaps(&self, other: &Lane) -> bool {
        let ((low, high), (other_low, other_high)) = (self.range(), other.range());
        low <= other_high && other_low <= high
    }

    /// The difference between the slowest run and the fastest, in milliseconds.
    fn spread(&self) -> f64 {
        let (low, high) = self.range();
        high - low
    }

    fn range(&self) -> (f64, f64) {
        let walls = self.runs.iter().map(|run| run.wall_ms);
        (walls.clone().fold(f64::INFINITY, f64::min), walls.fold(0.0, f64::max))
    }

    fn median(&self, figure: impl Fn(&Report) -> f64) -> f64 {
        median(self.runs.iter().map(|run| figure(run)).collect())
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
        // A difference of 50 ms is 25 steps of 2 ms, or 5 steps of 10 ms.
        assert_eq!(stepped(50.0, 2.0), Difference::Less(50.0));
        assert_eq!(stepped(50.0, 10.0), Difference::TooShort);
        // Equal times are too short as well: the clock could not have shown a difference.
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
        let from = runs(1, &[100.0, 120.0, 104.0]);
        assert_eq!(difference(&from, &runs(2, &[60.0, 70.0])), Difference::Less(39.0));
        assert_eq!(difference(&from, &runs(2, &[80.0, 81.0])), Difference::Less(23.5));
        assert_eq!(difference(&from, &runs(2, &[80.0, 100.0])), Difference::Spread);
        assert_eq!(difference(&from, &runs(2, &[150.0])), Difference::More(46.0));
    }

    #[test]
    fn a_difference_that_is_smaller_than_the_spread_is_not_claimed() {
        // The ranges are apart, but one lane's runs differ by 40 ms and the lanes by 39 ms.
        let from = runs(1, &[100.0, 140.0, 104.0]);
        assert_eq!(difference(&from, &runs(2, &[60.0, 70.0])), Difference::Spread);
        assert_eq!(difference(&runs(2, &[60.0, 70.0]), &from), Difference::Spread);
        assert_eq!(difference(&from, &runs(2, &[63.0, 65.0])), Difference::Less(40.0));
    }

    #[test]
    fn the_same_computing_may_take_clearly_longer_in_one_lane() {
        let uneven = |walls: [f64; 2], busy: [f64; 2]| {
            let runs = [
                report("concurrent", 1, walls[0], busy[0]),
                report("concurrent", 2, walls[1], busy[1]),
            ];
            let runs: Vec<&Report> = runs.iter().collect();
            let lanes = lanes(&runs);
            lanes[0].uneven(&lanes[1])
        };
        assert_eq!(uneven([420.0, 360.0], [240.0, 299.0]), None);
        let slow = uneven([420.0, 360.0], [240.0, 360.0]).unwrap();
        assert_eq!((slow.second, slow.times, slow.cost_ms), (true, 1.5, 120.0));
        let slow = uneven([800.0, 600.0], [800.0, 1_200.0]).unwrap();
        assert_eq!((slow.second, slow.cost_ms), (true, 200.0), "two processors share it");
        let slow = uneven([500.0, 300.0], [360.0, 240.0]).unwrap();
        assert_eq!((slow.second, slow.cost_ms), (false, 120.0));
        // Programs that wait compute very little, so more computing costs no wall time.
        assert_eq!(uneven([200.0, 201.0], [4.0, 18.0]), None);
        assert_eq!(uneven([200.0, 201.0], [20.0, 27.0]), None);
    }
}
