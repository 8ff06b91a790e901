//! The browser's world: a dedicated worker that may sleep, as the page's host.

use std::sync::atomic::{AtomicBool, Ordering};

use manyhands::clock;
use manyhands::runtime::Pool;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::THREADS;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The pool. Tests run one after the other here.
pub fn pool() -> Pool {
    Pool::global(|| {})
}

/// Builds the pool before the first test. Only here may a test wait for the event loop, which
/// starts the workers: every test is asynchronous up to this point and sleeps after it.
pub async fn ready() {
    static BUILT: AtomicBool = AtomicBool::new(false);
    if !BUILT.swap(true, Ordering::Relaxed) {
        // The crate's own start does it in the page; the test runner calls no start.
        clock::install(now);
        let pool = wasm_bindgen_rayon::init_thread_pool(THREADS);
        JsFuture::from(pool).await.expect("the browser starts workers");
    }
}

/// This worker's clock, in nanoseconds.
fn now() -> u64 {
    let global = js_sys::global().unchecked_into::<web_sys::WorkerGlobalScope>();
    (global.performance().expect("a worker has a clock").now() * 1e6) as u64
}

/// Lists a module's tests.
macro_rules! both_worlds {
    ($($name:ident),* $(,)?) => {
        mod in_a_browser {
            $(
                #[wasm_bindgen_test::wasm_bindgen_test]
                async fn $name() {
                    $crate::harness::ready().await;
                    super::$name();
                }
            )*
        }
    };
}

pub(crate) use both_worlds;
