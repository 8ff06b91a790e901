//! Why a guest could not go on.

use std::fmt;

/// What a guest did that WebAssembly does not allow. Not every browser tells an empty entry of a table
/// from an entry with another signature, so both are one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrapKind {
    /// It executed `unreachable`.
    Unreachable,
    /// It accessed memory outside its memory.
    MemoryBounds,
    /// It made an atomic access to an address that is not a multiple of the access's size.
    Alignment,
    /// It divided an integer by zero.
    DivisionByZero,
    /// It made an integer that is too large for its type, by a division or from a float.
    Overflow,
    /// It called an entry outside its table.
    TableBounds,
    /// It called an entry that is empty, or a function with another signature.
    Callee,
    /// Its calls are nested too deeply.
    Stack,
    /// Something else, which the host describes with this text.
    Other(String),
}

/// Why a guest could not go on, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trap {
    /// What the guest did.
    pub kind: TrapKind,
    /// The offset in the module, in bytes, of the instruction that trapped; `None` if it is unknown.
    pub at: Option<u32>,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.kind {
            TrapKind::Unreachable => "it reached code that must never be reached",
            TrapKind::MemoryBounds => "it accessed memory outside its own",
            TrapKind::Alignment => "it accessed a shared number at an address where none can be",
            TrapKind::DivisionByZero => "it divided an integer by zero",
            TrapKind::Overflow => "an integer became too large for its type",
            TrapKind::TableBounds => "it called a function outside its table of functions",
            TrapKind::Callee => "it called a function that is missing or has another signature",
            TrapKind::Stack => "its calls are nested too deeply",
            TrapKind::Other(text) => text,
        })?;
        match self.at {
            Some(at) => write!(f, ", at byte {at:#x} of its module"),
            None => Ok(()),
        }
    }
}
