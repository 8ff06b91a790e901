//! The part of the run's time axis that is reported: from main's first instruction to main's end.

use crate::trace::Nanos;

/// An interval on the run's time axis. The start of the interval is time zero of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Window {
    pub start: Nanos,
    pub end: Nanos,
}

impl Window {
    /// The length of the window, in nanoseconds.
    pub fn wall(self) -> Nanos {
        self.end.saturating_sub(self.start)
    }

    /// Converts a time to milliseconds from the window's start. A time outside the window counts as
    /// the nearest time inside.
    pub fn ms(self, at: Nanos) -> f64 {
        ms(at.clamp(self.start, self.end.max(self.start)) - self.start)
    }

    /// Whether a time lies in the window. The start and the end belong to the window.
    pub fn holds(self, at: Nanos) -> bool {
        (self.start..=self.end).contains(&at)
    }

    /// Returns the part of an interval that lies in the window. An interval of length zero is kept
    /// if it lies in the window, because one clock step can hold a whole turn. A longer interval
    /// that only touches an end of the window is not kept.
    pub fn cut(self, start: Nanos, end: Nanos) -> Option<(Nanos, Nanos)> {
        let inside = (start.max(self.start), end.min(self.end));
        let touches = inside.0 == inside.1 && start < end;
        (inside.0 <= inside.1 && !touches).then_some(inside)
    }
}

/// Converts nanoseconds to milliseconds.
pub(in crate::report) fn ms(nanos: Nanos) -> f64 {
    nanos as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_both_ends_and_keeps_what_has_no_length() {
        let window = Window { start: 10, end: 20 };
        assert_eq!(window.cut(0, 10), None);
        assert_eq!(window.cut(0, 11), Some((10, 11)));
        assert_eq!(window.cut(10, 10), Some((10, 10)));
        assert_eq!(window.cut(20, 20), Some((20, 20)));
        assert_eq!(window.cut(12, 30), Some((12, 20)));
        assert_eq!(window.cut(20, 30), None);
        assert_eq!(window.cut(25, 30), None);
        assert_eq!(window.cut(5, 5), None);
    }
}
