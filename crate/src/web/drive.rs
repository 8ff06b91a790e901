//! A processor in the gaps of the host's event loop, where there is no pool.
//!
//! The processor gets turns for a while; then the event loop gets one, so that messages come
//! in and progress goes out. While no task can run, a timer of the browser waits for the earliest
//! sleeper.

use std::cell::RefCell;
use std::panic::RefUnwindSafe;
use std::time::Duration;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::runtime::{Driver, End, Next, Run};

/// How long the processor has the thread for itself.
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

/// Gives the processor turns until the run has ended.
pub(super) async fn drive(mut driver: Driver, run: &Run, bell: &Bell) -> End {
    loop {
        match driver.turns(BUDGET) {
            Next::Again => one_turn_of_the_event_loop().await,
            Next::At(deadline) => {
                let wait = deadline.saturating_sub(run.now());
                bell.wait(Some(Duration::from_nanos(wait))).await;
            }
            Next::WhenWoken => bell.wait(None).await,
            Next::Ended(end) => return *end,
        }
    }
}

/// Lets other events of this thread go first. A message does that at once; browsers make a
/// chain of timers wait for 4 ms each.
async fn one_turn_of_the_event_loop() {
    let channel = MessageChannel::new();
    let promise = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(&resolve));
    channel.port2().post_message(&JsValue::NULL);
    let _ = JsFuture::from(promise).await;
    // An open port with a listener is kept alive by the browser.
    channel.port1().close();
}

/// Ends a wait before its time.
#[derive(Debug, Default)]
pub(super) struct Bell {
    waiting: RefCell<Option<Function>>,
}

// There is a function to call or there is none, wherever a panic came in between.
impl RefUnwindSafe for Bell {}

impl Bell {
    /// Waits until the bell is rung, or the time is over if one is given.
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

    /// Wakes who waits, if anybody does.
    pub(super) fn ring(&self) {
        if let Some(resolve) = self.waiting.take() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}
