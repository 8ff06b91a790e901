//! What a task's code can ask of the processor that it is on.
//!
//! A thread that drives a processor carries its context, so that `go` or a
//! channel need no handle, as they need none in Go.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::task::Waker;

use crossbeam_deque::Worker;

use super::cell::Runnable;
use super::scheduler::Scheduler;
use crate::clock::Axis;
use crate::sync::{Arc, Ordering};
use crate::trace::{ChannelId, Event, Line, Nanos, ProcessorId, Reason, TaskId};

thread_local! {
    static CURRENT: RefCell<Option<Rc<Context>>> = const { RefCell::new(None) };
}

/// A processor as its tasks see it.
pub(crate) struct Context {
    pub(crate) scheduler: Arc<Scheduler>,
    /// The processor's id.
    pub(crate) id: usize,
    pub(crate) queue: Worker<Runnable>,
    pub(crate) axis: Axis,
    task: Cell<Option<TaskId>>,
    /// When the present turn began.
    turn_began: Cell<Option<Nanos>>,
    /// The last reading of the clock, if nothing but a look at the own queue has happened since.
    fresh: Cell<Option<Nanos>>,
    /// When the thread is wanted elsewhere, if it is.
    budget_ends: Cell<Option<Nanos>>,
    /// Whether the present task's stop makes way for the thread's other things,
    makes_way: Cell<bool>,
    /// and the task that did, which goes on before any other.
    made_way: Cell<Option<Runnable>>,
    /// Why the present turn is about to end.
    reason: Cell<(Reason, Option<ChannelId>)>,
    /// The moment at which a task is being made ready, if a reading is at hand.
    moment: Cell<Option<Nanos>>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, task) = (self.id, self.task.get());
        f.debug_struct("Context").field("id", &id).field("task", &task).finish_non_exhaustive()
    }
}

impl Context {
    pub(crate) fn new(
        scheduler: Arc<Scheduler>,
        id: usize,
        queue: Worker<Runnable>,
        axis: Axis,
    ) -> Context {
        Context {
            scheduler,
            id,
            queue,
            axis,
            task: Cell::new(None),
            turn_began: Cell::new(None),
            fresh: Cell::new(None),
            budget_ends: Cell::new(None),
            makes_way: Cell::new(false),
            made_way: Cell::new(None),
            reason: Cell::new((Reason::Io, None)),
            moment: Cell::new(None),
        }
    }

    pub(crate) fn now(&self) -> Nanos {
        self.axis.now()
    }

    /// The time for an event. Zero when nothing is recorded: a reading costs more than a switch.
    pub(crate) fn stamp(&self) -> Nanos {
        if self.scheduler.settings.traced { self.now() } else { 0 }
    }

    /// The reading behind a stamp, taken now if nothing was recorded.
    pub(crate) fn read_if_unread(&self, stamp: Nanos) -> Nanos {
        if self.scheduler.settings.traced { stamp } else { self.now() }
    }

    /// Which log this processor writes.
    pub(crate) fn writer(&self) -> usize {
        self.id
    }

    pub(crate) fn record(&self, at: Nanos, event: Event) {
        self.scheduler.recorder.record(self.writer(), at, event);
    }

    /// The task that the processor is inside.
    ///
    /// # Panics
    ///
    /// Between two turns.
    pub(crate) fn task(&self) -> TaskId {
        self.task.get().expect("only a task may ask for this")
    }

    /// The task that the processor is inside, if it is inside one.
    pub(crate) fn inside(&self) -> Option<TaskId> {
        self.task.get()
    }

    /// A turn of `task` begins; returns when. The end of the turn before serves as the reading
    /// if only a look at the own queue lies between: that takes less than a clock can tell.
    pub(crate) fn turn_begins(&self, task: TaskId) -> Nanos {
        let now = self.fresh.take().unwrap_or_else(|| self.stamp());
        self.turn_began.set(self.scheduler.settings.traced.then_some(now));
        self.task.set(Some(task));
        now
    }

    /// A turn that began at `began` is over at `now`.
    pub(crate) fn leave_task(&self, began: Nanos, now: Nanos) {
        self.task.set(None);
        if !self.scheduler.settings.traced {
            return;
        }
        self.fresh.set(Some(now));
        let counters = self.scheduler.counters(self.id);
        let counted = now.min(self.scheduler.ended_at()).saturating_sub(began);
        counters.busy.fetch_add(counted, Ordering::Relaxed);
        counters.switches.fetch_add(1, Ordering::Relaxed);
    }

    /// A waker on this processor's thread has made a task ready.
    pub(crate) fn make_ready(&self, runnable: Runnable, woken_while_running: bool) {
        if !self.scheduler.is_ending() {
            let task = runnable.metadata();
            let by = self.inside().filter(|_| !woken_while_running);
            let at = self.moment.get().unwrap_or_else(|| self.stamp());
            if let Some(transition) = task.make_ready(at) {
                self.record(at, Event::TaskReady { task: task.id, transition, by });
            }
        }
        self.push(runnable);
    }

    /// Queues a ready task here and sees to it that another processor comes if it has nothing
    /// better to do.
    pub(crate) fn push(&self, runnable: Runnable) {
        if self.makes_way.take() {
            self.made_way.set(Some(runnable));
            return;
        }
        self.queue.push(runnable);
        if self.scheduler.settings.processors > 1 {
            self.scheduler.idle.work_has_come();
        }
    }

    /// The reading at the end of the last turn, while it is fresh.
    pub(crate) fn fresh(&self) -> Option<Nanos> {
        self.fresh.get()
    }

    /// Something that takes time has happened since the last turn.
    pub(crate) fn spoil(&self) {
        self.fresh.set(None);
    }

    /// Wakes a task that is ready from `at` on: of what happened then there is a reading already,
    /// and for a sleeper it is its deadline, however late a processor looked.
    pub(crate) fn wake_at(&self, at: Nanos, waker: Waker) {
        self.moment.set(Some(at));
        waker.wake();
        self.moment.set(None);
    }

    /// The thread has other things to do from `ends` on.
    pub(crate) fn set_budget(&self, ends: Nanos) {
        self.budget_ends.set(Some(ends));
    }

    /// Whether the thread is wanted elsewhere, so that the calling task has to make way. It will
    /// go on before any other: no task has had its turn meanwhile.
    pub(crate) fn has_to_make_way(&self) -> bool {
        let over = self.budget_ends.get().is_some_and(|ends| self.now() >= ends);
        if over {
            self.budget_ends.set(None);
            self.makes_way.set(true);
        }
        over
    }

    /// The task that made way, if one did.
    pub(crate) fn take_made_way(&self) -> Option<Runnable> {
        self.made_way.take()
    }

    /// How long the present turn has lasted; without a trace, how long since it first asked.
    pub(crate) fn turn_lasted(&self) -> Nanos {
        let now = self.now();
        let began = self.turn_began.get().unwrap_or(now);
        self.turn_began.set(Some(began));
        now.saturating_sub(began)
    }

    /// The task is about to give its processor up, and this is why.
    pub(crate) fn will_stop(&self, reason: Reason, channel: Option<ChannelId>) {
        self.reason.set((reason, channel));
    }

    /// Why the turn ended. A future that did not say waits for something outside the runtime.
    pub(crate) fn take_reason(&self) -> (Reason, Option<ChannelId>) {
        self.reason.replace((Reason::Io, None))
    }
}

/// Makes `context` this thread's, until the guard is dropped.
pub(crate) fn enter(context: Rc<Context>) -> Entered {
    let before = CURRENT.replace(Some(context));
    assert!(before.is_none(), "a thread drives one processor at a time");
    Entered
}

/// Ends what [`enter`] began.
#[derive(Debug)]
pub(crate) struct Entered;

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

/// Calls `f` with the context of this thread.
///
/// # Panics
///
/// On a thread that drives no processor.
pub(crate) fn with<T>(f: impl FnOnce(&Context) -> T) -> T {
    CURRENT.with_borrow(|current| {
        f(current.as_ref().expect("this is for the tasks of a run: call it inside one"))
    })
}

/// Calls `f` with this thread's context if it drives a processor of `scheduler`.
pub(crate) fn find<T>(scheduler: *const Scheduler, f: impl FnOnce(Option<&Context>) -> T) -> T {
    CURRENT.with_borrow(|current| {
        f(current.as_deref().filter(|context| Arc::as_ptr(&context.scheduler) == scheduler))
    })
}

/// Now, in nanoseconds on the run's axis.
///
/// # Panics
///
/// Outside a task.
pub fn now() -> Nanos {
    with(Context::now)
}

/// The processor that the calling task is on. It may be another after the next `await`.
///
/// # Panics
///
/// Outside a task.
pub fn processor() -> ProcessorId {
    with(|context| context.id as ProcessorId)
}

/// Writes a line of output.
///
/// # Panics
///
/// Outside a task.
pub fn print(text: impl Into<String>) {
    with(|context| {
        let line = Line { at: context.now(), task: context.task(), text: text.into() };
        context.scheduler.recorder.line(context.writer(), line);
    });
}
