//! Channels, which pass values from task to task, with Go's semantics.
//!
//! - A channel of capacity 0 is a rendezvous: a send ends when a receive has taken the value.
//! - A channel of capacity n queues up to n values. A send waits while the queue is full, a receive
//!   waits while it is empty.
//! - A receive from a closed channel takes a queued value, or returns `None` if there is none. A
//!   send on a closed channel panics, and so does closing a channel twice.
//! - Dropping an end never closes the channel: a receive still waits when all senders are dropped.
//!
//! Layout: [`Sender`] and [`Receiver`] are the ends. `state` holds the queue and the waiting tasks,
//! and is the only module in which an operation takes effect.
//!
//! Source: the Go specification, <https://go.dev/ref/spec#Channel_types> and the sections to which
//! that section refers.

mod receiver;
mod sender;
mod state;

use crate::sync::{Arc, Mutex};

use crate::scheduling::context;
use state::State;

pub use receiver::{Receiver, Receiving};
pub use sender::{Sender, Sending};

/// Creates a channel that queues up to `capacity` values. The values of waiting senders do not
/// count towards the capacity.
///
/// # Panics
///
/// On a thread that drives no processor.
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let id = context::with(|context| context.scheduler.next_channel_id());
    let state = Arc::new(Mutex::new(State::new(id, capacity)));
    (Sender { state: state.clone() }, Receiver { state })
}
