//! The native harness: `cargo test` runs tests on threads of its own.

use std::ops::Deref;
use std::sync::{LazyLock, Mutex, MutexGuard};

use manyhands::runtime::Pool;

use super::{THREADS, lock};

/// The guard of the pool. Only one test holds it at a time.
pub struct OwnPool(MutexGuard<'static, Pool>);

impl Deref for OwnPool {
    type Target = Pool;

    fn deref(&self) -> &Pool {
        &self.0
    }
}

/// Returns the pool. All tests share one pool, as all runs of a page do.
pub fn pool() -> OwnPool {
    static POOL: LazyLock<Mutex<Pool>> = LazyLock::new(|| Mutex::new(Pool::new(THREADS)));
    OwnPool(lock(&POOL))
}

/// Makes a native test of each listed function.
macro_rules! both_worlds {
    ($($name:ident),* $(,)?) => {
        mod natively {
            $(
                #[test]
                fn $name() {
                    super::$name();
                }
            )*
        }
    };
}

pub(crate) use both_worlds;
