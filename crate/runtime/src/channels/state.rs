//! The state that the ends of a channel share.
//!
//! An operation takes effect under the channel's lock, and gets its number and its time there. So
//! numbers and times are given in the same order. The task that completes a rendezvous also records
//! the operation of the other side, whose task may be blocked. Both operations, and the task that
//! becomes ready, share one reading of the clock.

use std::collections::VecDeque;
use std::task::Waker;

use slab::Slab;

use crate::scheduling::context::Context;
use crate::trace::{ChannelId, ChannelOp, Event, Nanos, TaskId};

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

/// A task that waits to send or to receive.
#[derive(Debug)]
struct Waiter<T> {
    task: TaskId,
    /// The task's waker; `None` once it has been used.
    waker: Option<Waker>,
    /// For a sender, the value to send. For a receiver, the value received, if there is one yet.
    value: Option<T>,
    met: Met,
}

/// The result of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// None yet: the task still waits.
    Nobody,
    /// A task on the other side came, and the value was passed.
    OtherSide,
    /// The channel was closed.
    Close,
}

/// The waker of a task that the caller has to wake, and the time from which the task is ready.
pub(super) type Wake = (Nanos, Waker);

/// The result of a send.
#[derive(Debug)]
pub(super) enum Sent {
    /// The value is in the queue, or with a receiver that the caller has to wake.
    Done(Option<Wake>),
    /// There is no room. The sender waits under this key.
    Waits(Key),
    /// The channel is closed.
    Closed,
}

/// The result of a receive.
#[derive(Debug)]
pub(super) enum Received<T> {
    /// A value. The caller has to wake the sender, if there is one.
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

    pub(super) fn send(&mut self, context: &Context, value: T, waker: &Waker) -> Sent {
        let task = context.task();
        if self.closed {
            return Sent::Closed;
        }
        if let Some(receiver) = self.receivers.pop_front() {
            let now = context.stamp();
            let (receiver_task, receiver_waker) = self.meet(receiver, Some(value));
            self.record(context, now, ChannelOp::Send, task);
            self.record(context, now, ChannelOp::Receive, receiver_task);
            return Sent::Done(receiver_waker.map(|waker| (now, waker)));
        }
        if self.queue.len() < self.capacity {
            self.queue.push_back(value);
            self.record(context, context.stamp(), ChannelOp::Send, task);
            return Sent::Done(None);
        }
        let key = self.wait(task, waker, Some(value));
        self.senders.push_back(key);
        Sent::Waits(key)
    }

    pub(super) fn receive(&mut self, context: &Context, waker: &Waker) -> Received<T> {
        let task = context.task();
        if let Some(value) = self.queue.pop_front() {
            let now = context.stamp();
            self.record(context, now, ChannelOp::Receive, task);
            let sender = self.senders.pop_front().and_then(|sender| {
                let (sender_task, sender_waker, value) = self.take(sender);
                self.queue.extend(value);
                self.record(context, now, ChannelOp::Send, sender_task);
                sender_waker.map(|waker| (now, waker))
            });
            return Received::Value(value, sender);
        }
        if let Some(sender) = self.senders.pop_front() {
            let now = context.stamp();
            let (sender_task, sender_waker, value) = self.take(sender);
            self.record(context, now, ChannelOp::Send, sender_task);
            self.record(context, now, ChannelOp::Receive, task);
            let value = value.expect("a waiting sender has its value");
            return Received::Value(value, sender_waker.map(|waker| (now, waker)));
        }
        if self.closed {
            return Received::Closed;
        }
        let key = self.wait(task, waker, None);
        self.receivers.push_back(key);
        Received::Waits(key)
    }

    /// Closes the channel, and returns the waiting tasks, which the caller has to wake. Returns
    /// `None` if the channel was closed already.
    pub(super) fn close(&mut self, context: &Context) -> Option<Vec<Wake>> {
        if std::mem::replace(&mut self.closed, true) {
            return None;
        }
        let now = context.stamp();
        self.record(context, now, ChannelOp::Close, context.task());
        let waiting = self.senders.drain(..).chain(self.receivers.drain(..));
        let wake = |key| {
            let waiter = &mut self.waiters[key];
            waiter.met = Met::Close;
            waiter.waker.take().map(|waker| (now, waker))
        };
        Some(waiting.filter_map(wake).collect())
    }

    /// Returns the result of the wait at `key`.
    #[inline]
    pub(super) fn met(&self, key: Key) -> Met {
        self.waiters[key].met
    }

    /// Removes the waiter at `key`. Returns its value: one that no receive took, or one that it
    /// received.
    #[inline]
    pub(super) fn depart(&mut self, key: Key) -> Option<T> {
        let waiter = self.waiters.remove(key);
        if waiter.met == Met::Nobody {
            self.senders.retain(|other| *other != key);
            self.receivers.retain(|other| *other != key);
        }
        waiter.value
    }

    #[inline]
    fn wait(&mut self, task: TaskId, waker: &Waker, value: Option<T>) -> Key {
        self.waiters.insert(Waiter { task, waker: Some(waker.clone()), value, met: Met::Nobody })
    }

    /// Marks the wait at `key` as met. `value` is the value for a waiting receiver.
    #[inline]
    fn meet(&mut self, key: Key, value: Option<T>) -> (TaskId, Option<Waker>) {
        let waiter = &mut self.waiters[key];
        waiter.met = Met::OtherSide;
        waiter.value = value;
        (waiter.task, waiter.waker.take())
    }

    /// Takes the value of the sender that waits at `key`.
    #[inline]
    fn take(&mut self, key: Key) -> (TaskId, Option<Waker>, Option<T>) {
        let value = self.waiters[key].value.take();
        let (task, waker) = self.meet(key, None);
        (task, waker, value)
    }

    #[inline]
    fn record(&mut self, context: &Context, at: Nanos, op: ChannelOp, task: TaskId) {
        let operation = self.operations;
        self.operations += 1;
        let length = self.queue.len() as u32;
        let event = Event::Channel { channel: self.id, op, task, operation, length };
        context.record(at, event);
    }
}
