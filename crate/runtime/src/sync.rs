//! The only door to atomics, locks and parking, so that a model checker can stand in for them.

pub use std::sync::atomic::{
    AtomicBool, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
};
pub use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock};
pub use std::thread::{self, Thread};

/// Locks `mutex`. A panic while it was held has already ended the run with a
/// sentence, so the poison that it left says nothing new.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
