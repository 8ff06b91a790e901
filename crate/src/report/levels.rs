//! How many at once: the concurrency level and the parallelism level.

use crate::trace::Nanos;

/// How many there were at once, over main's life.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// The most at any instant.
    pub max: u32,
    /// The mean over time; 0 where main's life was shorter than the clock can tell.
    pub mean: f64,
}

/// A mean over time: `sum` nanoseconds within `wall` nanoseconds.
pub(super) fn mean(sum: Nanos, wall: Nanos) -> f64 {
    if wall == 0 { 0.0 } else { sum as f64 / wall as f64 }
}

/// The most intervals at any instant. An interval holds its start and not its end, so that
/// one which ends where another starts does not meet it. One without length meets nobody,
/// yet where there is any the answer is at least 1.
pub(super) fn most_at_once(intervals: impl Iterator<Item = (Nanos, Nanos)>) -> u32 {
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    let mut most = 0;
    for (start, end) in intervals {
        most = 1;
        if start < end {
            starts.push(start);
            ends.push(end);
        }
    }
    starts.sort_unstable();
    ends.sort_unstable();
    // At the n-th start, n + 1 have started, and all ends up to that time are past.
    let mut ended = 0;
    for (started, start) in starts.iter().enumerate() {
        while ends[ended] <= *start {
            ended += 1;
        }
        most = most.max(started + 1 - ended);
    }
    most as u32
}

/// How long there were more than `level` intervals at once, each one beyond it counted.
pub(super) fn time_beyond(level: u32, intervals: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut edges: Vec<(f64, i64)> =
        intervals.flat_map(|(start, end)| [(start, 1), (end, -1)]).collect();
    edges.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut time, mut open, mut since) = (0.0, 0, 0.0);
    for (at, step) in edges {
        time += (at - since) * (open - i64::from(level)).max(0) as f64;
        since = at;
        open += step;
    }
    time
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(intervals: &[(Nanos, Nanos)]) -> u32 {
        most_at_once(intervals.iter().copied())
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
        // 0..100 holds three: 10..40, 20..60 and 30..50 meet in 30..40.
        assert_eq!(most(&[(0, 100), (10, 40), (20, 60), (30, 50), (60, 90), (70, 80)]), 4);
    }

    #[test]
    fn a_mean_is_a_share_of_the_wall_time() {
        assert_eq!(mean(30, 20), 1.5);
        assert_eq!(mean(0, 0), 0.0);
    }

    #[test]
    fn each_interval_beyond_a_level_counts() {
        let intervals = [(0.0, 10.0), (2.0, 6.0), (4.0, 6.0), (6.0, 8.0)];
        let beyond = |level| time_beyond(level, intervals.into_iter());
        assert_eq!((beyond(0), beyond(1), beyond(2), beyond(3)), (18.0, 8.0, 2.0, 0.0));
    }
}
