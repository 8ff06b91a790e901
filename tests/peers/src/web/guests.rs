//! The functions by which the page runs programs of `tests/guests`.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use js_sys::Promise;
use manyhands::programs::GuestModule;
use manyhands::runtime::{Main, Settings};
use manyhands::web::WebGuest;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::execute;
use crate::ROWS;

/// Executes a row of goroutines: "yield" or "ping-pong" with the same number of operations as the row
/// of this name. The promise resolves to the nanoseconds for each operation.
#[wasm_bindgen(js_name = runGoroutines)]
pub fn run_goroutines(name: &str, operations: u32, processors: usize, traced: bool) -> Promise {
    let (program, arguments) = match name {
        "yield" => ("yields", (4, operations / 4)),
        _ => ("ping_pong", (operations, 0)),
    };
    let settings = ROWS[0].settings(processors, traced);
    future_to_promise(AssertUnwindSafe(async move {
        let ns = execute_guest(program, arguments, settings).await?;
        Ok(JsValue::from_f64(ns / f64::from(operations)))
    }))
}

/// Executes a program of `tests/guests`, untraced, with the time slices that programs of the page have.
/// The promise resolves to nanoseconds.
#[wasm_bindgen(js_name = runGuest)]
pub fn run_guest(program: String, work: u32, goroutines: u32, processors: usize) -> Promise {
    let settings = Settings { processors, traced: false, ..Settings::default() };
    future_to_promise(AssertUnwindSafe(async move {
        execute_guest(&program, (work, goroutines), settings).await.map(JsValue::from_f64)
    }))
}

/// Runs a program of `tests/guests`. Returns the nanoseconds from `main`'s first instruction to the end
/// of `main`.
async fn execute_guest(
    program: &str,
    arguments: (u32, u32),
    settings: Settings,
) -> Result<f64, JsValue> {
    let bytes = ::guests::program(program).to_vec();
    let (guest, main) = WebGuest::start(GuestModule { bytes, lines: vec![], arguments })
        .map_err(|sentence| JsValue::from_str(&sentence))?;
    let settings = Settings { guest: Some(Arc::new(guest)), ..settings };
    execute(settings, Main::Goroutine(main)).await
}
