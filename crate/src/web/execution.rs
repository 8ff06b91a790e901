//! One run as the host handles it: its start, its progress, Stop and its report.

use std::cell::RefCell;
use std::panic::RefUnwindSafe;
use std::rc::Rc;

use js_sys::Promise;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use super::columns;
use super::guest::{Interrupts, WebGuest};
use super::promise::promise;
use super::reports::Reports;
use super::run_handle::RunHandle;
use super::stop_word::stop_word;
use crate::params::Refusal;
use crate::programs::run_request::SharedResults;
use crate::programs::{Machine, RunRequest, outcome_word, structure_word};
use crate::report::{Facts, Fold};
use crate::runtime::{End, Guest, Main, Pool, Run, Settings};
use crate::sync::Arc;

/// The message in the report on a run that did not react to Stop.
const UNREACHABLE: &str = "The run did not answer to Stop in time, because a task computes \
    without checking for Stop. So its workers have been ended. This is what was recorded until \
    Stop.";

/// A run in progress.
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Execution {
    state: Rc<ExecutionState>,
}

#[derive(Debug)]
struct ExecutionState {
    /// The number under which the report is kept, or `None` if the report is not kept.
    kept_as: Option<u32>,
    request: RunRequest,
    machine: Machine,
    guest: Option<Arc<WebGuest>>,
    /// Interrupts goroutines while the run goes on.
    interrupts: RefCell<Option<Interrupts>>,
    handle: RunHandle,
    results: SharedResults,
    fold: RefCell<Fold>,
    reports: Rc<RefCell<Reports>>,
}

// No code reads a value that a panic left half-changed, because the page replaces a host that
// failed. The borrows of the cells end while the panic unwinds.
impl RefUnwindSafe for ExecutionState {}

#[wasm_bindgen]
impl Execution {
    /// Returns what happened since the last call: `{nowMs, live}`, as in `www/common/messages.js`.
    pub fn live(&self) -> JsValue {
        let run = &self.state.handle.run;
        let mut fold = self.state.fold.borrow_mut();
        let now = run.now();
        drain(run, &mut fold);
        columns::progress(&fold.live(now, run.main_started()))
    }

    /// Asks the run to end. The run ends at its next switch or checkpoint.
    pub fn stop(&self) {
        self.state.handle.stop();
    }

    /// Returns the report on what was recorded so far, for a run that does not react to Stop.
    #[wasm_bindgen(js_name = soFar, unchecked_return_type = "any")]
    pub fn so_far(&self) -> JsValue {
        let ExecutionState { handle, fold, .. } = &*self.state;
        let mut fold = fold.borrow_mut();
        drain(&handle.run, &mut fold);
        let end = End { message: UNREACHABLE.to_owned(), ..handle.run.so_far() };
        columns::report(&fold.so_far(end.totals.clone(), self.state.facts(&end)), &[])
    }

    /// Returns a promise of the report. The promise resolves when the run has ended. Call this
    /// method only once.
    #[wasm_bindgen(unchecked_return_type = "Promise<any>")]
    pub fn report(&self) -> Promise {
        let execution = self.clone();
        promise(Box::pin(async move { Ok(execution.finish().await) }))
    }
}

impl Execution {
    /// Starts a run. The page stops the run by writing `number` into the stop word. Without
    /// `number`, the stop word can't stop the run. The report is kept under the number `kept_as`.
    /// Without `kept_as`, the report is not kept.
    ///
    /// # Errors
    ///
    /// A refusal, if the run has a guest and the browser cannot start it.
    pub(super) fn start(
        number: Option<u32>,
        kept_as: Option<u32>,
        request: RunRequest,
        machine: Machine,
        pool: &Option<Pool>,
        reports: &Rc<RefCell<Reports>>,
    ) -> Result<Execution, Refusal> {
        let (task, results) = request.main(machine);
        let guest = request.guest().map(WebGuest::start).transpose();
        let guest = guest.map_err(|sentence| Refusal::new("module", sentence))?;
        let (guest, main) = match guest {
            Some((guest, handle)) => (Some(Arc::new(guest)), Main::Goroutine(handle)),
            None => (None, Main::Future(task)),
        };
        let settings = Settings {
            stop_word: number.map(stop_word),
            guest: guest.clone().map(|guest| guest as Arc<dyn Guest>),
            ..request.settings()
        };
        let is_interrupted = guest.is_some() && pool.is_some();
        let interrupts = is_interrupted.then(|| WebGuest::interrupts(request.processors));
        let interrupts = RefCell::new(interrupts);
        let handle = RunHandle::new(pool, settings, main);
        // The first drain tells the run that a reader drains its output while it goes on.
        let mut fold = Fold::new(request.processors);
        drain(&handle.run, &mut fold);
        let fold = RefCell::new(fold);
        let reports = reports.clone();
        let state = Rc::new(ExecutionState {
            kept_as,
            request,
            machine,
            guest,
            interrupts,
            handle,
            results,
            fold,
            reports,
        });
        Ok(Execution { state })
    }

    pub(super) async fn finish(&self) -> JsValue {
        let state = &self.state;
        let end = state.handle.end().await;
        state.interrupts.take();
        let mut fold = state.fold.replace(Fold::new(0));
        drain(&state.handle.run, &mut fold);
        let report = fold.finish(&end.totals, state.facts(&end));
        let drawn = state.results.get().map_or(&[][..], |results| &results.images[..]);
        let sent = columns::report(&report, drawn);
        if let Some(number) = state.kept_as {
            state.reports.borrow_mut().keep(number, report);
        }
        sent
    }
}

/// Adds what was recorded since the last call to the fold.
#[inline(never)]
fn drain(run: &Run, fold: &mut Fold) {
    fold.add(&run.recorder().drain());
}

impl ExecutionState {
    fn facts(&self, end: &End) -> Facts {
        let results = self.results.get();
        Facts {
            program: self.request.program.id.to_string(),
            params: self.request.values.to_json(),
            structure: structure_word(self.request.structure),
            processors: self.request.processors as u32,
            browser_cores: self.machine.cores as u32,
            seed: self.request.seed,
            outcome: outcome_word(end.outcome),
            message: end.message.clone(),
            // If main did not return, there are no results.
            answer: match &self.guest {
                Some(guest) => guest_answer(guest.answer(), end.exit_code),
                None => results.map_or(json!({}), |results| results.answer.clone()),
            },
            observed: results.map_or(json!({}), |results| results.observed.clone()),
            compares_times: self.request.program.compares_times,
        }
    }
}

/// Returns the answer of a run with a guest. A value that is not known is left out.
fn guest_answer(answer: Option<i64>, exit_code: Option<u32>) -> Value {
    let answer = answer.map(|answer| ("answer".to_owned(), json!(answer)));
    let exit_code = exit_code.map(|code| ("exitCode".to_owned(), json!(code)));
    answer.into_iter().chain(exit_code).collect()
}
