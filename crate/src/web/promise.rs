//! Promises of what a future comes to.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A promise of what `future` comes to. Of one kind, since each kind has code of its own.
pub(super) fn promise(future: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>) -> Promise {
    future_to_promise(AssertUnwindSafe(future))
}
