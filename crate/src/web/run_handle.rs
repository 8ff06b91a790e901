//! A run that the host has started, until its end.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;

use super::drive::{WakeSignal, drive};
use super::poller::RequestLoop;
use crate::runtime::{Driver, End, Main, Pool, Run, Settings};

/// A run that was started, on the pool or, if there is none, on the host's thread.
#[derive(Debug)]
pub(super) struct RunHandle {
    pub run: Run,
    wake_signal: Rc<WakeSignal>,
    /// Performs the tasks' requests; dropped when the run has ended.
    request_loop: RefCell<Option<RequestLoop>>,
    end: RefCell<Option<EndSource>>,
}

/// The source of a run's end.
#[derive(Debug)]
enum EndSource {
    /// The last processor that leaves the run sends the end.
    Sent(oneshot::Receiver<End>),
    /// The driver of the only processor returns the end.
    Driven(Driver),
}

impl RunHandle {
    pub(super) fn new(pool: &Option<Pool>, settings: Settings, main: Main) -> RunHandle {
        let wake_signal = Rc::<WakeSignal>::default();
        let (poller, request_loop) = RequestLoop::start(wake_signal.clone());
        let settings = Settings { poller: Some(poller), ..settings };
        let (run, end) = match pool {
            Some(pool) => {
                let (send, sent) = oneshot::channel();
                let run = Run::start(pool, settings, main, |end| {
                    // The receiver is gone if the host is being replaced.
                    let _ = send.send(end);
                });
                (run, EndSource::Sent(sent))
            }
            None => {
                let (run, driver) = Run::here(settings, main);
                (run, EndSource::Driven(driver))
            }
        };
        let (request_loop, end) = (RefCell::new(Some(request_loop)), RefCell::new(Some(end)));
        RunHandle { run, wake_signal, request_loop, end }
    }

    /// Waits for the run's end while the event loop goes on. Panics if it is called twice.
    pub(super) async fn end(&self) -> End {
        let source = self.end.borrow_mut().take();
        let end = match source.expect("a run ends once") {
            EndSource::Sent(sent) => sent.await.expect("the last processor sends the end"),
            EndSource::Driven(driver) => drive(driver, &self.run, &self.wake_signal).await,
        };
        self.request_loop.take();
        end
    }

    /// Asks the run to end, and wakes the driver if it waits.
    pub(super) fn stop(&self) {
        self.run.stop();
        self.wake_signal.notify();
    }
}
