//! The runtime's lock-free parts under a model checker that explores their interleavings.
//!
//!     RUSTFLAGS="--cfg loom" cargo test --release --package models -- --nocapture
//!
//! The files under test are the runtime's own, included by path. This crate defines what these
//! files import, with loom's atomics, locks and threads in [`sync`]. loom cannot see into some
//! parts. This crate replaces them:
//! - crossbeam's queues and async-task's cells by an atomic number of tasks;
//! - `OnceLock` by an option behind a lock;
//! - a wait with a time limit by a wait without a limit, because time never passes in a model;
//! - a processor's context by a context that knows only the task that the processor is inside.
//!
//! loom treats sequentially consistent accesses as acquire-release accesses. So code that needs the
//! total order of sequentially consistent accesses has a fence.

#![cfg(loom)]
#![allow(dead_code, unused_imports)]

pub mod models;

mod sync {
    pub(crate) use loom::sync::atomic::{
        AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
    };
    pub(crate) use loom::sync::{Arc, Condvar, Mutex, MutexGuard};
    pub(crate) use loom::thread::Thread;

    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock().unwrap()
    }

    pub(crate) fn wait<'a, T>(condvar: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        condvar.wait(guard).unwrap()
    }

    pub(crate) fn wait_at_most<'a, T>(
        condvar: &Condvar,
        guard: MutexGuard<'a, T>,
        _: std::time::Duration,
    ) -> (MutexGuard<'a, T>, bool) {
        (condvar.wait(guard).unwrap(), false)
    }

    pub(crate) mod thread {
        pub(crate) use loom::thread::{current, park};

        pub(crate) fn park_timeout(_: std::time::Duration) {
            park();
        }
    }

    /// A cell that is set once. Its value is leaked, so it outlives the model.
    #[derive(Debug)]
    pub(crate) struct OnceLock<T: 'static> {
        value: Mutex<Option<&'static T>>,
    }

    impl<T> OnceLock<T> {
        pub(crate) fn new() -> OnceLock<T> {
            OnceLock { value: Mutex::new(None) }
        }

        pub(crate) fn get(&self) -> Option<&T> {
            *lock(&self.value)
        }

        pub(crate) fn set(&self, value: T) -> Result<(), T> {
            lock(&self.value).get_or_insert_with(|| Box::leak(Box::new(value)));
            Ok(())
        }

        pub(crate) fn get_or_init(&self, init: impl FnOnce() -> T) -> &T {
            *lock(&self.value).get_or_insert_with(|| Box::leak(Box::new(init())))
        }
    }
}

#[path = "../../../crate/runtime/src/scheduling/accounting.rs"]
mod accounting;
#[path = "../../../crate/runtime/src/trace/event.rs"]
mod event;
#[path = "../../../crate/runtime/src/scheduling/gate.rs"]
mod gate;
#[path = "../../../crate/runtime/src/scheduling/goroutine.rs"]
mod goroutine;
#[path = "../../../crate/runtime/src/scheduling/idle.rs"]
mod idle;
#[path = "../../../crate/runtime/src/trace/output.rs"]
mod output;
#[path = "../../../crate/runtime/src/trace/places.rs"]
mod places;
#[path = "../../../crate/runtime/src/scheduling/poller.rs"]
mod poller;
#[path = "../../../crate/runtime/src/trace/records.rs"]
mod records;
#[path = "../../../crate/runtime/src/channels/state.rs"]
mod state;
#[path = "../../../crate/runtime/src/scheduling/task.rs"]
mod task;

mod trace {
    pub(crate) use crate::event::*;
    pub(crate) use crate::places::{Place, PlaceId};
    pub(crate) use crate::records::*;
}

mod scheduling {
    pub(crate) mod context {
        use crate::trace::{Event, Nanos, Place, TaskId};

        /// The context of a processor inside one task.
        pub(crate) struct Context(pub(crate) TaskId);

        impl Context {
            pub(crate) fn task(&self) -> TaskId {
                self.0
            }

            pub(crate) fn stamp(&self) -> Nanos {
                0
            }

            pub(crate) fn record_at(&self, _: Nanos, _: Option<Place>, _: Event) {}
        }
    }
}
