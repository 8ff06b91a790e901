//! How an operation of JavaScript is aborted for a run, and why such an operation failed.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[derive(Debug)]
    pub(super) type AbortController;
    #[derive(Clone, Debug)]
    pub(super) type AbortSignal;
    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    pub(super) fn signal(this: &AbortController) -> AbortSignal;
    #[wasm_bindgen(method)]
    pub(super) fn abort(this: &AbortController);
}

/// The reason why an operation that can be aborted failed.
pub(super) enum Failure {
    /// The operation reached its time limit.
    TooLate,
    /// The run ended first.
    Stopped,
    /// Any other reason.
    Other,
}

/// Returns the reason that an error thrown by JavaScript stands for.
pub(super) fn failure(error: &JsValue) -> Failure {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("TimeoutError") => Failure::TooLate,
        Some("AbortError") => Failure::Stopped,
        _ => Failure::Other,
    }
}
