//! A run that the host has started, until its end.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;

use super::drive::{Bell, drive};
use super::outside::Outside;
use crate::runtime::{Driver, End, Function, Pool, Run, Settings};

/// A run that was started, on the pool or, without one, here.
#[derive(Debug)]
pub(super) struct RunHandle {
    pub run: Run,
    bell: Rc<Bell>,
    /// Performs requests until the run has ended.
    outside: RefCell<Option<Outside>>,
    end: RefCell<Option<EndSource>>,
}

/// Where a run's end comes from.
#[derive(Debug)]
enum EndSource {
    /// The last processor that leaves the pool sends it.
    Sent(oneshot::Receiver<End>),
    /// It comes of driving the one processor.
    Driven(Driver),
}

impl RunHandle {
    pub(super) fn new(pool: &Option<Pool>, settings: Settings, main: Function) -> RunHandle {
        let bell = Rc::<Bell>::default();
        let (poller, outside) = Outside::open(bell.clone());
        let settings = Settings { poller: Some(poller), ..settings };
        let (run, end) = match pool {
            Some(pool) => {
                let (send, sent) = oneshot::channel();
                let run = Run::start(pool, settings, main, |end| {
                    // Nobody listens any more when the host is being replaced.
                    let _ = send.send(end);
                });
                (run, EndSource::Sent(sent))
            }
            None => {
                let (run, driver) = Run::here(settings, main);
                (run, EndSource::Driven(driver))
            }
        };
        let (outside, end) = (RefCell::new(Some(outside)), RefCell::new(Some(end)));
        RunHandle { run, bell, outside, end }
    }

    /// Waits for the end, once; the event loop goes on meanwhile.
    pub(super) async fn end(&self) -> End {
        let source = self.end.borrow_mut().take();
        let end = match source.expect("a run ends once") {
            EndSource::Sent(sent) => sent.await.expect("the last processor sends the end"),
            EndSource::Driven(driver) => drive(driver, &self.run, &self.bell).await,
        };
        self.outside.take();
        end
    }

    /// Asks the run to end, and wakes what sleeps until then.
    pub(super) fn stop(&self) {
        self.run.stop();
        self.bell.ring();
    }
}
