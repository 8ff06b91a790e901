//! Waiting for something outside the run: for the response to a request ([`perform`]), or for a job
//! that the host does ([`perform_job`]). The task is blocked until the run's [`Poller`] has an
//! answer. The task's processor is free meanwhile.

use std::future::poll_fn;
use std::panic::Location;
use std::task::Poll;

use crate::scheduling::context;
use crate::scheduling::poller::Slot;
use crate::sync::{Arc, Mutex, lock};
use crate::trace::{Place, Reason};

pub use crate::scheduling::poller::{
    Answer, Completion, Job, JobAnswer, Poller, Request, Response,
};

/// Sends a request, and waits for the response. The processor is free meanwhile.
///
/// # Errors
///
/// Returns an error message if there is no answer, or if the run has no poller.
///
/// # Panics
///
/// When awaited outside a task.
#[track_caller]
pub fn perform(request: Request) -> impl Future<Output = Answer> {
    ask(|poller, completion| poller.submit(request, completion), Location::caller())
}

/// Asks the host to do a job, and waits for the answer. The processor is free meanwhile. `place` is
/// the place at which the program asks for the job.
///
/// # Errors
///
/// Returns an error message if there is no answer, or if the run has no poller.
///
/// # Panics
///
/// When awaited outside a task.
pub fn perform_job(job: Job, place: Place) -> impl Future<Output = Result<JobAnswer, String>> {
    ask(|poller, completion| poller.submit_job(job, completion), place)
}

/// Hands a request or a job to the poller, once, and waits for its completion.
async fn ask<A>(
    submit: impl FnOnce(&dyn Poller, Completion<A>),
    place: Place,
) -> Result<A, String> {
    let slot = Arc::new(Mutex::new(Slot { answer: None, waker: None }));
    let mut submit = Some(submit);
    poll_fn(|cx| {
        if let Some(answer) = lock(&slot).answer.take() {
            return Poll::Ready(answer);
        }
        let Some(submit) = submit.take() else { return Poll::Pending };
        lock(&slot).waker = Some(cx.waker().clone());
        context::with(|context| {
            let scheduler = context.scheduler.clone();
            let Some(poller) = scheduler.settings.poller.clone() else {
                return Poll::Ready(Err("This host performs no requests.".to_owned()));
            };
            context.will_stop(Reason::Io, None, Some(place));
            submit(&*poller, Completion::new(scheduler, slot.clone()));
            Poll::Pending
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::sync::thread;
    use crate::time::clock::Clock;
    use crate::trace::{EndedBy, Event, MAIN, Nanos};
    use crate::{Next, Outcome, Pool, Run, Settings, WaitGroup, launch, print};

    /// A poller that passes requests to the thread that acts as the host.
    #[derive(Debug)]
    struct ToHost(mpsc::Sender<(Request, Completion)>);

    impl Poller for ToHost {
        fn submit(&self, request: Request, completion: Completion) {
            self.0.send((request, completion)).expect("the host is there");
        }
    }

    fn request(address: &str) -> Request {
        Request { address: address.to_owned(), limit: Duration::from_secs(1) }
    }

    #[test]
    fn all_requests_are_under_way_at_once_and_the_host_makes_their_tasks_ready() {
        let pool = Pool::new(2);
        for processors in [1, 2] {
            let (to_host, requests) = mpsc::channel();
            let (ended, end) = mpsc::channel();
            let poller: Option<Arc<dyn Poller>> = Some(Arc::new(ToHost(to_host)));
            let settings = Settings { processors, poller, ..Settings::default() };
            let main = async {
                let group = WaitGroup::new();
                for address in ["a", "b", "c"] {
                    launch(&group, "asks", async move {
                        let answer = perform(request(address)).await;
                        print(format!("{address} {answer:?}"));
                    })
                    .await;
                }
                group.wait().await;
            };
            let run = Run::start(&pool, settings, main, move |end| ended.send(end).unwrap());
            let pending: Vec<_> = requests.iter().take(3).collect();
            for (request, completion) in pending {
                match request.address.as_str() {
                    "a" => completion.complete(Ok(Response { status: 200, bytes: 7 })),
                    "b" => completion.complete(Err("no".to_owned())),
                    _ => drop(completion),
                }
            }
            let end = end.recv().unwrap();
            assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
            let batch = run.recorder().drain();
            let mut lines: Vec<_> = batch.output.chunks().map(|(_, line)| line).collect();
            lines.sort_unstable();
            let expected = "a Ok(Response { status: 200, bytes: 7 })\nb Err(\"no\")\nc Err(\"The request was given up.\")\n";
            assert_eq!(String::from_utf8_lossy(&lines.concat()), expected);
            // The host made these tasks ready. If an answer came before the processor had left the
            // task, the processor made the task ready. In both cases, no other task made these
            // tasks ready.
            let ready = batch.events.iter().filter(|(_, timed)| match timed.event {
                Event::TaskReady { task, by, .. } => task != MAIN && by.is_none(),
                _ => false,
            });
            assert_eq!(ready.count(), 3);
        }
    }

    /// Checks a run in which the host's clock is 1 ms ahead of the processor's clock. The test uses
    /// a manual clock, because on a slow machine 1 ms of real time could pass and hide the
    /// difference.
    #[test]
    fn an_answer_comes_before_what_its_task_does_with_it() {
        let (to_host, requests) = mpsc::channel::<(Request, Completion)>();
        let host = thread::spawn(move || {
            let pending: Vec<_> = requests.iter().take(3).collect();
            for (_, completion) in pending {
                completion.complete(Ok(Response { status: 200, bytes: 7 }));
            }
        });
        let clock = Clock::manual();
        let lag = Duration::from_millis(1).as_nanos() as Nanos;
        let poller: Option<Arc<dyn Poller>> = Some(Arc::new(ToHost(to_host)));
        let settings = Settings { clock: clock.clone(), poller, ..Settings::default() };
        let main = async {
            let group = WaitGroup::new();
            for address in ["a", "b", "c"] {
                launch(&group, "asks", async move { drop(perform(request(address)).await) }).await;
            }
            group.wait().await;
        };
        let (run, mut driver) = Run::here_by(settings, main, |host| host.lagging(lag));
        clock.advance_to(lag);
        let end = loop {
            match driver.turns(Duration::from_secs(1)) {
                Next::Ended(end) => break end,
                Next::Again | Next::At(_) | Next::WhenWoken => thread::yield_now(),
            }
        };
        host.join().unwrap();
        assert_eq!(end.outcome, Outcome::Completed);
        let batch = run.recorder().drain();
        let ended = batch.ended.iter().map(|sums| (sums.ended, sums.ended_by));
        for (at, by) in ended {
            assert!(at <= end.totals.main_ended, "{at} {:?}", end.totals);
            assert_eq!(by, EndedBy::Returned);
        }
    }

    #[test]
    fn without_a_poller_the_answer_is_a_sentence() {
        let (end, batch) = Run::complete(&Pool::new(1), Settings::default(), async {
            print(perform(request("a")).await.unwrap_err());
        });
        assert_eq!(end.outcome, Outcome::Completed);
        let (_, line) = batch.output.chunks().next().unwrap();
        assert_eq!(line, b"This host performs no requests.\n");
    }
}
