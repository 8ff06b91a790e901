//! The state that the ends of a channel share.
//!
//! An operation takes effect while its task holds the channel's lock. It gets its number and its
//! time under the same lock, so numbers and times are in the same order. The task that completes a
//! rendezvous records the operations of both sides, because the other task may be blocked. Both
//! operations have the same time. It is also the time from which the other task is ready.

use std::collections::VecDeque;
use std::task::Waker;

use slab::Slab;

use crate::scheduling::context::Context;
use crate::trace::{ChannelId, ChannelOp, Event, Nanos, Place, TaskId};

/// The index of a waiter in `State::waiters`.
pub(super) type Key = usize;

#[derive(Debug)]
pub(super) struct State<T> {
    pub(super) id: ChannelId,
    capacity: usize,
    queue: VecDeque<T>,
    waiters: Slab<Waiter<T>>,
    senders: VecDeque<Key>,
    receivers: VecDeque<Key>,
    closed: bool,
    operations: u32,
}

/// A task that uses a channel, and the place at which it uses the channel.
#[derive(Clone, Copy, Debug)]
struct User {
    task: TaskId,
    place: Place,
}

/// A task that waits to send or to receive.
#[derive(Debug)]
struct Waiter<T> {
    user: User,
    /// The task's waker; `None` once it has been used.
    waker: Option<Waker>,
    /// For a sender, the value to send. For a receiver, the received value; `None` before there is
    /// one.
    value: Option<T>,
    result: WaitResult,
}

/// The result of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitResult {
    /// The task still waits.
    Waits,
    /// A task on the other side came, and the value was passed.
    Done,
    /// The channel was closed.
    Closed,
}

/// The waker of a task that the caller has to wake, and the time from which the task is ready.
pub(super) type Wake = (Nanos, Waker);

/// The result of a send.
#[derive(Debug)]
pub(super) enum Sent {
    /// The value is in the queue, or a receiver has it. The caller has to wake this receiver.
    Done(Option<Wake>),
    /// There is no room. The sender waits under this key.
    Waits(Key),
    /// The channel is closed.
    Closed,
}

/// The result of a receive.
#[derive(Debug)]
pub(super) enum Received<T> {
    /// The received value. If a waiting sender can continue, the caller has to wake it.
    Value(T, Option<Wake>),
    /// There is no value. The receiver waits under this key.
    Waits(Key),
    /// The channel is closed and empty.
    Closed,
}

impl<T> State<T> {
    pub(super) fn new(id: ChannelId, capacity: usize) -> State<T> {
        State {
            id,
            capacity,
            queue: VecDeque::new(),
            waiters: Slab::new(),
            senders: VecDeque::new(),
            receivers: VecDeque::new(),
            closed: false,
            operations: 0,
        }
    }

    pub(super) fn send(
        &mut self,
        context: &Context,
        value: T,
        waker: &Waker,
        place: Place,
    ) -> Sent {
        let sender = User { task: context.task(), place };
        if self.closed {
            return Sent::Closed;
        }
        if let Some(receiver) = self.receivers.pop_front() {
            let now = context.stamp();
            let (receiver, waker) = self.complete(receiver, Some(value));
            self.record(context, now, ChannelOp::Send, sender);
            self.record(context, now, ChannelOp::Receive, receiver);
            return Sent::Done(waker.map(|waker| (now, waker)));
        }
        if self.queue.len() < self.capacity {
            self.queue.push_back(value);
            self.record(context, context.stamp(), ChannelOp::Send, sender);
            return Sent::Done(None);
        }
        let key = self.wait(sender, waker, Some(value));
        self.senders.push_back(key);
        Sent::Waits(key)
    }

    pub(super) fn receive(
        &mut self,
        context: &Context,
        waker: &Waker,
        place: Place,
    ) -> Received<T> {
        let receiver = User { task: context.task(), place };
        if let Some(value) = self.queue.pop_front() {
            let now = context.stamp();
            self.record(context, now, ChannelOp::Receive, receiver);
            let wake = self.senders.pop_front().and_then(|sender| {
                let (sender, waker, value) = self.take(sender);
                self.queue.extend(value);
                self.record(context, now, ChannelOp::Send, sender);
                waker.map(|waker| (now, waker))
            });
            return Received::Value(value, wake);
        }
        if let Some(sender) = self.senders.pop_front() {
            let now = context.stamp();
            let (sender, waker, value) = self.take(sender);
            self.record(context, now, ChannelOp::Send, sender);
            self.record(context, now, ChannelOp::Receive, receiver);
            let value = value.expect("a waiting sender has its value");
            return Received::Value(value, waker.map(|waker| (now, waker)));
        }
        if self.closed {
            return Received::Closed;
        }
        let key = self.wait(receiver, waker, None);
        self.receivers.push_back(key);
        Received::Waits(key)
    }

    /// Closes the channel, and returns the waiting tasks, which the caller has to wake. Returns
    /// `None` if the channel was closed already.
    pub(super) fn close(&mut self, context: &Context, place: Place) -> Option<Vec<Wake>> {
        if std::mem::replace(&mut self.closed, true) {
            return None;
        }
        let now = context.stamp();
        self.record(context, now, ChannelOp::Close, User { task: context.task(), place });
        let waiting = self.senders.drain(..).chain(self.receivers.drain(..));
        let wake = |key| {
            let waiter = &mut self.waiters[key];
            waiter.result = WaitResult::Closed;
            waiter.waker.take().map(|waker| (now, waker))
        };
        Some(waiting.filter_map(wake).collect())
    }

    /// Returns the result of the wait at `key`.
    #[inline]
    pub(super) fn wait_result(&self, key: Key) -> WaitResult {
        self.waiters[key].result
    }

    /// Removes the waiter at `key`. Returns the waiter's value: a sender's value that no receive
    /// has taken, or the value that a receiver has received.
    #[inline]
    pub(super) fn remove(&mut self, key: Key) -> Option<T> {
        let waiter = self.waiters.remove(key);
        if waiter.result == WaitResult::Waits {
            self.senders.retain(|other| *other != key);
            self.receivers.retain(|other| *other != key);
        }
        waiter.value
    }

    #[inline]
    fn wait(&mut self, user: User, waker: &Waker, value: Option<T>) -> Key {
        self.waiters.insert(Waiter {
            user,
            waker: Some(waker.clone()),
            value,
            result: WaitResult::Waits,
        })
    }

    /// Ends the wait at `key` as done. `value` is the value for a waiting receiver.
    #[inline]
    fn complete(&mut self, key: Key, value: Option<T>) -> (User, Option<Waker>) {
        let waiter = &mut self.waiters[key];
        waiter.result = WaitResult::Done;
        waiter.value = value;
        (waiter.user, waiter.waker.take())
    }

    /// Takes the value of the sender that waits at `key`, and ends the wait.
    #[inline]
    fn take(&mut self, key: Key) -> (User, Option<Waker>, Option<T>) {
        let value = self.waiters[key].value.take();
        let (user, waker) = self.complete(key, None);
        (user, waker, value)
    }

    #[inline(always)]
    fn record(&mut self, context: &Context, at: Nanos, op: ChannelOp, user: User) {
        let operation = self.operations;
        self.operations += 1;
        let length = self.queue.len() as u32;
        let event = Event::Channel { channel: self.id, op, task: user.task, operation, length };
        context.record_at(at, Some(user.place), event);
    }
}
