//! The receiving end of a channel.

use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::state::{Key, Received, State, WaitResult};
use crate::scheduling::context;
use crate::sync::{Arc, Mutex, lock};
use crate::trace::{Place, Reason};

/// The receiving end of a channel. Clones receive from the same channel, and each value goes to
/// only one of them.
pub struct Receiver<T> {
    pub(super) state: Arc<Mutex<State<T>>>,
}

impl<T> Receiver<T> {
    /// Receives the next value, and waits until there is a value. Returns `None` if the channel is
    /// closed and empty. If the future is dropped after a sender has given it a value, that value
    /// is dropped as well.
    ///
    /// # Panics
    ///
    /// When awaited outside a task.
    #[track_caller]
    pub fn recv(&self) -> Receiving<'_, T> {
        Receiving { channel: self, key: None, place: Location::caller() }
    }
}

impl<T> Receiver<T> {
    /// Removes the waiter at `key`. If the waiter has received a value, the value is dropped after
    /// the lock is released.
    #[cold]
    fn remove(&self, key: Key) {
        let value = lock(&self.state).remove(key);
        drop(value);
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Receiver<T> {
        Receiver { state: self.state.clone() }
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("channel", &lock(&self.state).id).finish()
    }
}

/// A receive in progress.
pub struct Receiving<'a, T> {
    channel: &'a Receiver<T>,
    key: Option<Key>,
    place: Place,
}

// No field is ever pinned.
impl<T> Unpin for Receiving<'_, T> {}

impl<T> Future for Receiving<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        context::with(|context| {
            let mut state = lock(&self.channel.state);
            let received = match self.key {
                None => state.receive(context, cx.waker(), self.place),
                Some(key) if state.wait_result(key) == WaitResult::Waits => Received::Waits(key),
                Some(key) => {
                    self.key = None;
                    match state.remove(key) {
                        Some(value) => Received::Value(value, None),
                        None => Received::Closed,
                    }
                }
            };
            if let Received::Waits(_) = received {
                context.will_stop(Reason::Receive, Some(state.id), Some(self.place));
            }
            drop(state);
            match received {
                Received::Value(value, wake) => {
                    let place = Some(self.place);
                    wake.into_iter().for_each(|(at, waker)| context.wake_at(at, place, waker));
                    Poll::Ready(Some(value))
                }
                Received::Waits(key) => {
                    self.key = Some(key);
                    Poll::Pending
                }
                Received::Closed => Poll::Ready(None),
            }
        })
    }
}

impl<T> Drop for Receiving<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.channel.remove(key);
        }
    }
}

impl<T> fmt::Debug for Receiving<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiving").field("from", self.channel).finish()
    }
}
