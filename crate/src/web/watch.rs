//! Reports of traps in the pool's threads. Only the thread itself can see that it trapped.
//!
//! The runtime catches a panic in a task. A trap (out of memory, a stack overflow, an abort) ends
//! the thread, but the run still waits for the thread. So the thread's worker posts the fault on a
//! channel on which the host listens.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use crate::sync::OnceLock;

#[wasm_bindgen(module = "/src/web/watch.js")]
extern "C" {
    #[wasm_bindgen(js_name = watchThread)]
    fn watch_thread(channel: &str);
}

static CHANNEL: OnceLock<String> = OnceLock::new();

thread_local! {
    static WATCHED: Cell<bool> = const { Cell::new(false) };
}

/// Sets the name of the channel on which threads post their faults. Later calls do nothing.
pub(super) fn report_to(channel: String) {
    let _ = CHANNEL.set(channel);
}

/// Watches the calling thread from now on. Further calls on the same thread do nothing.
pub(super) fn this_thread() {
    if let Some(channel) = CHANNEL.get()
        && !WATCHED.replace(true)
    {
        watch_thread(channel);
    }
}
