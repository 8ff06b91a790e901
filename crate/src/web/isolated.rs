//! Isolated workers. They are the part of a page that is most similar to a separate process.
//!
//! Each isolated worker has its own WebAssembly instance and a small memory of its own. The host
//! terminates the worker when the worker has answered or the run has ended.

use std::time::Duration;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::abort::{AbortSignal, Failure, failure};
use super::clock::read_clock;
use crate::programs::{Counted, IsolatedCount};

#[wasm_bindgen(module = "/src/web/isolated.js")]
extern "C" {
    type IsolatedWorker;
    #[wasm_bindgen(constructor)]
    fn new(limit_ms: f64, stop: &AbortSignal) -> IsolatedWorker;
    #[wasm_bindgen(method, catch)]
    async fn ready(this: &IsolatedWorker) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = handOver)]
    async fn hand_over(this: &IsolatedWorker, payload: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn count(this: &IsolatedWorker, times: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn end(this: &IsolatedWorker);
}

/// Makes an isolated worker count, and returns its answer. Returns an error message if the worker
/// fails, exceeds its time limit, or is terminated because the run has ended.
pub(super) async fn count_isolated(
    work: IsolatedCount,
    stop: AbortSignal,
) -> Result<Counted, String> {
    let worker = IsolatedWorker::new(work.limit.as_secs_f64() * 1e3, &stop);
    let counted = hand_over_and_count(&worker, &work).await;
    worker.end();
    counted.map_err(|error| match failure(&error) {
        Failure::TooLate => {
            let seconds = work.limit.as_secs_f64();
            format!("The isolated worker was given up after {seconds:.0} s.")
        }
        Failure::Stopped => "The isolated worker was given up at the run's end.".to_string(),
        Failure::Other => {
            "The isolated worker could not be started, or failed: the console may say more."
                .to_string()
        }
    })
}

async fn hand_over_and_count(
    worker: &IsolatedWorker,
    work: &IsolatedCount,
) -> Result<Counted, JsValue> {
    worker.ready().await?;
    let began = read_clock();
    // Shared memory can't be transferred. So the payload is copied, and the copy is transferred.
    worker.hand_over(Uint8Array::from(&work.payload[..])).await?;
    let copying = Duration::from_nanos(read_clock() - began);
    let count = worker.count(work.increments as f64).await?;
    Ok(Counted { count: count.as_f64().unwrap_or_default() as u64, copying })
}
