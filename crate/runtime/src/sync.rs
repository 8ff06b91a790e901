//! Atomics, locks and parking. All other modules take them from this module, so a model checker can
//! replace them in one place.

pub use std::sync::atomic::{
    AtomicBool, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
};
pub use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, OnceLock};
pub use std::thread::{self, Thread};

/// Locks `mutex`, even if it is poisoned. The panic that poisoned it has already ended the run with
/// a message, so the poison says nothing new.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
