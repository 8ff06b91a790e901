//! How the host performs what tasks ask of the world outside.
//!
//! A processor never waits for the host's event loop. A task hands its request to the run's
//! [`Poller`] and is blocked. The host performs the request between other things and completes it,
//! which makes the task ready. Go calls this part of its runtime the netpoller.

use std::any::Any;
use std::fmt;
use std::task::Waker;
use std::time::Duration;

use crate::sync::{Arc, AtomicUsize, Mutex, Ordering, lock};

/// What a task asks of the world outside: the contents of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which address.
    pub address: String,
    /// After which time to give up.
    pub limit: Duration,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// How many bytes the body has.
    pub bytes: u64,
}

/// A response, or a sentence that says why there is none.
pub type Answer = Result<Response, String>;

/// A job that the runtime hands on without knowing it: the program and the host agree on the type.
pub type Job = Box<dyn Any + Send>;

/// The answer to a [`Job`]. Its type, too, is known to the program and the host alone.
pub type JobAnswer = Box<dyn Any + Send>;

/// Performs for the tasks of a run, on the host's thread, what no processor can. Its functions
/// are called on processors' threads and must not wait; the host is to call
/// [`Completion::complete`] later, on its own thread.
pub trait Poller: fmt::Debug + Send + Sync {
    /// Takes a request.
    fn submit(&self, request: Request, completion: Completion);

    /// Takes a job. A host that does not know its type gives it up.
    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        drop((job, completion));
    }
}

/// How the host hands an answer to the task that waits for it. Dropped instead, it tells the
/// task that nothing will come.
#[derive(Debug)]
pub struct Completion<A = Response> {
    /// How many requests of the run are not answered yet, this one included.
    pending: Arc<AtomicUsize>,
    slot: Arc<Mutex<Slot<A>>>,
}

/// Where the answer to one request is left for the task that waits for it.
#[derive(Debug)]
pub(crate) struct Slot<A> {
    pub(crate) answer: Option<Result<A, String>>,
    pub(crate) waker: Option<Waker>,
}

impl<A> Completion<A> {
    /// The completion of a new request, which counts among the run's `pending` ones from now on.
    pub(crate) fn new(pending: Arc<AtomicUsize>, slot: Arc<Mutex<Slot<A>>>) -> Completion<A> {
        pending.fetch_add(1, Ordering::SeqCst);
        Completion { pending, slot }
    }

    /// Hands the answer over and makes the task ready. After the run's end it does nothing.
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
        // Only now: a processor that sees no request pending also sees the task in its queue,
        // and does not take the run for deadlocked.
        self.pending.fetch_sub(1, Ordering::SeqCst);
    }
}
