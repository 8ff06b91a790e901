//! Ending what JavaScript does for a run before it is done, and telling why it was not done.

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

/// Why something that can be aborted did not come to its end.
pub(super) enum Failure {
    /// Its time was over.
    TooLate,
    /// The run ended.
    Stopped,
    /// Anything else.
    Other,
}

/// What the error that JavaScript threw stands for.
pub(super) fn failure(error: &JsValue) -> Failure {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("TimeoutError") => Failure::TooLate,
        Some("AbortError") => Failure::Stopped,
        _ => Failure::Other,
    }
}
