//! One run, as its host sees it: started, drained, stopped, reported.

use std::cell::RefCell;
use std::panic::RefUnwindSafe;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::Promise;
use serde_json::json;
use wasm_bindgen::prelude::*;

use super::columns;
use super::drive::{Bell, drive};
use super::outside::Outside;
use super::promise::promise;
use super::reports::Reports;
use crate::programs::request::Slot;
use crate::programs::{Machine, Request};
use crate::report::{Facts, Fold};
use crate::runtime::{Driver, End, Function, Pool, Run, Settings, StopWord};
use crate::sync::AtomicU32;

/// Where the page writes the number of a run that is to stop; 0 is none's.
pub(super) static STOP: AtomicU32 = AtomicU32::new(0);

/// Why a run that did not answer to Stop has a report all the same.
const UNREACHABLE: &str = "The run did not answer to Stop in time, because a task computes \
    without checking for Stop. So its workers have been ended. This is what was recorded until \
    Stop.";

/// A run that was started, on the pool or, without one, here.
#[derive(Debug)]
pub(super) struct Started {
    run: Run,
    bell: Rc<Bell>,
    /// Performs requests until the run has ended.
    outside: RefCell<Option<Outside>>,
    ending: RefCell<Option<Ending>>,
}

/// Where a run's end comes from.
#[derive(Debug)]
enum Ending {
    /// The last processor that leaves the pool sends it.
    Sent(oneshot::Receiver<End>),
    /// It comes of driving the one processor.
    Driven(Driver),
}

impl Started {
    pub(super) fn new(pool: &Option<Pool>, settings: Settings, main: Function) -> Started {
        let bell = Rc::<Bell>::default();
        let (poller, outside) = Outside::open(bell.clone());
        let settings = Settings { poller: Some(poller), ..settings };
        let (run, ending) = match pool {
            Some(pool) => {
                let (send, sent) = oneshot::channel();
                let run = Run::start(pool, settings, main, |end| {
                    // Nobody listens any more when the host is being replaced.
                    let _ = send.send(end);
                });
                (run, Ending::Sent(sent))
            }
            None => {
                let (run, driver) = Run::here(settings, main);
                (run, Ending::Driven(driver))
            }
        };
        let (outside, ending) = (RefCell::new(Some(outside)), RefCell::new(Some(ending)));
        Started { run, bell, outside, ending }
    }

    /// Waits for the end, once; the event loop goes on meanwhile.
    pub(super) async fn end(&self) -> End {
        let ending = self.ending.borrow_mut().take();
        let end = match ending.expect("a run ends once") {
            Ending::Sent(sent) => sent.await.expect("the last processor sends the end"),
            Ending::Driven(driver) => drive(driver, &self.run, &self.bell).await,
        };
        self.outside.take();
        end
    }

    fn stop(&self) {
        self.run.stop();
        self.bell.ring();
    }
}

/// A run in progress.
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Execution {
    inner: Rc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// The number under which its report is kept, if it is.
    kept_as: Option<u32>,
    request: Request,
    machine: Machine,
    started: Started,
    results: Slot,
    fold: RefCell<Fold>,
    reports: Rc<RefCell<Reports>>,
}

// A panic on its way through here leaves nothing half-changed that anybody would look at again:
// what was borrowed is given back, and the page replaces a host that failed.
impl RefUnwindSafe for Inner {}

#[wasm_bindgen]
impl Execution {
    /// What happened since the last call: `{nowMs, live}` as messages have it.
    pub fn live(&self) -> JsValue {
        let run = &self.inner.started.run;
        let mut fold = self.inner.fold.borrow_mut();
        let now = run.now();
        fold.add(&run.recorder().drain());
        columns::progress(&fold.live(now, run.main_started()))
    }

    /// Asks the run to end; it does at its next switch or checkpoint.
    pub fn stop(&self) {
        self.inner.started.stop();
    }

    /// The report as far as it goes, of a run that was asked to stop and doesn't.
    #[wasm_bindgen(js_name = soFar, unchecked_return_type = "any")]
    pub fn so_far(&self) -> JsValue {
        let Inner { started, fold, .. } = &*self.inner;
        let mut fold = fold.borrow_mut();
        fold.add(&started.run.recorder().drain());
        let end = End { message: UNREACHABLE.to_owned(), ..started.run.so_far() };
        columns::report(&fold.so_far(end.totals.clone(), self.inner.facts(&end)), &[])
    }

    /// Resolves to the report, once the run has ended. To be called once.
    #[wasm_bindgen(unchecked_return_type = "Promise<any>")]
    pub fn report(&self) -> Promise {
        let execution = self.clone();
        promise(Box::pin(async move { Ok(execution.finish().await) }))
    }
}

impl Execution {
    /// Starts a run that may be told to stop by its number, and whose report may be kept by one.
    pub(super) fn start(
        number: Option<u32>,
        kept_as: Option<u32>,
        request: Request,
        machine: Machine,
        pool: &Option<Pool>,
        reports: &Rc<RefCell<Reports>>,
    ) -> Execution {
        let (main, results) = request.main(machine);
        let stop_word = number.map(|number| StopWord { word: &STOP, number });
        let started = Started::new(pool, Settings { stop_word, ..request.settings() }, main);
        let fold = RefCell::new(Fold::new(request.processors));
        let reports = reports.clone();
        let inner = Inner { kept_as, request, machine, started, results, fold, reports };
        Execution { inner: Rc::new(inner) }
    }

    pub(super) async fn finish(&self) -> JsValue {
        let inner = &self.inner;
        let end = inner.started.end().await;
        let mut fold = inner.fold.replace(Fold::new(0));
        fold.add(&inner.started.run.recorder().drain());
        let report = fold.finish(&end.totals, inner.facts(&end));
        let drawn = inner.results.get().map_or(&[][..], |results| &results.images[..]);
        let sent = columns::report(&report, drawn);
        if let Some(number) = inner.kept_as {
            inner.reports.borrow_mut().keep(number, report);
        }
        sent
    }
}

impl Inner {
    fn facts(&self, end: &End) -> Facts {
        let results = self.results.get();
        Facts {
            program: self.request.program.id.to_string(),
            params: self.request.values.to_json(),
            structure: self.request.structure.word(),
            processors: self.request.processors as u32,
            browser_cores: self.machine.cores as u32,
            seed: self.request.seed,
            outcome: end.outcome.word(),
            message: end.message.clone(),
            // A main that was cut short has no results.
            answer: results.map_or(json!({}), |results| results.answer.clone()),
            observed: results.map_or(json!({}), |results| results.observed.clone()),
            compares_times: self.request.program.compares_times,
        }
    }
}
