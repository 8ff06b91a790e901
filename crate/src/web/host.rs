//! The host: it checks requests, starts runs, and compares their reports.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Int32Array, Promise, Uint8ClampedArray};
use serde_json::json;
use wasm_bindgen::prelude::*;

use super::execution::Execution;
use super::json::{list, object, read, to_js};
use super::promise::promise;
use super::reports::Reports;
use super::run_handle::RunHandle;
use super::{columns, memory, stop_word, sweep, watch};
use crate::params::{Refusal, Text};
use crate::programs::{Machine, RunRequest, UploadedImages, lesson_programs, work};
use crate::report::compare;
use crate::runtime::{Pool, Settings};
use crate::sync::{Arc, OnceLock};

/// A program with an estimated duration below this is executed once before its first run, because
/// compiling would distort that run.
const SHORT: Duration = Duration::from_millis(50);

/// The state of the host worker: facts about the machine, the pool, and the last reports.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Host {
    machine: Machine,
    pool: Rc<Option<Pool>>,
    reports: Rc<RefCell<Reports>>,
    /// The images for the next run.
    uploaded: RefCell<UploadedImages>,
    /// The ids of the programs that have been warmed up.
    warm: RefCell<BTreeSet<Text>>,
}

// A panic leaves the reports complete, because each report is stored in one step.
impl RefUnwindSafe for Host {}

/// A request for a run that was accepted.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CheckedRequest {
    request: RunRequest,
}

// No code changes a request, so a panic leaves the request as it was.
impl UnwindSafe for CheckedRequest {}
impl RefUnwindSafe for CheckedRequest {}

/// Opens the host. `processors` is the number of threads in the pool, 0 if there is no pool.
/// A thread of the pool that traps reports it on the `BroadcastChannel` named `faults`.
///
/// The promise resolves to a [`Host`]. Before that, the host measures how many steps one processor
/// takes in a millisecond, and uses every processor once.
#[wasm_bindgen(unchecked_return_type = "Promise<Host>")]
pub fn open(browser_cores: usize, processors: usize, faults: String) -> Promise {
    watch::report_to(faults);
    memory::reserve(processors);
    promise(Box::pin(async move {
        let pool = Rc::new((processors > 0).then(|| Pool::global(watch::this_thread)));
        let mut machine =
            Machine { cores: browser_cores, isolated: pool.is_some(), steps_per_ms: 1.0 };
        machine.steps_per_ms = measure(&pool).await;
        let host = Host {
            machine,
            pool,
            reports: Rc::default(),
            uploaded: RefCell::default(),
            warm: RefCell::default(),
        };
        host.warm_up().await;
        Ok(host.into())
    }))
}

/// Measures, in a separate run, how many steps of work one processor takes in a millisecond.
async fn measure(pool: &Option<Pool>) -> f64 {
    let measured = Arc::new(OnceLock::new());
    let slot = measured.clone();
    let main = async move {
        slot.set(work::steps_per_ms().await).expect("measured once");
    };
    RunHandle::new(pool, Settings::default(), main.into()).end().await;
    *measured.get().expect("the measurement has ended")
}

#[wasm_bindgen]
impl Host {
    /// Returns facts about the machine: `{browserCores, isolated, processors}`.
    pub fn machine(&self) -> JsValue {
        object([
            ("browserCores", (self.machine.cores as u32).into()),
            ("isolated", self.machine.isolated.into()),
            ("processors", (self.threads() as u32).into()),
        ])
    }

    /// Returns the catalogue: a list of all programs, in the order of the lessons.
    pub fn programs(&self) -> JsValue {
        list(lesson_programs().iter().map(|program| to_js(&program.to_json(&self.machine))))
    }

    /// Returns the stop word, as an array of one integer in shared memory. The page writes the
    /// number of a run into the stop word to stop that run. Without shared memory there is no stop
    /// word.
    #[wasm_bindgen(js_name = stopWord)]
    pub fn stop_word(&self) -> Option<Int32Array> {
        self.machine.isolated.then(stop_word::as_array)
    }

    /// Returns the reasons why a run would be refused: a list of `{param, sentence}`, empty if the
    /// run would start.
    pub fn check(&self, program: &str, params: &str, options: &str) -> JsValue {
        refusals(&self.check_request(program, params, options).err().unwrap_or_default())
    }

    /// Checks a request for a run. The accepted request can be prepared and run without another
    /// check.
    ///
    /// # Errors
    ///
    /// The list of refusals that [`check`](Host::check) returns, or a list with one refusal if the
    /// request has more processors than the pool has threads.
    pub fn checked(
        &self,
        program: &str,
        params: &str,
        options: &str,
    ) -> Result<CheckedRequest, JsValue> {
        let request =
            self.check_request(program, params, options).map_err(|faults| refusals(&faults))?;
        if request.processors > self.threads().max(1) {
            return Err(refusals(&[self.pool_too_small(request.processors)]));
        }
        Ok(CheckedRequest { request })
    }

    /// Executes a short program once before its first run, without showing this execution. The
    /// caller awaits the promise before [`run`](Host::run). Browsers compile code when the code
    /// first runs, and compiling takes longer than a short program.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn prepare(&self, checked: &CheckedRequest) -> Promise {
        let (machine, pool) = (self.machine, self.pool.clone());
        let request = &checked.request;
        let estimate = &request.program.estimated_duration;
        let is_short = estimate(&request.values, &machine, request.structure) < SHORT;
        let is_first = is_short && self.warm.borrow_mut().insert(request.program.id.clone());
        let first = is_first.then(|| request.clone());
        promise(Box::pin(async move {
            if let Some(request) = first {
                execute_unseen(request, machine, &pool).await;
            }
            Ok(JsValue::UNDEFINED)
        }))
    }

    /// Gives the next run an image, with four bytes for each pixel as in `ImageData`. Returns the
    /// reasons why the image is refused: a list of `{param, sentence}`, empty if it is accepted.
    /// An image that is too large is refused before it is copied. After a refusal, all images that
    /// were given before are dropped, too.
    pub fn give(&self, name: &str, width: u32, height: u32, pixels: &Uint8ClampedArray) -> JsValue {
        let (size, bytes) = ((width, height), u64::from(pixels.length()));
        let added = self.uploaded.borrow_mut().add(name, size, bytes, || pixels.to_vec());
        if added.is_err() {
            self.uploaded.take();
        }
        refusals(added.err().as_slice())
    }

    /// Starts a run. `run` is the number of the run, at least 1, which the caller chooses. An
    /// `unseen` run is never compared. The run gets all images that were given since the last run
    /// started.
    ///
    /// # Errors
    ///
    /// A list with one refusal, if the run's guest cannot be started.
    pub fn run(
        &self,
        run: u32,
        unseen: bool,
        checked: CheckedRequest,
    ) -> Result<Execution, JsValue> {
        let images = self.uploaded.take().into_images();
        let request = RunRequest { images, ..checked.request };
        let kept_as = (!unseen).then_some(run);
        Execution::start(Some(run), kept_as, request, self.machine, &self.pool, &self.reports)
            .map_err(|refusal| refusals(&[refusal]))
    }

    /// Compares the finished runs with these numbers, and returns a list of verdicts. Runs with the
    /// same structure and number of processors are repeats of one lane. Numbers of runs whose
    /// reports are not kept are ignored.
    pub fn compare(&self, runs: &[u32]) -> JsValue {
        let reports = self.reports.borrow();
        let runs: Vec<_> = runs.iter().filter_map(|run| reports.find(*run)).collect();
        list(compare(&runs).iter().map(columns::verdict))
    }

    /// Returns figures on how one program scales. The arguments are the number of processors and
    /// the wall time of each run, in milliseconds, and whether the work grew with the processors.
    pub fn scaling(&self, processors: &[u32], walls_ms: &[f64], growing: bool) -> JsValue {
        sweep::figures(processors, walls_ms, self.machine.cores as u32, growing)
    }
}

impl Host {
    fn threads(&self) -> usize {
        self.pool.as_ref().as_ref().map_or(0, Pool::threads)
    }

    fn check_request(
        &self,
        program: &str,
        params: &str,
        options: &str,
    ) -> Result<RunRequest, Vec<Refusal>> {
        RunRequest::check(&self.machine, program, &read(params), &read(options))
    }

    fn pool_too_small(&self, processors: usize) -> Refusal {
        let threads = self.threads();
        let sentence = format!(
            "Processors must be a whole number from 1 to {threads} until more workers are \
             started, not {processors}."
        );
        Refusal::new("processors", sentence)
    }

    /// Makes every processor compute, wait and report once, so that browsers compile this code.
    /// The run is not shown.
    async fn warm_up(&self) {
        let dishes = (2 * self.threads()).clamp(2, 64);
        let params = json!({ "dishes": dishes, "chopMs": 4, "boilMs": 2 });
        let options = json!({ "processors": self.threads().max(1) });
        let request = RunRequest::check(&self.machine, "kitchen", &params, &options)
            .expect("these are within the limits");
        execute_unseen(request, self.machine, &self.pool).await;
    }
}

async fn execute_unseen(request: RunRequest, machine: Machine, pool: &Option<Pool>) {
    let execution = Execution::start(None, None, request, machine, pool, &Rc::default());
    // The next run, which the page shows, reports why the guest cannot be started.
    let Ok(execution) = execution else { return };
    execution.live();
    execution.finish().await;
}

fn refusals(refusals: &[Refusal]) -> JsValue {
    list(refusals.iter().map(|refusal| to_js(&refusal.to_json())))
}
