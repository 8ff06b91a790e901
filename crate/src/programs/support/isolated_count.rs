//! The job of an isolated worker, which shares no memory with the run: it counts.
//!
//! The runtime hands the job to the host without knowing it. So each host asks
//! [`IsolatedCount::from_job`] whether this is the job that it got.

use std::time::Duration;

use crate::runtime::io::{Job, JobAnswer, perform_job};
use crate::sync::Arc;

/// What an isolated worker is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IsolatedCount {
    /// How many times it adds 1 to a counter in its own memory.
    pub increments: u64,
    /// Bytes that are copied to the worker before it counts.
    pub payload: Arc<[u8]>,
    /// After which time the host gives up.
    pub limit: Duration,
}

/// What an isolated worker answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The last value of its counter.
    pub count: u64,
    /// How long it took until the worker had the payload.
    pub copying: Duration,
}

impl IsolatedCount {
    /// The job, if it is of this type.
    pub fn from_job(job: Job) -> Option<IsolatedCount> {
        job.downcast().ok().map(|job| *job)
    }

    /// Has the host start an isolated worker, and waits for its answer.
    ///
    /// # Errors
    ///
    /// A sentence, when there is no answer or nobody to ask.
    ///
    /// # Panics
    ///
    /// Outside a task, and when the host answers with another type than [`Counted`].
    pub async fn perform(self) -> Result<Counted, String> {
        let answer = perform_job(Box::new(self)).await?;
        Ok(*answer.downcast().expect("the host answers a count with what was counted"))
    }
}

impl Counted {
    /// The answer as the runtime hands it to the task.
    pub fn into_answer(self) -> JobAnswer {
        Box::new(self)
    }
}
