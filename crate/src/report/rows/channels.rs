//! The operations on channels, with their times.

use super::window::Window;
use crate::trace::{ChannelId, ChannelOp, Nanos, PlaceId, TaskId};

/// The operations on channels, as columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelEvents {
    /// The channel.
    pub channel: Vec<ChannelId>,
    /// The kind of operation.
    pub kind: Vec<ChannelOp>,
    /// The task that sent, received or closed.
    pub task: Vec<TaskId>,
    /// The number of the operation in its channel, counted from 0.
    pub operation: Vec<u32>,
    /// The number of values in the channel's queue after the operation.
    pub length: Vec<u32>,
    /// The place at which the task sent, received or closed.
    pub place: Vec<Option<PlaceId>>,
    /// The time of the operation, in milliseconds.
    pub at_ms: Vec<f64>,
}

/// One operation on a channel, with its time on the run's time axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChannelRow {
    pub channel: ChannelId,
    pub op: ChannelOp,
    pub task: TaskId,
    pub operation: u32,
    pub length: u32,
    pub place: Option<PlaceId>,
    pub at: Nanos,
}

impl ChannelEvents {
    /// Returns the operations within the window, in the order of channels and operation numbers.
    pub(super) fn new(mut rows: Vec<ChannelRow>, window: Window) -> ChannelEvents {
        rows.sort_unstable_by_key(|row| (row.channel, row.operation));
        let mut columns = ChannelEvents::default();
        for row in rows.iter().filter(|row| window.holds(row.at)) {
            columns.channel.push(row.channel);
            columns.kind.push(row.op);
            columns.task.push(row.task);
            columns.operation.push(row.operation);
            columns.length.push(row.length);
            columns.place.push(row.place);
            columns.at_ms.push(window.ms(row.at));
        }
        columns
    }
}
