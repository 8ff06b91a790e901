//! The words that the report and the page use for what a trace holds.

use crate::trace::{ChannelOp, EndedBy, Reason};

/// The word for why a task gave its processor up.
pub fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Yielded => "yielded",
        Reason::Send => "send",
        Reason::Receive => "receive",
        Reason::WaitGroup => "wait group",
        Reason::Sleep => "sleep",
        Reason::Io => "io",
        Reason::ForkJoin => "fork join",
    }
}

/// The word for how a task came to its end.
pub fn ended_by_word(ended_by: EndedBy) -> &'static str {
    match ended_by {
        EndedBy::Returned => "returned",
        EndedBy::MainReturned => "main returned",
        EndedBy::Panicked => "panicked",
        EndedBy::Stopped => "stopped",
    }
}

/// The word for what a task did to a channel.
pub fn channel_op_word(channel_op: ChannelOp) -> &'static str {
    match channel_op {
        ChannelOp::Send => "send",
        ChannelOp::Receive => "receive",
        ChannelOp::Close => "close",
    }
}
