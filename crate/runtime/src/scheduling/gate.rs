//! The gate: a place at which all processors of a run stop, do something together, and go on.
//!
//! A guest's collector needs it. While a collector looks for unused memory, no goroutine may change
//! the memory. The processor that closes the gate wakes the parked ones. Processors that execute a task
//! come when the task pauses. When all processors are at the gate, each of them works. When all have
//! worked, the gate opens.
//!
//! A processor leaves the gate at once if the run ends, because some processor may have left the run
//! and never come.

use crate::sync::{AtomicBool, Condvar, Mutex, MutexGuard, Ordering, lock, wait};

/// A run's gate.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Whether the gate is closed, which processors check without a lock.
    closed: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The number of processors at the gate.
    arrived: usize,
    /// The number of those that have finished their work.
    finished: usize,
    /// How many times the gate has opened.
    opened: usize,
    run_ends: bool,
}

impl Gate {
    pub(crate) fn new() -> Gate {
        Gate {
            closed: AtomicBool::new(false),
            state: Mutex::new(State::default()),
            changed: Condvar::new(),
        }
    }

    #[inline]
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Closes the gate. Returns whether it was open. If so, the caller has to wake the processors
    /// that are parked.
    pub(crate) fn close(&self) -> bool {
        !self.closed.swap(true, Ordering::SeqCst)
    }

    /// Waits until `processors` processors are at the gate, calls `work`, and waits until all of them
    /// have finished. Returns `false` at once if the run ends; then `work` may not have been called.
    pub(crate) fn pass(&self, processors: usize, work: impl FnOnce()) -> bool {
        let mut state = lock(&self.state);
        state.arrived += 1;
        if state.arrived == processors {
            self.changed.notify_all();
        }
        state = self.wait_while(state, |state| state.arrived < processors);
        if state.run_ends {
            return false;
        }
        let opened = state.opened;
        drop(state);
        work();
        let mut state = lock(&self.state);
        state.finished += 1;
        if state.finished == processors {
            (state.arrived, state.finished) = (0, 0);
            state.opened += 1;
            self.closed.store(false, Ordering::SeqCst);
            self.changed.notify_all();
        }
        !self.wait_while(state, |state| state.opened == opened).run_ends
    }

    /// Lets all processors leave, because the run ends. No processor waits from now on.
    pub(crate) fn run_ends(&self) {
        lock(&self.state).run_ends = true;
        self.changed.notify_all();
    }

    fn wait_while<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waits: impl Fn(&State) -> bool,
    ) -> MutexGuard<'a, State> {
        while !state.run_ends && waits(&state) {
            state = wait(&self.changed, state);
        }
        state
    }
}
