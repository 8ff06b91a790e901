//! Futures as JavaScript promises.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// Returns a promise of the result of `future`. The future is boxed, because the compiler would
/// generate separate code for each type of future.
pub(super) fn promise(future: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>) -> Promise {
    future_to_promise(AssertUnwindSafe(future))
}
