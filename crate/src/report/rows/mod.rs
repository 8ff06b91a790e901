//! The first step: from events to rows.
//!
//! In the order of the data:
//! - `merge`: merges the logs of all processors into one order that keeps each task's own order;
//! - `lives`: follows each task from one transition to the next, and closes its states;
//! - `states`: the states of each task, with their times;
//! - `spans`: the intervals in which each processor was inside a task;
//! - `parked`: the intervals in which each processor was parked;
//! - `channels`, `output`: the operations on channels, and the chunks of text that tasks wrote;
//! - `fold`: everything that is known about a run, updated with each batch;
//! - `live`: the changes since the page last asked, for drawing during a run;
//! - `window`: the part of the run's time axis that is reported;
//! - `tasks`: one row for each task, from its exact `TaskSums` if these are known;
//! - `ended`: the rows of a run that has ended;
//! - `words`: the words for the codes of a trace.

mod channels;
mod ended;
mod fold;
mod live;
mod lives;
mod merge;
mod output;
mod parked;
mod spans;
mod states;
mod tasks;
mod window;
mod words;

pub use channels::ChannelEvents;
pub use fold::Fold;
pub use live::{Live, Open};
pub use output::OutputChunk;
pub use spans::Spans;
pub use states::{Cause, State, States};
pub use tasks::Tasks;
pub use words::{channel_op_word, ended_by_word, reason_word};

pub(super) use ended::Rows;
pub(super) use parked::ParkedInterval;
pub(super) use states::StateRow;
pub(super) use tasks::TaskRow;
pub(super) use window::{Window, ms};
