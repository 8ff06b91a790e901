//! The words that the report and the page use for the codes of a trace.

use crate::trace::{ChannelOp, EndedBy, Reason};

/// Returns the word for the reason why a task gave up its processor.
pub fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Yielded => "yielded",
        Reason::Send => "send",
        Reason::Receive => "receive",
        Reason::WaitGroup => "wait group",
        Reason::Sleep => "sleep",
        Reason::Io => "io",
        Reason::ForkJoin => "fork join",
        Reason::Select => "select",
        Reason::Mutex => "mutex",
        Reason::Condition => "condition",
        Reason::Semaphore => "semaphore",
        Reason::NilChannel => "nil channel",
        Reason::Collector => "collector",
        Reason::Call => "call",
    }
}

/// Returns the word for how a task ended.
pub fn ended_by_word(ended_by: EndedBy) -> &'static str {
    match ended_by {
        EndedBy::Returned => "returned",
        EndedBy::MainReturned => "main returned",
        EndedBy::Panicked => "panicked",
        EndedBy::Stopped => "stopped",
    }
}

/// Returns the word for an operation on a channel.
pub fn channel_op_word(channel_op: ChannelOp) -> &'static str {
    match channel_op {
        ChannelOp::Send => "send",
        ChannelOp::Receive => "receive",
        ChannelOp::Close => "close",
    }
}
