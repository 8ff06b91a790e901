//! A processor on the host's own thread, for a page without a pool.
//!
//! The processor runs turns for 16 ms. Then the event loop goes on, and can receive messages and
//! send progress. While no task can run, a timer of the browser waits for the earliest deadline.

use std::cell::RefCell;
use std::panic::RefUnwindSafe;
use std::time::Duration;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::runtime::{Driver, End, Next, Run};

/// How long the processor runs before the event loop goes on.
const BUDGET: Duration = Duration::from_millis(16);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64);

    type MessageChannel;
    type MessagePort;
    #[wasm_bindgen(constructor)]
    fn new() -> MessageChannel;
    #[wasm_bindgen(method, getter)]
    fn port1(this: &MessageChannel) -> MessagePort;
    #[wasm_bindgen(method, getter)]
    fn port2(this: &MessageChannel) -> MessagePort;
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &MessagePort, callback: &Function);
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post_message(this: &MessagePort, message: &JsValue);
    #[wasm_bindgen(method)]
    fn close(this: &MessagePort);
}

/// Runs the processor's turns until the run has ended, and returns the run's end.
pub(super) async fn drive(mut driver: Driver, run: &Run, wake_signal: &WakeSignal) -> End {
    loop {
        match driver.turns(BUDGET) {
            Next::Again => one_turn_of_the_event_loop().await,
            Next::At(deadline) => {
                let wait = deadline.saturating_sub(run.now());
                wake_signal.wait(Some(Duration::from_nanos(wait))).await;
            }
            Next::WhenWoken => wake_signal.wait(None).await,
            Next::Ended(end) => return *end,
        }
    }
}

/// Lets the event loop handle other events first. Waits for a message, not for a timer, because
/// browsers delay nested timers by 4 ms.
async fn one_turn_of_the_event_loop() {
    let channel = MessageChannel::new();
    let promise = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(&resolve));
    channel.port2().post_message(&JsValue::NULL);
    let _ = JsFuture::from(promise).await;
    // The browser keeps an open port with a listener alive.
    channel.port1().close();
}

/// Wakes the driver of a processor before its wait is over.
#[derive(Debug, Default)]
pub(super) struct WakeSignal {
    waiting: RefCell<Option<Function>>,
}

// No panic can leave the field half-changed: the field holds a function or none.
impl RefUnwindSafe for WakeSignal {}

impl WakeSignal {
    /// Waits until `notify` is called, or until `limit` is over if there is one.
    async fn wait(&self, limit: Option<Duration>) {
        let promise = Promise::new(&mut |resolve, _| {
            if let Some(limit) = limit {
                set_timeout(&resolve, limit.as_secs_f64() * 1e3);
            }
            self.keep(resolve);
        });
        let _ = JsFuture::from(promise).await;
        self.waiting.take();
    }

    fn keep(&self, resolve: Function) {
        self.waiting.replace(Some(resolve));
    }

    /// Ends the wait, if there is one.
    pub(super) fn notify(&self) {
        if let Some(resolve) = self.waiting.take() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}
