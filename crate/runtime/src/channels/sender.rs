//! The sending end of a channel.

use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::state::{Key, Sent, State, WaitResult};
use crate::scheduling::context;
use crate::sync::{Arc, Mutex, lock};
use crate::trace::{Place, Reason};

/// The sending end of a channel. Clones send on the same channel. Dropping all of them does not
/// close the channel.
pub struct Sender<T> {
    pub(super) state: Arc<Mutex<State<T>>>,
}

impl<T> Sender<T> {
    /// Sends `value`, and waits until the channel has queued the value or a receive has taken it.
    ///
    /// # Panics
    ///
    /// When awaited on a closed channel, when awaited outside a task, and when the channel is
    /// closed during the wait.
    #[track_caller]
    pub fn send(&self, value: T) -> Sending<'_, T> {
        Sending { channel: self, value: Some(value), key: None, place: Location::caller() }
    }

    /// Closes the channel. Receivers take the queued values, and then get `None`.
    ///
    /// # Panics
    ///
    /// When the channel is closed already, and when called outside a task.
    #[track_caller]
    pub fn close(&self) {
        let place = Location::caller();
        context::with(|context| {
            let waiting = lock(&self.state).close(context, place);
            let waiting = waiting.expect("close of a closed channel");
            waiting.into_iter().for_each(|(at, waker)| context.wake_at(at, Some(place), waker));
        });
    }
}

impl<T> Sender<T> {
    /// Removes the waiter at `key`. If no receive has taken the waiter's value, the value is
    /// dropped after the lock is released.
    #[cold]
    fn remove(&self, key: Key) {
        let value = lock(&self.state).remove(key);
        drop(value);
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        Sender { state: self.state.clone() }
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("channel", &lock(&self.state).id).finish()
    }
}

/// A send in progress.
pub struct Sending<'a, T> {
    channel: &'a Sender<T>,
    value: Option<T>,
    key: Option<Key>,
    place: Place,
}

// No field is ever pinned.
impl<T> Unpin for Sending<'_, T> {}

impl<T> Future for Sending<'_, T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        context::with(|context| {
            let mut state = lock(&self.channel.state);
            let sent = match (self.key, self.value.take()) {
                (Some(key), _) => match state.wait_result(key) {
                    WaitResult::Waits => Sent::Waits(key),
                    WaitResult::Done => {
                        self.key = None;
                        let value = state.remove(key);
                        debug_assert!(value.is_none(), "the other side has taken it");
                        Sent::Done(None)
                    }
                    WaitResult::Closed => Sent::Closed,
                },
                (None, Some(value)) => state.send(context, value, cx.waker(), self.place),
                (None, None) => panic!("a send that has ended was polled again"),
            };
            if let Sent::Waits(_) = sent {
                context.will_stop(Reason::Send, Some(state.id), Some(self.place));
            }
            drop(state);
            match sent {
                Sent::Done(wake) => {
                    let place = Some(self.place);
                    wake.into_iter().for_each(|(at, waker)| context.wake_at(at, place, waker));
                    Poll::Ready(())
                }
                Sent::Waits(key) => {
                    self.key = Some(key);
                    Poll::Pending
                }
                Sent::Closed => panic!("send on a closed channel"),
            }
        })
    }
}

impl<T> Drop for Sending<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.channel.remove(key);
        }
    }
}

impl<T> fmt::Debug for Sending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("on", self.channel).finish()
    }
}
