//! A processor on a thread that also does other work, such as a page's event loop.

use std::time::Duration;

use crate::scheduling::end::End;
use crate::scheduling::processor::{NextStep, Processor};
use crate::scheduling::scheduler::Scheduler;
use crate::sync::Arc;
use crate::trace::Nanos;

/// A driver of a run's only processor, for a thread that also has other work.
#[derive(Debug)]
pub struct Driver {
    scheduler: Arc<Scheduler>,
    processor: Processor,
}

/// When [`Driver::turns`] has to be called next.
#[derive(Debug)]
pub enum Next {
    /// As soon as the thread has done its other work.
    Again,
    /// At this time on the run's axis, or earlier if I/O has completed.
    At(Nanos),
    /// When I/O has completed, or the run was stopped.
    WhenWoken,
    /// Never: the run is over.
    Ended(Box<End>),
}

impl Driver {
    pub(super) fn new(scheduler: Arc<Scheduler>, processor: Processor) -> Driver {
        Driver { scheduler, processor }
    }

    /// Runs tasks for about `budget`. A task that reaches no checkpoint takes longer.
    pub fn turns(&mut self, budget: Duration) -> Next {
        self.processor.resume();
        let ends = self.processor.now().saturating_add(budget.as_nanos() as Nanos);
        self.processor.set_budget(ends);
        let entered = self.processor.enter();
        loop {
            match self.processor.turn() {
                NextStep::Ready if !self.processor.is_budget_over() => {}
                NextStep::Ready => return Next::Again,
                NextStep::Park(Some(deadline)) => return Next::At(deadline),
                NextStep::Park(None) => return Next::WhenWoken,
                NextStep::Done => break,
            }
        }
        drop(entered);
        self.scheduler.cancel_the_rest();
        Next::Ended(Box::new(self.scheduler.sum_up()))
    }
}
