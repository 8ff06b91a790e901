//! What a task's code can ask of the processor that it is on.
//!
//! A thread that drives a processor carries its context, so that `go` or a
//! channel need no handle, as they need none in Go.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::task::Waker;

use super::queue::Queue;
use super::scheduler::{Runnable, Scheduler, Task};
use super::task::RunEnd;
use crate::sync::Arc;
use crate::time::clock::Axis;
use crate::time::pace::Pace;
use crate::trace::{
    ChannelId, Event, Line, Named, Nanos, ProcessorId, Reason, TaskId, TaskSums, WriterBuffer,
};

thread_local! {
    static CURRENT: RefCell<Option<Rc<Context>>> = const { RefCell::new(None) };
}

/// What a blocked task's processor is to do between two turns.
pub(crate) type Errand = Box<dyn FnOnce()>;

/// A processor as its tasks see it.
pub(crate) struct Context {
    pub(crate) scheduler: Arc<Scheduler>,
    /// The processor's id.
    pub(crate) id: usize,
    pub(crate) traced: bool,
    pub(crate) queue: Queue<Runnable>,
    pace: Pace,
    buffer: WriterBuffer,
    task: Cell<Option<TaskId>>,
    /// When the present turn began.
    turn_began: Cell<Option<Nanos>>,
    /// When the last turn ended, if nothing but a look at the own queue has happened since.
    fresh: Cell<Option<Nanos>>,
    /// When the thread is wanted elsewhere, if it is.
    budget_ends: Cell<Option<Nanos>>,
    /// Whether the present task's stop makes way for the thread's other things,
    makes_way: Cell<bool>,
    /// and the task that did, which goes on before any other.
    made_way: Cell<Option<Runnable>>,
    /// What the present task leaves for the processor to do after its stop.
    errand: Cell<Option<Errand>>,
    /// Whether there is such a thing, for the look after each turn.
    has_errand: Cell<bool>,
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
        queue: Queue<Runnable>,
        axis: Axis,
    ) -> Context {
        Context {
            id,
            traced: scheduler.settings.traced,
            queue,
            pace: Pace::new(axis),
            buffer: WriterBuffer::new(&scheduler.recorder, id),
            task: Cell::new(None),
            turn_began: Cell::new(None),
            fresh: Cell::new(None),
            budget_ends: Cell::new(None),
            makes_way: Cell::new(false),
            made_way: Cell::new(None),
            errand: Cell::new(None),
            has_errand: Cell::new(false),
            reason: Cell::new((Reason::Io, None)),
            moment: Cell::new(None),
            scheduler,
        }
    }

    pub(crate) fn now(&self) -> Nanos {
        self.pace.read()
    }

    /// The time for an event. Zero when nothing is recorded.
    #[inline]
    pub(crate) fn stamp(&self) -> Nanos {
        if self.traced { self.pace.stamp() } else { 0 }
    }

    /// The reading behind a stamp, taken now if nothing was recorded.
    pub(crate) fn read_if_unread(&self, stamp: Nanos) -> Nanos {
        if self.traced { stamp } else { self.now() }
    }

    #[inline(always)]
    pub(crate) fn record(&self, at: Nanos, event: Event) {
        if self.traced {
            self.buffer.event(&self.scheduler.recorder, at, event);
        }
    }

    /// Records a new task. Its name first, so that whoever reads of it knows what it is called.
    pub(crate) fn record_new(&self, task: &Task, parent: TaskId, now: Nanos) {
        if self.traced {
            let (task, parent, name) = (task.id, Some(parent), task.name.clone());
            self.buffer.name(Named { task, parent, name });
            self.record(now, Event::TaskCreated { task, parent });
        }
    }

    pub(crate) fn record_line(&self, line: Line) {
        if self.traced {
            self.buffer.line(&self.scheduler.recorder, line);
        }
    }

    pub(crate) fn record_ended(&self, sums: TaskSums) {
        if self.traced {
            self.buffer.ended(sums);
        }
    }

    /// Lets readers see what was recorded, unless a burst is going on, which is told as a whole if
    /// it fits.
    #[inline]
    pub(crate) fn flush(&self) {
        if self.traced && !self.pace.is_amid_burst() {
            self.buffer.flush(&self.scheduler.recorder);
        }
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
    #[inline]
    pub(crate) fn inside(&self) -> Option<TaskId> {
        self.task.get()
    }

    /// A turn of `task` begins, which has been able to run since `ready`; returns when. The end of
    /// the turn before serves as the reading if only a look at the own queue lies between: that
    /// takes less than a clock can tell.
    #[inline]
    pub(crate) fn turn_begins(&self, task: TaskId, ready: Nanos) -> Nanos {
        self.task.set(Some(task));
        if !self.traced {
            self.turn_began.set(None);
            return 0;
        }
        let mut now = self.fresh.take().unwrap_or_else(|| self.pace.stamp());
        if now < ready {
            now = self.pace.read_after(ready);
        }
        self.turn_began.set(Some(now));
        now
    }

    /// The time at which the present turn ends.
    #[inline]
    pub(crate) fn turn_ends(&self) -> Nanos {
        if self.traced { self.pace.turn_ends(!self.queue.is_empty()) } else { 0 }
    }

    /// A turn is over at `now`. What it `lasted` is what its task's life says, in which nothing
    /// counts that comes after the run's end.
    #[inline]
    pub(crate) fn leave_task(&self, lasted: Nanos, now: Nanos) {
        self.task.set(None);
        if !self.traced {
            return;
        }
        self.fresh.set(Some(now));
        self.buffer.tally(|totals| {
            totals.busy += lasted;
            totals.switches += 1;
        });
    }

    /// The processor has been asleep since `since`.
    pub(crate) fn slept(&self, since: Nanos, now: Nanos) {
        let parked = now.min(self.scheduler.ended_at()).saturating_sub(since);
        self.buffer.tally(|totals| totals.parked += parked);
    }

    /// A task was taken from another's queue.
    pub(crate) fn stole(&self) {
        self.buffer.tally(|totals| totals.steals += 1);
    }

    /// The processor leaves the run: flushes all that it has recorded, and the tasks that it still has.
    pub(crate) fn leave(&self) {
        self.buffer.tally(|totals| totals.blurred = self.pace.blurred());
        self.buffer.flush(&self.scheduler.recorder);
        let left = self.made_way.take().into_iter().chain(std::iter::from_fn(|| self.queue.pop()));
        left.for_each(|task| self.scheduler.push(task));
    }

    /// A waker on this processor's thread has made a task ready.
    #[inline]
    pub(crate) fn make_ready(&self, runnable: Runnable, woken_while_running: bool) {
        let task = runnable.metadata();
        if task.is_blocked() && !self.scheduler.is_ending() {
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
    #[inline]
    pub(crate) fn push(&self, runnable: Runnable) {
        if self.makes_way.take() {
            self.made_way.set(Some(runnable));
            return;
        }
        // Whoever takes it elsewhere goes on telling a story that has begun here.
        if self.scheduler.settings.processors > 1 {
            self.flush();
            self.queue.push(runnable);
            self.scheduler.idle.work_has_come();
        } else {
            self.queue.push(runnable);
        }
    }

    /// The reading at the end of the last turn, while it is fresh.
    #[inline]
    pub(crate) fn fresh(&self) -> Option<Nanos> {
        self.fresh.get().filter(|_| !self.pace.is_amid_burst())
    }

    /// The processor wakes up, now.
    pub(crate) fn wakes(&self) -> Nanos {
        self.pace.read_after_rest()
    }

    /// A search has found something.
    pub(crate) fn found_work(&self) {
        if self.traced {
            self.pace.read_after_rest();
        }
    }

    /// Something that takes time has happened since the last turn.
    pub(crate) fn spoil(&self) {
        self.fresh.set(None);
        self.pace.end_burst();
    }

    /// Whether the run is to end. Ends it if it has just been told to stop.
    pub(crate) fn has_to_leave(&self) -> bool {
        if self.scheduler.is_told_to_stop() {
            self.scheduler.stop(self.now());
        }
        self.scheduler.is_ending()
    }

    /// The task that computes looks up: what has happened until now can be told.
    pub(crate) fn look_up(&self) {
        self.pace.end_burst();
        self.flush();
    }

    /// Wakes a task that is ready from `at` on: of what happened then there is a reading already,
    /// and for a sleeper it is its deadline, however late a processor looked.
    pub(crate) fn wake_at(&self, at: Nanos, waker: Waker) {
        if !self.traced {
            return waker.wake();
        }
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
    #[inline]
    pub(crate) fn take_made_way(&self) -> Option<Runnable> {
        self.made_way.take()
    }

    /// The processor is to do this as soon as the present task has stopped.
    pub(crate) fn set_errand(&self, errand: Errand) {
        self.errand.set(Some(errand));
        self.has_errand.set(true);
    }

    #[inline]
    pub(crate) fn has_errand(&self) -> bool {
        self.has_errand.get()
    }

    pub(crate) fn run_errand(&self) {
        self.has_errand.set(false);
        if let Some(errand) = self.errand.take() {
            errand();
        }
        self.spoil();
    }

    /// How long the present turn has lasted; without a trace, how long since it first asked.
    pub(crate) fn turn_lasted(&self) -> Nanos {
        let now = self.now();
        let began = self.turn_began.get().unwrap_or(now);
        self.turn_began.set(Some(began));
        now.saturating_sub(began)
    }

    /// The task is about to give its processor up, and this is why.
    #[inline]
    pub(crate) fn will_stop(&self, reason: Reason, channel: Option<ChannelId>) {
        self.reason.set((reason, channel));
    }

    /// Why the turn ended. A future that did not say waits for something outside the runtime.
    #[inline]
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
#[inline]
pub(crate) fn with<T>(f: impl FnOnce(&Context) -> T) -> T {
    CURRENT.with_borrow(|current| {
        f(current.as_ref().expect("this is for the tasks of a run: call it inside one"))
    })
}

/// Calls `f` with this thread's context if it drives a processor of `scheduler`.
#[inline]
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
        context.record_line(Line { at: context.now(), task: context.task(), text: text.into() });
        context.flush();
    });
}
