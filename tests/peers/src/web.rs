//! The rows in a browser, for the page beside it. The clock and `initThreadPool` come with
//! the crate under measurement.

use std::panic::AssertUnwindSafe;

use futures_channel::oneshot;
use js_sys::Promise;
use manyhands::runtime::{Outcome, Pool, Run};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::{ROWS, settings};

/// The names of the rows.
#[wasm_bindgen(js_name = rowNames)]
pub fn row_names() -> Vec<String> {
    ROWS.iter().map(|row| row.name.to_owned()).collect()
}

/// Executes a row; resolves to nanoseconds for each operation.
#[wasm_bindgen(js_name = runRow)]
pub fn run_row(name: &str, processors: usize, traced: bool) -> Promise {
    let row = ROWS.iter().copied().find(|row| row.name == name);
    future_to_promise(AssertUnwindSafe(async move {
        let row = row.ok_or_else(|| JsValue::from_str("no such row"))?;
        let (ended, end) = oneshot::channel();
        let main = (row.main)(row.operations);
        let settings = settings(processors, traced);
        let run = Run::start(&Pool::global(|| {}), settings, main, move |end| {
            let _ = ended.send(end);
        });
        let end = end.await.map_err(|_| JsValue::from_str("the run has no end"))?;
        drop(run);
        if end.outcome != Outcome::Completed {
            return Err(JsValue::from_str(&end.message));
        }
        let ns = end.totals.main_ended - end.totals.main_started;
        Ok(JsValue::from_f64(ns as f64 / f64::from(row.operations)))
    }))
}
