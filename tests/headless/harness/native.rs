//! The native world: `cargo test` runs tests on threads of its own.

use std::ops::Deref;
use std::sync::{LazyLock, Mutex, MutexGuard};

use manyhands::runtime::Pool;

use super::{THREADS, lock};

/// The pool, for one test at a time.
pub struct OwnPool(MutexGuard<'static, Pool>);

impl Deref for OwnPool {
    type Target = Pool;

    fn deref(&self) -> &Pool {
        &self.0
    }
}

/// The pool. All tests share one, as all runs of a page do.
pub fn pool() -> OwnPool {
    static POOL: LazyLock<Mutex<Pool>> = LazyLock::new(|| Mutex::new(Pool::new(THREADS)));
    OwnPool(lock(&POOL))
}

/// Lists a module's tests.
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
