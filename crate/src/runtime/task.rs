//! A task: an independently executing function, with an id and a name.
//!
//! A task is an `async_task` cell whose future is wrapped in [`Turns`], which
//! counts and records what happens to it. Its state changes only under the
//! cell's own protocol: the wrapper writes it while the task runs, and whoever
//! makes a blocked task ready writes it while nobody else can. That is why
//! relaxed atomics suffice here: `async_task` orders the accesses.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use pin_project_lite::pin_project;

use super::context::{self, Context};
use super::end::Outcome;
use super::scheduler::Scheduler;
use crate::sync::{Arc, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use crate::trace::{ChannelId, EndedBy, Event, MAIN, Name, Nanos, Reason, TaskId, TaskSums};

/// A cell that can be run, held by whoever is to run it.
pub(crate) type Runnable = async_task::Runnable<Arc<Task>>;

/// Cells whose future has not been dropped, over all runs.
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// How many tasks' futures are alive, over all runs of this process. None are when no run is in
/// progress.
pub fn live_cells() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// Starts a task, as Go's `go` statement does: it runs when a processor comes to it, and
/// nothing waits for it unless it is told to.
///
/// # Panics
///
/// Outside a task.
pub fn go(name: impl Into<Name>, future: impl Future<Output = ()> + Send + 'static) {
    context::with(|context| {
        let parent = Some(context.task());
        let runnable = create(
            &context.scheduler,
            context.writer(),
            parent,
            name.into(),
            future,
            context.now(),
        );
        context.scheduler.push(Some(context), runnable);
    });
}

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Able to run.
    Ready,
    /// Inside a processor.
    Running,
    /// Waiting, perhaps on a channel.
    Blocked(Reason, Option<ChannelId>),
}

impl State {
    const READY: u64 = 0;
    const RUNNING: u64 = 1;
    const BLOCKED: u64 = 2;

    /// Kind in the lowest byte, reason in the next, channel + 1 in the upper half.
    fn encode(self) -> u64 {
        match self {
            State::Ready => Self::READY,
            State::Running => Self::RUNNING,
            State::Blocked(reason, channel) => {
                let channel = channel.map_or(0, |channel| u64::from(channel) + 1);
                Self::BLOCKED | (reason as u64) << 8 | channel << 32
            }
        }
    }

    fn decode(word: u64) -> State {
        match word & 0xff {
            Self::READY => State::Ready,
            Self::RUNNING => State::Running,
            _ => State::Blocked(
                Reason::ALL[(word >> 8 & 0xff) as usize],
                (word >> 32).checked_sub(1).map(|channel| channel as ChannelId),
            ),
        }
    }
}

/// The time that a task has not had its first turn.
const NEVER: Nanos = Nanos::MAX;

/// What the runtime knows of a task.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: TaskId,
    pub(crate) name: Name,
    pub(crate) scheduler: Arc<Scheduler>,
    parent: Option<TaskId>,
    /// Its place among the run's live tasks.
    key: AtomicU32,
    transition: AtomicU32,
    state: AtomicU64,
    /// Since when it is in its state.
    since: AtomicU64,
    created: Nanos,
    first_run: AtomicU64,
    running: AtomicU64,
    ready: AtomicU64,
    blocked: AtomicU64,
}

impl Task {
    pub(crate) fn state(&self) -> State {
        State::decode(self.state.load(Ordering::Relaxed))
    }

    /// Goes over to `state` at `now` and returns the number of this transition.
    fn change(&self, state: State, now: Nanos) -> u32 {
        self.account(now);
        self.state.store(state.encode(), Ordering::Relaxed);
        let transition = self.transition.load(Ordering::Relaxed) + 1;
        self.transition.store(transition, Ordering::Relaxed);
        transition
    }

    /// Adds the time since the last change to the state's sum. What lies after the run's end
    /// does not count.
    fn account(&self, now: Nanos) {
        let now = now.min(self.scheduler.ended_at());
        let since = self.since.load(Ordering::Relaxed);
        let sum = match self.state() {
            State::Ready => &self.ready,
            State::Running => &self.running,
            State::Blocked(..) => &self.blocked,
        };
        sum.store(sum.load(Ordering::Relaxed) + now.saturating_sub(since), Ordering::Relaxed);
        self.since.store(since.max(now), Ordering::Relaxed);
    }

    /// Makes a blocked task ready; `None` when it was not blocked, as a new task, one that
    /// yielded and one that is cancelled are not.
    pub(crate) fn make_ready(&self, at: Nanos) -> Option<u32> {
        matches!(self.state(), State::Blocked(..)).then(|| self.change(State::Ready, at))
    }

    fn sums(&self, ended: Nanos, ended_by: EndedBy) -> TaskSums {
        let first_run = self.first_run.load(Ordering::Relaxed);
        TaskSums {
            task: self.id,
            parent: self.parent,
            created: self.created,
            first_run: (first_run != NEVER).then_some(first_run),
            ended,
            ended_by,
            running: self.running.load(Ordering::Relaxed),
            ready: self.ready.load(Ordering::Relaxed),
            blocked: self.blocked.load(Ordering::Relaxed),
        }
    }
}

/// Creates a task and enters it among the run's live ones. What is returned makes it run.
pub(crate) fn create(
    scheduler: &Arc<Scheduler>,
    writer: usize,
    parent: Option<TaskId>,
    name: Name,
    future: impl Future<Output = ()> + Send + 'static,
    now: Nanos,
) -> Runnable {
    let id = scheduler.next_task_id();
    scheduler.recorder.record(writer, now, Event::TaskCreated { task: id, parent });
    scheduler.recorder.name(writer, id, name.clone());
    let task = Arc::new(Task {
        id,
        name,
        scheduler: scheduler.clone(),
        parent,
        key: AtomicU32::new(0),
        transition: AtomicU32::new(0),
        state: AtomicU64::new(State::Ready.encode()),
        since: AtomicU64::new(now),
        created: now,
        first_run: AtomicU64::new(NEVER),
        running: AtomicU64::new(0),
        ready: AtomicU64::new(0),
        blocked: AtomicU64::new(0),
    });
    LIVE.fetch_add(1, Ordering::Relaxed);
    let turns = Turns { task: task.clone(), ended: None, future: Some(future) };
    let (runnable, handle) =
        async_task::Builder::new().metadata(task).spawn(|_| turns, async_task::WithInfo(schedule));
    handle.detach();
    let task = runnable.metadata();
    task.key.store(scheduler.enlist(runnable.waker(), task.clone()), Ordering::Relaxed);
    runnable
}

/// Called by a task's wakers.
fn schedule(runnable: Runnable, info: async_task::ScheduleInfo) {
    let scheduler = runnable.metadata().scheduler.clone();
    context::find(&scheduler, |context| {
        scheduler.make_ready(context, runnable, info.woken_while_running);
    });
}

pin_project! {
    /// A task's future, with what is recorded at each of its turns.
    struct Turns<F> {
        task: Arc<Task>,
        // When and how it ended, once it has.
        ended: Option<(Nanos, EndedBy)>,
        // Gone as soon as it has returned, so that its destructors run inside the task.
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for Turns<F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            let task = &*this.task;
            let scheduler = &task.scheduler;
            let (at, by) = this.ended.unwrap_or_else(|| scheduler.ends_the_rest());
            task.account(at);
            scheduler.recorder.ended(scheduler.host(), task.sums(at, by));
            scheduler.strike(task.key.load(Ordering::Relaxed));
            LIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl<F: Future<Output = ()>> Future for Turns<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> Poll<()> {
        let mut this = self.project();
        context::with(|context| {
            let started = begin(context, this.task);
            let result = catch_unwind(AssertUnwindSafe(|| {
                let Some(future) = this.future.as_mut().as_pin_mut() else {
                    return Poll::Ready(());
                };
                let poll = future.poll(cx);
                if poll.is_ready() {
                    this.future.set(None);
                }
                poll
            }));
            let now = context.now();
            let task = this.task;
            let ended_by = match result {
                Ok(Poll::Pending) => {
                    stop(context, task, now);
                    context.leave_task(started, now);
                    return Poll::Pending;
                }
                Ok(Poll::Ready(())) => EndedBy::Returned,
                Err(panic) => {
                    let what = sentence(panic.as_ref());
                    let message = format!("Task “{}” panicked: {what}", task.name);
                    context.scheduler.end(Outcome::Panicked, message, now);
                    EndedBy::Panicked
                }
            };
            let transition = task.change(State::Ready, now);
            context.record(now, Event::TaskEnded { task: task.id, transition, by: ended_by });
            *this.ended = Some((now, ended_by));
            context.leave_task(started, now);
            if task.id == MAIN {
                context.scheduler.end(Outcome::Completed, String::new(), now);
            }
            Poll::Ready(())
        })
    }
}

/// The processor enters the task; returns when.
fn begin(context: &Context, task: &Task) -> Nanos {
    let now = context.turn_begins(task.id);
    if task.first_run.load(Ordering::Relaxed) == NEVER {
        task.first_run.store(now, Ordering::Relaxed);
        if task.id == MAIN {
            context.scheduler.main_starts(now);
        }
    }
    let transition = task.change(State::Running, now);
    context.record(now, Event::TaskStarted { task: task.id, transition });
    now
}

/// The task gives its processor up and will go on later. Recorded before the cell lets go of
/// it, so that nobody can have started it elsewhere.
fn stop(context: &Context, task: &Task, now: Nanos) {
    let (reason, channel) = context.take_reason();
    let state = match reason {
        Reason::Yielded => State::Ready,
        _ => State::Blocked(reason, channel),
    };
    let transition = task.change(state, now);
    context.record(now, Event::TaskStopped { task: task.id, transition, reason, channel });
}

/// What a panic said.
fn sentence(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it gave no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_encoding() {
        let blocked = Reason::ALL.map(|reason| State::Blocked(reason, None));
        let on_channel =
            [0, 7, ChannelId::MAX - 1].map(|id| State::Blocked(Reason::Send, Some(id)));
        for state in [State::Ready, State::Running].into_iter().chain(blocked).chain(on_channel) {
            assert_eq!(State::decode(state.encode()), state);
        }
    }
}
