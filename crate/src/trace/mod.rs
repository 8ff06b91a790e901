//! What happened, as fixed-size events.
//!
//! - [`event`]: one event, and the words that it fills;
//! - [`log`]: one writer's events, append-only, read while it is written;
//! - [`recorder`]: all writers of a run, and what a reader drains from them;
//! - [`totals`]: sums that stay exact when a log was too short.
//!
//! The trace knows nothing of how the runtime decides: it is told what happened.

pub mod event;
pub mod log;
pub mod recorder;
pub mod totals;

pub use event::{
    ChannelId, ChannelOp, EndedBy, Event, MAIN, Nanos, ProcessorId, Reason, TaskId, Timed,
};
pub use recorder::{Batch, Line, Name, Named, Reader, Recorder, TaskSums};
pub use totals::{ProcessorTotals, Totals};
