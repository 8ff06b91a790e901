//! The harness in a browser: a dedicated worker, which may block its thread like the page's host.

use std::sync::atomic::{AtomicBool, Ordering};

use manyhands::clock;
use manyhands::runtime::Pool;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::THREADS;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Returns the pool. In a browser, tests run one after the other.
pub fn pool() -> Pool {
    Pool::global(|| {})
}

/// Builds the pool before the first test. Only in this function may a test wait for the event loop,
/// which starts the workers: every test is asynchronous up to this point, and blocks its thread
/// after it.
pub async fn ready() {
    static BUILT: AtomicBool = AtomicBool::new(false);
    if !BUILT.swap(true, Ordering::Relaxed) {
        // In the page, the crate's start function does this. The test runner does not call that
        // function.
        clock::install(now);
        let pool = wasm_bindgen_rayon::init_thread_pool(THREADS);
        JsFuture::from(pool).await.expect("the browser starts workers");
    }
}

/// Reads this worker's clock, in nanoseconds.
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
