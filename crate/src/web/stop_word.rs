//! The word of shared memory by which the page stops a run.

use js_sys::{Int32Array, WebAssembly};
use wasm_bindgen::prelude::*;

use crate::runtime::StopWord;
use crate::sync::AtomicU32;

/// The number of the run that is to stop, written by the page. No run has the number 0.
static STOP: AtomicU32 = AtomicU32::new(0);

/// Returns the stop word for the run with this number.
pub(super) fn stop_word(number: u32) -> StopWord {
    StopWord { word: &STOP, number }
}

/// Returns the stop word for the page: an array of one element in the shared memory.
pub(super) fn as_array() -> Int32Array {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    Int32Array::new_with_byte_offset_and_length(&memory.buffer(), STOP.as_ptr() as u32, 1)
}
