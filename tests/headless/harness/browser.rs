//! The harness in a browser. The tests run in a dedicated worker, which may block its thread, as
//! the page's host may.

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

/// Builds the pool before the first test. A test may wait for the event loop, which starts the
/// workers, only in this function. Every test is asynchronous until this function has returned, and
/// blocks its thread after that.
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

/// Makes a test for the browser of each listed function.
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
