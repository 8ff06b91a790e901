//! Stands for `guest.rs` in the module that executes no guests. No value of these types exists.

use crate::programs::GuestModule;
use crate::runtime::{Guest, SourceLine, Trap};
use crate::trace::ProcessorId;

/// A guest.
#[derive(Debug)]
pub enum WebGuest {}

/// A timer of the host that interrupts goroutines.
#[derive(Debug)]
pub(super) enum Interrupts {}

impl WebGuest {
    /// Refuses the module.
    ///
    /// # Errors
    ///
    /// Always.
    pub(super) fn start(_: GuestModule) -> Result<(WebGuest, u32), String> {
        Err("This host executes no modules of its own.".to_owned())
    }

    pub(super) fn interrupts(_: usize) -> Interrupts {
        unreachable!("there is no guest")
    }

    pub(super) fn answer(&self) -> Option<i64> {
        match *self {}
    }
}

impl Guest for WebGuest {
    fn lines(&self) -> Vec<SourceLine> {
        match *self {}
    }

    fn enter(&self) -> Result<(), String> {
        match *self {}
    }

    fn turns(&self, _: u32, _: ProcessorId) -> Result<(), Trap> {
        match *self {}
    }

    fn collect(&self, _: ProcessorId, _: usize) -> Result<(), Trap> {
        match *self {}
    }
}
