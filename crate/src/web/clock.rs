//! The clock of the calling worker.

use wasm_bindgen::prelude::*;

use crate::trace::Nanos;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on the clock of the calling worker.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// Reads the clock of the calling worker, in nanoseconds.
pub(super) fn read_clock() -> Nanos {
    (performance_now() * 1e6) as Nanos
}
