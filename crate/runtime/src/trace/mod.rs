//! What happened, as fixed-size events.
//!
//! - [`event`]: one event, and the words that it fills;
//! - [`notes`]: what a writer has recorded and not handed in yet;
//! - [`recorder`]: all writers of a run, and what a reader takes from them;
//! - `log`: the events among it;
//! - [`totals`]: sums that stay exact when a log was too short.
//!
//! The trace knows nothing of how the runtime decides: it is told what happened.

pub mod event;
pub mod notes;
pub mod recorder;
pub mod totals;

mod log;

pub use event::{
    ChannelId, ChannelOp, EndedBy, Event, MAIN, Nanos, ProcessorId, Reason, TaskId, Timed,
};
pub use notes::Notes;
pub use recorder::{Batch, Line, Name, Named, Recorder, TaskSums};
pub use totals::{ProcessorTotals, Totals};
