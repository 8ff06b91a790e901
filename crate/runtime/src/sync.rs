//! Atomics, locks and parking. All other modules take them from this module, so a model checker can
//! replace them in one place.

pub use std::sync::atomic::{
    AtomicBool, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
};
pub use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, OnceLock};
pub use std::thread::{self, Thread};
use std::time::Duration;

/// Waits until `condvar` is notified. A wait may also end without a reason. A poisoned lock is handled
/// as in [`lock`].
pub fn wait<'a, T>(condvar: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    condvar.wait(guard).unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Waits until `condvar` is notified, or until `limit` is over. A wait may also end without a reason.
/// Returns the guard, and whether the limit is over. A poisoned lock is handled as in [`lock`].
pub fn wait_at_most<'a, T>(
    condvar: &Condvar,
    guard: MutexGuard<'a, T>,
    limit: Duration,
) -> (MutexGuard<'a, T>, bool) {
    let waited = condvar.wait_timeout(guard, limit);
    let (guard, result) = waited.unwrap_or_else(std::sync::PoisonError::into_inner);
    (guard, result.timed_out())
}

/// Locks `mutex`, even if it is poisoned. The panic that poisoned it has already ended the run with
/// a message, so the poison says nothing new.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
