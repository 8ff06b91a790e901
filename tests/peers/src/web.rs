//! The functions by which the page in `tests/peers/bench/page` runs the benchmark rows. The
//! measured crate, `manyhands`, also exports `initThreadPool` and installs the browser's clock.

use std::panic::AssertUnwindSafe;

use futures_channel::oneshot;
use js_sys::Promise;
use manyhands::runtime::{Main, Outcome, Pool, Run, Settings};
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::{ROWS, Row, blocked_tasks};

#[cfg(feature = "guests")]
mod guests;

/// Returns every row as JSON: its name, and the number of operations in a measurement.
#[wasm_bindgen]
pub fn rows() -> String {
    let row = |row: &Row| json!({"row": row.name, "operations": row.operations});
    ROWS.iter().map(row).collect::<serde_json::Value>().to_string()
}

/// Executes a row. The promise resolves to the nanoseconds for each operation.
#[wasm_bindgen(js_name = runRow)]
pub fn run_row(name: &str, operations: u32, processors: usize, traced: bool) -> Promise {
    let row = ROWS.iter().find(|row| row.name == name);
    future_to_promise(AssertUnwindSafe(async move {
        let row = row.ok_or_else(|| JsValue::from_str("no such row"))?;
        let ns = execute(row.settings(processors, traced), (row.main)(operations)).await?;
        Ok(JsValue::from_f64(ns / f64::from(operations)))
    }))
}

/// Measures how many bytes a task takes while `tasks` tasks are blocked at once. The promise
/// resolves to the growth of the module's memory, divided by `tasks`. The module's memory never
/// shrinks, so only the first measurement in a page is valid.
#[wasm_bindgen]
pub fn blocked(tasks: u32, traced: bool) -> Promise {
    future_to_promise(AssertUnwindSafe(async move {
        let before = memory();
        let (most, peak) = oneshot::channel();
        let main = Box::pin(blocked_tasks(tasks, move || {
            let _ = most.send(memory());
        }));
        execute(ROWS[0].settings(1, traced), main).await?;
        let peak = peak.await.map_err(|_| JsValue::from_str("nobody was blocked"))?;
        Ok(JsValue::from_f64((peak - before) as f64 / f64::from(tasks)))
    }))
}

/// Returns the size of the module's memory, in bytes.
fn memory() -> usize {
    const PAGE: usize = 65_536;
    std::arch::wasm32::memory_size(0) * PAGE
}

/// Runs `main`. Returns the nanoseconds from `main`'s first instruction to the end of `main`.
async fn execute(settings: Settings, main: impl Into<Main>) -> Result<f64, JsValue> {
    let (ended, end) = oneshot::channel();
    let run = Run::start(&Pool::global(|| {}), settings, main, move |end| {
        let _ = ended.send(end);
    });
    let end = end.await.map_err(|_| JsValue::from_str("the run has no end"))?;
    drop(run);
    if end.outcome != Outcome::Completed {
        return Err(JsValue::from_str(&end.message));
    }
    Ok((end.totals.main_ended - end.totals.main_started) as f64)
}
