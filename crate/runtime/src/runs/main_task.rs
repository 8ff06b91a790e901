//! A run's first task.

use std::fmt;

use crate::scheduling::scheduler::{Ready, Scheduler, Task};
use crate::sync::Arc;
use crate::tasks::cell::{self, Function};
use crate::trace::Nanos;

/// What a run's first task, `main`, executes.
pub enum Main {
    /// A future.
    Future(Function),
    /// The goroutine that the run's guest continues by this handle, which is not 0.
    Goroutine(u32),
}

impl<F: Future<Output = ()> + Send + 'static> From<F> for Main {
    fn from(future: F) -> Main {
        Main::Future(Box::pin(future))
    }
}

impl Main {
    pub(super) fn create(self, scheduler: &Arc<Scheduler>, now: Nanos) -> Ready {
        let task = Arc::new(Task::new(scheduler, scheduler.next_task_id(), "main".into()));
        match self {
            Main::Future(future) => Ready::Future(cell::create(task, future, now)),
            Main::Goroutine(handle) => {
                Ready::Goroutine(scheduler.goroutines.create(task, handle, now))
            }
        }
    }
}

impl fmt::Debug for Main {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Main::Future(_) => f.write_str("Future"),
            Main::Goroutine(handle) => f.debug_tuple("Goroutine").field(handle).finish(),
        }
    }
}
