//! What was done to channels, and when.

use super::window::Window;
use crate::trace::{ChannelId, ChannelOp, Nanos, TaskId};

/// What was done to channels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelEvents {
    /// To which channel.
    pub channel: Vec<ChannelId>,
    /// What.
    pub kind: Vec<ChannelOp>,
    /// On whose behalf.
    pub task: Vec<TaskId>,
    /// The channel's operations, counted from 0.
    pub operation: Vec<u32>,
    /// Values queued afterwards.
    pub length: Vec<u32>,
    /// When, in milliseconds.
    pub at_ms: Vec<f64>,
}

/// One operation on a channel, on the run's own axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChannelRow {
    pub channel: ChannelId,
    pub op: ChannelOp,
    pub task: TaskId,
    pub operation: u32,
    pub length: u32,
    pub at: Nanos,
}

impl ChannelEvents {
    /// The operations within the window, by channel and operation number.
    pub(super) fn new(mut rows: Vec<ChannelRow>, window: Window) -> ChannelEvents {
        rows.sort_unstable_by_key(|row| (row.channel, row.operation));
        let mut columns = ChannelEvents::default();
        for row in rows.iter().filter(|row| window.holds(row.at)) {
            columns.channel.push(row.channel);
            columns.kind.push(row.op);
            columns.task.push(row.task);
            columns.operation.push(row.operation);
            columns.length.push(row.length);
            columns.at_ms.push(window.ms(row.at));
        }
        columns
    }
}
