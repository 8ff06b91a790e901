//! What happened in a run, as fixed-size events.
//!
//! - [`event`]: one event, and its encoding in two words;
//! - [`places`]: the lines of source at which events happened;
//! - [`records`]: what does not fit into an event: names, times of ended tasks;
//! - [`buffer`]: what one writer has recorded and no reader can see yet;
//! - [`recorder`]: what all writers of a run have recorded, and how a reader takes it;
//! - [`output`]: what tasks have written;
//! - `log`: one writer's events that no reader has taken yet;
//! - [`totals`]: a run's total times and numbers, exact even if a log was too short.
//!
//! The trace does not know how the runtime makes decisions. The runtime tells the trace what
//! happened.

pub mod buffer;
pub mod event;
pub mod output;
pub mod places;
pub mod recorder;
pub mod records;
pub mod totals;

mod log;

pub use buffer::WriterBuffer;
pub use event::{
    ChannelId, ChannelOp, EndedBy, Event, MAIN, NEVER, Nanos, ProcessorId, Reason, TaskId, Timed,
};
pub use output::{Chunk, Output, Stream};
pub(crate) use places::PlaceCode;
pub use places::{Place, PlaceId, SourceLine};
pub use recorder::{Batch, Recorder};
pub use records::{Name, Named, TaskSums};
pub use totals::{ProcessorTotals, Totals};
