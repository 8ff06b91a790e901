//! How the host performs requests of tasks to the world outside.
//!
//! A processor never waits for the host's event loop. A task hands its request to the run's
//! [`Poller`] and is blocked. The host performs the request between its other work and completes
//! it. The completion makes the task ready. Go calls this part of its runtime the netpoller.

use std::any::Any;
use std::fmt;
use std::task::Waker;
use std::time::Duration;

use crate::sync::{Arc, Mutex, lock};

/// A request of a task to the world outside: for the content at a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The URL.
    pub address: String,
    /// The time after which the host gives up.
    pub limit: Duration,
}

/// The response to a [`Request`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The length of the body, in bytes.
    pub bytes: u64,
}

/// A response, or an error message that says why there is none.
pub type Answer = Result<Response, String>;

/// A job that the runtime passes on without knowing its type. The program and the host agree on the
/// type.
pub type Job = Box<dyn Any + Send>;

/// The answer to a [`Job`]. Only the program and the host know the type of the answer.
pub type JobAnswer = Box<dyn Any + Send>;

/// A host that does, on its own thread, what no processor can do for the tasks of a run. The
/// threads of processors call these functions, so the functions must not wait. The host calls
/// [`Completion::complete`] later, on its own thread.
pub trait Poller: fmt::Debug + Send + Sync {
    /// Takes a request.
    fn submit(&self, request: Request, completion: Completion);

    /// Takes a job. The default implementation gives the job up. It is for a host that knows no
    /// type of job.
    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        drop((job, completion));
    }
}

/// A run, which counts the requests of its tasks that are not answered.
pub(crate) trait CountsRequests: fmt::Debug + Send + Sync {
    /// Counts a request.
    fn requested(&self);
    /// Counts a request no longer. Must be called after the answer has made the task ready. Then a
    /// processor that sees no pending request also sees the task in a queue, and finds no deadlock.
    fn answered(&self);
}

/// A handle by which the host gives an answer to the task that waits for it. If the handle is
/// dropped without an answer, the task gets an error.
#[derive(Debug)]
pub struct Completion<A = Response> {
    run: Arc<dyn CountsRequests>,
    slot: Arc<Mutex<Slot<A>>>,
}

/// The slot in which the host leaves the answer to one request for the task that waits.
#[derive(Debug)]
pub(crate) struct Slot<A> {
    pub(crate) answer: Option<Result<A, String>>,
    pub(crate) waker: Option<Waker>,
}

/// The slot of the answer to a request that a goroutine has made.
pub(super) type AnswerSlot = Arc<Mutex<Slot<Response>>>;

impl<A> Completion<A> {
    /// Creates the completion of a new request of the run.
    pub(crate) fn new(run: Arc<dyn CountsRequests>, slot: Arc<Mutex<Slot<A>>>) -> Completion<A> {
        run.requested();
        Completion { run, slot }
    }

    /// Gives the answer to the task and makes the task ready. Does nothing after the run's end.
    pub fn complete(self, answer: Result<A, String>) {
        self.fill(answer);
    }

    fn fill(&self, answer: Result<A, String>) {
        let waker = {
            let mut slot = lock(&self.slot);
            slot.answer.get_or_insert(answer);
            slot.waker.take()
        };
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<A> Drop for Completion<A> {
    fn drop(&mut self) {
        self.fill(Err("The request was given up.".to_owned()));
        self.run.answered();
    }
}
