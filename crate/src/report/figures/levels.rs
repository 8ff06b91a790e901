//! The number of tasks or processors at once: the concurrency level and the parallelism level.

use crate::trace::Nanos;

/// How many tasks or processors there were at once, during main's life.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// The largest number at any instant.
    pub max: u32,
    /// The mean over time; 0 if main's life was too short for the clock to measure.
    pub mean: f64,
}

/// Returns the mean of a level over `wall` nanoseconds. `sum` is the total length of all intervals
/// that count, in nanoseconds.
pub(in crate::report) fn mean(sum: Nanos, wall: Nanos) -> f64 {
    if wall == 0 { 0.0 } else { sum as f64 / wall as f64 }
}

/// How many intervals of a set overlap. An interval includes its start but not its end. So an
/// interval does not overlap an interval that starts at its end.
#[derive(Debug, Default)]
pub(in crate::report) struct AtOnce {
    /// The largest number at any instant. An interval of length zero overlaps no other interval. If
    /// there is an interval at all, `most` is at least 1.
    pub most: u32,
    /// At index `n`, the nanoseconds for which exactly `n` intervals overlap, between the first
    /// start and the last end.
    pub times: Vec<Nanos>,
}

pub(in crate::report) fn at_once(intervals: impl Iterator<Item = (Nanos, Nanos)>) -> AtOnce {
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    let mut counted = AtOnce::default();
    for (start, end) in intervals {
        counted.most = 1;
        if start < end {
            starts.push(start);
            ends.push(end);
        }
    }
    starts.sort_unstable();
    ends.sort_unstable();
    let (mut open, mut since) = (0, starts.first().copied().unwrap_or_default());
    let mut pass = |open: usize, until: Nanos| {
        if counted.times.len() <= open {
            counted.times.resize(open + 1, 0);
        }
        counted.times[open] += until - since;
        since = until;
    };
    let mut ends = ends.into_iter().peekable();
    for start in starts {
        while let Some(end) = ends.next_if(|end| *end <= start) {
            pass(open, end);
            open -= 1;
        }
        pass(open, start);
        open += 1;
        counted.most = counted.most.max(open as u32);
    }
    for end in ends {
        pass(open, end);
        open -= 1;
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(intervals: &[(Nanos, Nanos)]) -> u32 {
        at_once(intervals.iter().copied()).most
    }

    #[test]
    fn nothing_is_none_and_a_moment_is_one() {
        assert_eq!(most(&[]), 0);
        assert_eq!(most(&[(5, 5)]), 1);
        assert_eq!(most(&[(5, 5), (5, 5)]), 1);
    }

    #[test]
    fn ends_come_before_starts_at_equal_times() {
        assert_eq!(most(&[(0, 10), (10, 20), (20, 30)]), 1);
        assert_eq!(most(&[(10, 20), (0, 11)]), 2);
    }

    #[test]
    fn counts_the_deepest_place() {
        // In 30..40 four intervals overlap: 0..100, 10..40, 20..60 and 30..50.
        assert_eq!(most(&[(0, 100), (10, 40), (20, 60), (30, 50), (60, 90), (70, 80)]), 4);
    }

    #[test]
    fn a_mean_is_a_share_of_the_wall_time() {
        assert_eq!(mean(30, 20), 1.5);
        assert_eq!(mean(0, 0), 0.0);
    }

    #[test]
    fn each_level_has_its_time() {
        let times = |intervals: &[(Nanos, Nanos)]| at_once(intervals.iter().copied()).times;
        assert_eq!(times(&[(0, 10), (2, 6), (4, 6), (6, 8)]), [0, 4, 4, 2]);
        assert_eq!(times(&[(5, 6), (9, 10), (7, 7)]), [3, 2]);
        assert_eq!(times(&[]), [0; 0]);
    }
}
