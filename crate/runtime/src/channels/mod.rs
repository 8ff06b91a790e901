//! Channels: values handed from task to task, with Go's semantics.
//!
//! - A channel of capacity 0 is a rendezvous: a send ends when a receive has
//!   taken the value.
//! - A channel of capacity n holds n values; a send waits while it is full, a
//!   receive while it is empty.
//! - A receive from a closed channel takes what is queued, then yields nothing.
//!   To send on a closed channel, or to close it again, panics.
//! - Dropping an end never closes: who waits for a sender that is gone waits on.
//!
//! Layout: [`Sender`] and [`Receiver`] are the ends; `state` holds the queue, who
//! waits, and the one place where an operation takes effect.
//!
//! Source: the Go specification, <https://go.dev/ref/spec#Channel_types> and
//! the sections that it names.

mod receiver;
mod sender;
mod state;

use crate::sync::{Arc, Mutex};

use crate::scheduling::context;
use state::State;

pub use receiver::{Receiver, Receiving};
pub use sender::{Sender, Sending};

/// A new channel that holds `capacity` values beside those of waiting senders.
///
/// # Panics
///
/// Outside a task.
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let id = context::with(|context| context.scheduler.next_channel_id());
    let state = Arc::new(Mutex::new(State::new(id, capacity)));
    (Sender { state: state.clone() }, Receiver { state })
}
