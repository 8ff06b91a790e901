//! Waiting for a number of tasks to be done.

use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::task::{Poll, Waker};

use crate::scheduling::context;
use crate::sync::{Arc, Mutex, lock};
use crate::trace::{Place, Reason};

/// A counter on which tasks can wait until it is zero, like Go's `sync.WaitGroup`. Clones share the
/// counter.
#[derive(Clone, Default)]
pub struct WaitGroup {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    count: i64,
    /// How often the counter has come down to zero.
    releases: u64,
    waiters: Vec<Waker>,
}

impl WaitGroup {
    /// Creates a wait group at zero.
    pub fn new() -> WaitGroup {
        WaitGroup::default()
    }

    /// Adds `delta`, which may be negative, to the counter. When the counter becomes zero, all
    /// waiting tasks go on.
    ///
    /// # Panics
    ///
    /// When the counter becomes negative.
    #[track_caller]
    pub fn add(&self, delta: i32) {
        self.add_at(delta, Location::caller());
    }

    pub(super) fn add_at(&self, delta: i32, place: Place) {
        let released = {
            let mut state = lock(&self.state);
            state.count += i64::from(delta);
            assert!(state.count >= 0, "the counter of a wait group fell below zero");
            if state.count > 0 || delta == 0 {
                return;
            }
            state.releases += 1;
            std::mem::take(&mut state.waiters)
        };
        context::wake_from(place, || released.into_iter().for_each(Waker::wake));
    }

    /// Subtracts 1 from the counter.
    ///
    /// # Panics
    ///
    /// When the counter becomes negative.
    #[track_caller]
    pub fn done(&self) {
        self.add(-1);
    }

    /// Waits until the counter is zero.
    ///
    /// # Panics
    ///
    /// When awaited outside a task, unless the counter is zero.
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = ()> {
        self.wait_at(Location::caller())
    }

    pub(super) async fn wait_at(&self, place: Place) {
        let mut entered = None;
        poll_fn(|cx| {
            let mut state = lock(&self.state);
            // A task that was released goes on, even if the counter has risen again since then.
            if state.count == 0 || entered.is_some_and(|releases| releases != state.releases) {
                return Poll::Ready(());
            }
            if entered.is_none() {
                entered = Some(state.releases);
                state.waiters.push(cx.waker().clone());
            }
            context::with(|context| context.will_stop(Reason::WaitGroup, None, Some(place)));
            Poll::Pending
        })
        .await;
    }
}

impl fmt::Debug for WaitGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = lock(&self.state);
        let (count, waiting) = (state.count, state.waiters.len());
        f.debug_struct("WaitGroup").field("count", &count).field("waiting", &waiting).finish()
    }
}
