//! The message that explains a deadlock.

use super::scheduler::{Scheduler, Task};
use super::task::TaskState;
use crate::trace::{ChannelId, Reason};

/// The largest number of tasks that the message names.
const NAMED: usize = 8;

/// Returns a message that says which task waits on what. Must be called in a deadlock, when no
/// processor is inside a task.
pub(crate) fn sentence(scheduler: &Scheduler) -> String {
    let mut waits = Vec::new();
    scheduler.for_each_blocked(|task| waits.push((task.id, wait(task))));
    waits.sort();
    let more = waits.len().saturating_sub(NAMED);
    let mut clauses: Vec<String> = waits.into_iter().take(NAMED).map(|(_, wait)| wait).collect();
    if more > 0 {
        clauses.push(format!("{more} more wait as well"));
    }
    format!(
        "Deadlock: every task waits, and nothing is left that could wake one. {}.",
        clauses.join("; ")
    )
}

fn wait(task: &Task) -> String {
    // Ids of channels start at 0, but readers see channels with numbers from 1, as they see
    // processors.
    let on = |channel: Option<ChannelId>| match channel {
        Some(channel) => format!("channel {}", channel + 1),
        None => "a channel".to_owned(),
    };
    let TaskState::Blocked { reason, channel, .. } = task.state() else {
        return format!("“{}” waits for something outside the runtime", task.name);
    };
    let what = match reason {
        Reason::Send => format!("to send on {}", on(channel)),
        Reason::Receive => format!("to receive from {}", on(channel)),
        Reason::WaitGroup => "for a wait group".to_owned(),
        Reason::Sleep => "for a time".to_owned(),
        Reason::ForkJoin => "for the pieces of a fork-join".to_owned(),
        Reason::Select => "for one of several channels".to_owned(),
        Reason::Mutex => "for a mutex".to_owned(),
        Reason::Condition => "for a condition".to_owned(),
        Reason::Semaphore => "for a semaphore".to_owned(),
        Reason::NilChannel => "on a channel that does not exist".to_owned(),
        Reason::Collector => "while unused memory is collected".to_owned(),
        Reason::Call => "for the task that it calls".to_owned(),
        Reason::Io | Reason::Yielded => "for something outside the runtime".to_owned(),
    };
    format!("“{}” waits {what}", task.name)
}
