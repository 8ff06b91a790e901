//! Faults of the pool's threads that nobody but the thread itself gets to see.
//!
//! A panic in a task is caught with the task. A trap (memory that ran out, a stack that
//! overflowed, an abort) ends the thread and leaves the run waiting for it. Each thread posts it,
//! as the last thing that it does, on a channel that its host listens on.

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

/// The name of the channel on which threads post their faults; the first one stays.
pub(super) fn report_to(channel: String) {
    let _ = CHANNEL.set(channel);
}

/// Watches the calling thread from now on. To be called by it, as often as it likes.
pub(super) fn this_thread() {
    if let Some(channel) = CHANNEL.get()
        && !WATCHED.replace(true)
    {
        watch_thread(channel);
    }
}
