//! The report on a run whose end nobody can wait for: a task of it never looks up.

use super::{Facts, Fold, Report};
use crate::trace::Totals;

impl Fold {
    /// What the run came to, as far as it was recorded. `totals` hold what ended turns have left
    /// there; who is still inside a task counts as having been there up to `main_ended`.
    pub fn so_far(&self, mut totals: Totals, facts: Facts) -> Report {
        for (processor, since) in self.inside() {
            let inside = &mut totals.processors[processor as usize];
            inside.busy += totals.main_ended.saturating_sub(since);
            inside.switches += 1;
        }
        self.clone().finish(&totals, facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Level;
    use crate::report::testing::{Script, facts, totals};
    use crate::trace::{MAIN, Reason};

    #[test]
    fn who_never_left_a_task_was_in_it_to_the_end() {
        let mut script = Script::default();
        script.created(2, 0, 0, MAIN);
        script.started(0, 5, 0);
        script.created(0, 10, 1, MAIN);
        script.started(1, 15, 1);
        script.stopped(1, 25, 1, Reason::Sleep);
        let mut fold = Fold::new(2);
        fold.add(&script.batch());
        let report = fold.so_far(totals(5, 105, &[(0, 0), (10, 85)]), facts("concurrent", 2));
        assert_eq!((report.wall_ms, report.busy_ms, report.switches), (100.0, 110.0, 11));
        assert_eq!(report.parallelism, Level { max: 2, mean: 1.1 });
        assert_eq!(report.tasks.running_ms, [100.0, 10.0]);
        assert_eq!(report.tasks.ended_ms, [None, None]);
        assert_eq!((report.losses[0].inside_ms, report.losses[0].scheduling_ms), (100.0, 0.0));
        // The run goes on, and so does the fold.
        assert_eq!(fold.inside().count(), 1);
        script.ended(0, 200, 0);
        fold.add(&script.batch());
        assert_eq!(fold.inside().count(), 0);
    }
}
