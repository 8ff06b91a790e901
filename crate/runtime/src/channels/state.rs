//! What the ends of a channel share.
//!
//! Under the lock an operation takes effect, gets its number and its time; so
//! numbers and times run alike. Who completes an operation records it, also
//! for the other side of a rendezvous, which may be asleep: one moment, one
//! reading of the clock, for both and for who is made ready by it.

use std::collections::VecDeque;
use std::task::Waker;

use slab::Slab;

use crate::scheduling::context::Context;
use crate::trace::{ChannelId, ChannelOp, Event, Nanos, TaskId};

/// The place of one who waits.
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

/// Somebody who waits, on either side.
#[derive(Debug)]
struct Waiter<T> {
    task: TaskId,
    /// Until it has been used.
    waker: Option<Waker>,
    /// On the sending side what is to be sent, on the receiving side what has come.
    value: Option<T>,
    met: Met,
}

/// What has become of somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// Nothing yet.
    Nobody,
    /// The other side came, and the value has changed hands.
    OtherSide,
    /// The channel was closed.
    Close,
}

/// Who is to be woken, and since when it is ready.
pub(super) type Wake = (Nanos, Waker);

/// What a send has come to.
#[derive(Debug)]
pub(super) enum Sent {
    /// The value is in the channel or with a receiver, who is to be woken.
    Done(Option<Wake>),
    /// There is no room; the sender waits in this place.
    Waits(Key),
    /// The channel is closed.
    Closed,
}

/// What a receive has come to.
#[derive(Debug)]
pub(super) enum Received<T> {
    /// A value, and a sender who is to be woken.
    Value(T, Option<Wake>),
    /// There is nothing; the receiver waits in this place.
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

    /// Closes the channel and returns who waits and is to be woken; `None` when it was closed.
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

    /// What has become of who waits at `key`.
    #[inline]
    pub(super) fn met(&self, key: Key) -> Met {
        self.waiters[key].met
    }

    /// Who waited at `key` goes: hands back what was to be sent, or what has come.
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

    /// Gives a waiting receiver its value.
    #[inline]
    fn meet(&mut self, key: Key, value: Option<T>) -> (TaskId, Option<Waker>) {
        let waiter = &mut self.waiters[key];
        waiter.met = Met::OtherSide;
        waiter.value = value;
        (waiter.task, waiter.waker.take())
    }

    /// Takes a waiting sender's value.
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
