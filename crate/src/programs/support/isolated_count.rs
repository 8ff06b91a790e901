//! The job of an isolated worker: counting in a memory that it does not share with the run.
//!
//! The runtime passes jobs to the host and does not know their types. So a host calls
//! [`IsolatedCount::from_job`] to find out whether a job is of this type.

use std::panic::Location;
use std::time::Duration;

use crate::runtime::Place;
use crate::runtime::io::{Job, JobAnswer, perform_job};
use crate::sync::Arc;

/// The job of an isolated worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IsolatedCount {
    /// How many times the worker adds 1 to a counter in its own memory.
    pub increments: u64,
    /// Bytes that are copied to the worker before it counts.
    pub payload: Arc<[u8]>,
    /// The time after which the host terminates the worker and answers with an error message.
    pub limit: Duration,
}

/// The answer of an isolated worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The last value of the worker's counter.
    pub count: u64,
    /// The time until the worker had the whole payload.
    pub copying: Duration,
}

impl IsolatedCount {
    /// Returns the job if it is of this type.
    pub fn from_job(job: Job) -> Option<IsolatedCount> {
        job.downcast().ok().map(|job| *job)
    }

    /// Asks the host to start an isolated worker, and waits for the worker's answer.
    ///
    /// # Errors
    ///
    /// An error message, if no answer comes or if the run has no host to ask.
    ///
    /// # Panics
    ///
    /// When awaited outside a task, or if the host's answer is not a [`Counted`].
    #[track_caller]
    pub fn perform(self) -> impl Future<Output = Result<Counted, String>> {
        self.perform_at(Location::caller())
    }

    async fn perform_at(self, place: Place) -> Result<Counted, String> {
        let answer = perform_job(Box::new(self), place).await?;
        Ok(*answer.downcast().expect("the host answers a count with what was counted"))
    }
}

impl Counted {
    /// Converts the answer to the type that the runtime passes to the task.
    pub fn into_answer(self) -> JobAnswer {
        Box::new(self)
    }
}
