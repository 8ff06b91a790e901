//! The guest: a module that is not part of this program, and whose code the goroutines of a run
//! execute. A program that a reader has compiled is a guest.
//!
//! A processor that finds a ready goroutine enters the guest once for many turns. The guest
//! executes the goroutine until the goroutine stops. Then the guest calls
//! [`next`](super::guest_calls::next), which ends the turn and returns the goroutine whose turn
//! comes next. If something else has to be done first, `next` returns 0, and the guest returns to
//! the processor. So a switch between two goroutines costs one call from the guest, and the guard
//! that catches the guest's traps is passed once for many turns.

use std::fmt;

use super::trap::Trap;
use crate::trace::{ProcessorId, SourceLine};

/// A guest, as the thread of a processor sees it.
pub trait Guest: fmt::Debug + Send + Sync {
    /// Returns the lines of source at which the guest calls the runtime. In calls the guest names a
    /// line by its index in this list plus 1.
    fn lines(&self) -> Vec<SourceLine>;

    /// Prepares the calling thread to execute goroutines. Each processor's thread calls this before
    /// the run's `main` begins. It may have called it in an earlier run.
    ///
    /// # Errors
    ///
    /// A sentence that says why this thread cannot execute the guest.
    fn enter(&self) -> Result<(), String>;

    /// Executes a turn of the goroutine with this handle on the calling thread, then a turn of each
    /// goroutine whose handle [`next`](super::guest_calls::next) returns, until `next` returns 0.
    /// The thread drives `processor`.
    ///
    /// # Errors
    ///
    /// Why the guest cannot go on, if the guest traps.
    fn turns(&self, handle: u32, processor: ProcessorId) -> Result<(), Trap>;

    /// Performs this processor's part of a collection of unused memory. All processors of the run
    /// call this at the same time, and no goroutine runs meanwhile.
    ///
    /// # Errors
    ///
    /// Why the guest cannot go on, if the guest traps or has no collector.
    fn collect(&self, processor: ProcessorId, processors: usize) -> Result<(), Trap>;
}
