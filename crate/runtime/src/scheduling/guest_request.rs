//! A goroutine's request to the world outside, and its answer as numbers.

use std::task::{Wake, Waker};

use super::context::{self, Context};
use super::poller::{AnswerSlot, Completion, Request, Response, Slot};
use super::scheduler::Scheduler;
use crate::sync::{Arc, Mutex, lock};

/// Hands a request of the goroutine with this number to the run's poller. The answer wakes the
/// goroutine. Returns `None` if the run has no poller.
pub(super) fn submit(context: &Context, number: u32, request: Request) -> Option<AnswerSlot> {
    let scheduler = context.scheduler.clone();
    let poller = scheduler.settings.poller.clone()?;
    let waker = Waker::from(Arc::new(WakesGoroutine { scheduler: scheduler.clone(), number }));
    let slot = Arc::new(Mutex::new(Slot { answer: None, waker: Some(waker) }));
    poller.submit(request, Completion::new(scheduler, slot.clone()));
    Some(slot)
}

/// Returns a part of the answer in a slot, as a number; 0 while there is no answer. The parts are those
/// of [`guest_calls::answer`](super::guest_calls::answer).
pub(super) fn part(slot: &AnswerSlot, part: u32) -> u64 {
    match &lock(slot).answer {
        None => 0,
        Some(Ok(Response { status, bytes })) => {
            [u64::from(*status), *bytes].get(part as usize).copied().unwrap_or(0)
        }
        Some(Err(message)) => match part {
            0 | 1 => 0,
            2 => message.len() as u64,
            _ => eight_bytes(message.as_bytes(), part as usize - 3),
        },
    }
}

/// Returns eight bytes of a text as a number, the first byte lowest. Bytes after the end are 0.
fn eight_bytes(text: &[u8], index: usize) -> u64 {
    let chunk = text.chunks(8).nth(index).unwrap_or_default();
    chunk.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A waker that wakes a goroutine.
struct WakesGoroutine {
    scheduler: Arc<Scheduler>,
    number: u32,
}

impl Wake for WakesGoroutine {
    fn wake(self: Arc<Self>) {
        let scheduler = &self.scheduler;
        context::find(Arc::as_ptr(scheduler), |context| match context {
            Some(context) => context.wake_goroutine(self.number, 0),
            None => scheduler.wake_goroutine(self.number),
        });
    }
}
