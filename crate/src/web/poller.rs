//! The poller: it performs requests of a run's tasks on the host's event loop.
//!
//! A processor sends a request to the host and goes on with other tasks. The host's event loop is
//! free during a run, and performs the request. When the run has ended, incomplete requests are
//! aborted.

use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::abort::{AbortController, AbortSignal, Failure, failure};
use super::drive::WakeSignal;
use super::isolated::count_isolated;
use crate::programs::{Counted, IsolatedCount};
use crate::runtime::io::{Answer, Completion, Job, JobAnswer, Poller, Request, Response};
use crate::sync::Arc;

#[wasm_bindgen(module = "/src/web/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = fetchAndCount, catch)]
    async fn fetch_and_count(
        address: &str,
        limit_ms: f64,
        stop: &AbortSignal,
    ) -> Result<JsValue, JsValue>;
}

/// A request of a task, sent from a processor to the host.
#[derive(Debug)]
enum Submitted {
    Request(Request, Completion),
    Isolated(IsolatedCount, Completion<JobAnswer>),
}

/// The poller that processors use: it sends each request to the host.
#[derive(Debug)]
struct HostPoller(UnboundedSender<Submitted>);

// If the host no longer receives, the request and its completion are dropped. A dropped completion
// answers the task with an error message.
impl Poller for HostPoller {
    fn submit(&self, request: Request, completion: Completion) {
        let _ = self.0.unbounded_send(Submitted::Request(request, completion));
    }

    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        let Some(work) = IsolatedCount::from_job(job) else { return };
        let _ = self.0.unbounded_send(Submitted::Isolated(work, completion));
    }
}

/// The loop on the host's thread that performs the requests. Dropping it aborts all requests.
#[derive(Debug)]
pub(super) struct RequestLoop {
    stop: AbortController,
}

impl RequestLoop {
    /// Starts a loop that performs the requests sent through the returned poller. After each answer
    /// the loop sends the wake signal, because a processor may wait on this thread.
    pub(super) fn start(wake_signal: Rc<WakeSignal>) -> (Arc<dyn Poller>, RequestLoop) {
        let (sender, receiver) = unbounded();
        let request_loop = RequestLoop { stop: AbortController::new() };
        spawn_local(perform_all(receiver, request_loop.stop.signal(), wake_signal));
        (Arc::new(HostPoller(sender)), request_loop)
    }
}

impl Drop for RequestLoop {
    fn drop(&mut self) {
        self.stop.abort();
    }
}

/// Starts each request as it arrives, until the run drops its poller.
async fn perform_all(
    mut receiver: UnboundedReceiver<Submitted>,
    stop: AbortSignal,
    wake_signal: Rc<WakeSignal>,
) {
    while let Ok(submitted) = receiver.recv().await {
        let (stop, wake_signal) = (stop.clone(), wake_signal.clone());
        spawn_local(async move {
            match submitted {
                Submitted::Request(request, completion) => {
                    completion.complete(perform(request, stop).await);
                }
                Submitted::Isolated(work, completion) => {
                    let counted = count_isolated(work, stop).await;
                    completion.complete(counted.map(Counted::into_answer));
                }
            }
            wake_signal.notify();
        });
    }
}

async fn perform(Request { address, limit }: Request, stop: AbortSignal) -> Answer {
    match fetch_and_count(&address, limit.as_secs_f64() * 1e3, &stop).await {
        Ok(answer) => {
            let number = |place| Array::from(&answer).get(place).as_f64().unwrap_or_default();
            Ok(Response { status: number(0) as u16, bytes: number(1) as u64 })
        }
        Err(error) => Err(match failure(&error) {
            Failure::TooLate => {
                let seconds = limit.as_secs_f64();
                format!("{address} was given up after {seconds:.0} s without a whole answer.")
            }
            Failure::Stopped => format!("{address} was given up at the run's end."),
            // Browsers give no details, so that a page can't find out what other sites answer.
            Failure::Other => format!(
                "{address} gave no answer: it can't be reached, or its site or this page does not \
                 allow this page to read it."
            ),
        }),
    }
}
