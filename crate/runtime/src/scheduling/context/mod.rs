//! What a task's code can ask of the processor that runs it.
//!
//! A thread that drives a processor has the processor's context in a thread-local variable. So
//! programs use `go` and channels without a handle, as in Go.

mod goroutines;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::task::Waker;

use super::accounting::RunEnd;
use super::ended::OwnEnded;
use super::guest_text::GuestText;
use super::queue::{Queue, SeededChoices};
use super::scheduler::{Goroutine, Ready, Scheduler, Task};
use crate::sync::Arc;
use crate::time::clock::Axis;
use crate::time::sampler::ClockSampler;
use crate::time::timers::Due;
use crate::trace::{
    ChannelId, Event, Name, Named, Nanos, Place, PlaceCode, ProcessorId, Reason, Stream, TaskId,
    TaskSums, WriterBuffer,
};

/// The number of turns after which a processor takes from the global queue first, so no task
/// starves in that queue. Go uses the same number.
const GLOBAL_FIRST: u32 = 61;

thread_local! {
    /// The context of this thread. It is never dropped with the thread, because a variable that is
    /// dropped costs a check at each access. The guard of [`enter`] drops it.
    static CURRENT: RefCell<Option<ManuallyDrop<Rc<Context>>>> = const { RefCell::new(None) };
}

/// An action that a task leaves to its processor. The processor runs the action between two turns.
pub(crate) type DeferredAction = Box<dyn FnOnce()>;

/// Why a task gives its processor up.
#[derive(Clone, Copy)]
pub(crate) struct Stop {
    pub(crate) reason: Reason,
    /// The channel that the task waits on, if there is one.
    pub(crate) channel: Option<ChannelId>,
    pub(crate) place: PlaceCode,
}

impl Stop {
    /// The stop of a task that gave no reason. Such a task waits for something outside the runtime.
    const UNKNOWN: Stop = Stop { reason: Reason::Io, channel: None, place: 0 };
}

/// A processor as its tasks see it.
pub(crate) struct Context {
    pub(crate) scheduler: Arc<Scheduler>,
    /// The processor's id.
    pub(crate) id: usize,
    pub(crate) traced: bool,
    pub(crate) queue: Queue<Ready>,
    pub(crate) choices: SeededChoices,
    /// The number of turns until the processor takes from the global queue first. At that turn the
    /// processor also checks the stop word and the deadlines.
    until_round: Cell<u32>,
    /// The number of turns that the processor has given to tasks.
    turns: Cell<u32>,
    sampler: ClockSampler,
    buffer: WriterBuffer,
    task: Cell<Option<TaskId>>,
    /// When the present turn began.
    turn_began: Cell<Option<Nanos>>,
    /// When the last turn ended, if the processor has only looked into its own queue since then.
    last_turn_end: Cell<Option<Nanos>>,
    /// When the thread has to return to its host; `None` if it need not.
    budget_ends: Cell<Option<Nanos>>,
    /// Whether the thread is its host's own thread, which has other work and must not be blocked.
    is_on_host: Cell<bool>,
    /// Whether the present task is about to stop in order to yield to the host.
    yields_to_host: Cell<bool>,
    /// The task that has yielded to the host. It goes on before any other task.
    yielded_to_host: Cell<Option<Ready>>,
    /// The goroutine that the processor is inside.
    goroutine: Cell<Option<Goroutine>>,
    /// The task that comes next, if it was taken after a goroutine's turn and is not a goroutine.
    taken: Cell<Option<Ready>>,
    /// The text that the present goroutine is writing.
    pub(super) text: RefCell<GuestText>,
    /// The message with which the present goroutine explains why the run ends.
    pub(super) message: RefCell<Vec<u8>>,
    /// The address to which the present goroutine will send a request.
    pub(super) address: RefCell<Vec<u8>>,
    /// Goroutines that have ended.
    ended_goroutines: OwnEnded<Goroutine>,
    /// The tasks of futures that have ended.
    ended_tasks: OwnEnded<Arc<Task>>,
    /// Goroutines that wait until the gate has opened.
    at_gate: RefCell<Vec<Goroutine>>,
    /// The action that the processor runs as soon as the present task has stopped.
    deferred: Cell<Option<DeferredAction>>,
    /// Whether `deferred` holds an action. After each turn, this flag is cheaper to check than
    /// `deferred`.
    has_deferred: Cell<bool>,
    /// Why the present turn is about to end.
    stop: Cell<Stop>,
    /// The time from which the task that is being woken is ready, if this time is known without a
    /// reading of the clock.
    ready_at: Cell<Option<Nanos>>,
    /// The place at which the present task wakes other tasks; 0 if no task causes the wake-up.
    wakes_at: Cell<PlaceCode>,
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
        queue: Queue<Ready>,
        axis: Axis,
    ) -> Context {
        Context {
            id,
            traced: scheduler.settings.traced,
            queue,
            choices: SeededChoices::new(scheduler.settings.seed, id),
            until_round: Cell::new(GLOBAL_FIRST),
            turns: Cell::new(0),
            sampler: ClockSampler::new(axis),
            buffer: WriterBuffer::new(&scheduler.recorder, id),
            task: Cell::new(None),
            turn_began: Cell::new(None),
            last_turn_end: Cell::new(None),
            budget_ends: Cell::new(None),
            is_on_host: Cell::new(false),
            yields_to_host: Cell::new(false),
            yielded_to_host: Cell::new(None),
            goroutine: Cell::new(None),
            taken: Cell::new(None),
            text: RefCell::default(),
            message: RefCell::default(),
            address: RefCell::default(),
            ended_goroutines: OwnEnded::new(),
            ended_tasks: OwnEnded::new(),
            at_gate: RefCell::default(),
            deferred: Cell::new(None),
            has_deferred: Cell::new(false),
            stop: Cell::new(Stop::UNKNOWN),
            ready_at: Cell::new(None),
            wakes_at: Cell::new(0),
            scheduler,
        }
    }

    pub(crate) fn now(&self) -> Nanos {
        self.sampler.read()
    }

    /// Returns the time for an event; zero if nothing is recorded.
    #[inline]
    pub(crate) fn stamp(&self) -> Nanos {
        if self.traced { self.sampler.stamp() } else { 0 }
    }

    /// Returns `stamp` if events are recorded. Otherwise stamps are zero, and this function reads
    /// the clock.
    pub(crate) fn read_if_unread(&self, stamp: Nanos) -> Nanos {
        if self.traced { stamp } else { self.now() }
    }

    #[inline(always)]
    pub(crate) fn record(&self, at: Nanos, event: Event) {
        if self.traced {
            self.buffer.event(&self.scheduler.recorder, at, event);
        }
    }

    /// Records an event that a task's code caused at `place`; `None` if the place is unknown.
    #[inline(always)]
    pub(crate) fn record_at(&self, at: Nanos, place: Option<Place>, event: Event) {
        if self.traced {
            let code = self.buffer.code(&self.scheduler.recorder, place);
            self.buffer.event_at(&self.scheduler.recorder, at, code, event);
        }
    }

    /// Records an event at a place whose code is known.
    #[inline(always)]
    pub(crate) fn record_with(&self, at: Nanos, place: PlaceCode, event: Event) {
        if self.traced {
            self.buffer.event_at(&self.scheduler.recorder, at, place, event);
        }
    }

    /// Returns what stands for a place in an event; 0 if nothing is recorded.
    #[inline(always)]
    pub(crate) fn code(&self, place: Option<Place>) -> PlaceCode {
        if self.traced { self.buffer.code(&self.scheduler.recorder, place) } else { 0 }
    }

    /// Records that `parent` created `task` at `place`. The task's name is recorded before the
    /// event, so a reader of the event knows the name.
    pub(crate) fn record_new(&self, task: &Task, parent: TaskId, place: PlaceCode, now: Nanos) {
        if self.traced {
            let (task, parent, name) = (task.id, Some(parent), task.name.clone());
            self.buffer.name(Named { task, parent, name });
            self.record_with(now, place, Event::TaskCreated { task, parent });
        }
    }

    /// Writes a chunk of output, whose bytes come in several parts, for the present task. If too
    /// much output waits for its reader, lets the reader drain first: a thread of the pool waits,
    /// and the host's own thread returns to the host at the next checkpoint.
    pub(crate) fn write(&self, stream: Stream, parts: &[&[u8]]) {
        let (at, task) = (self.now(), self.task());
        if !self.traced {
            return;
        }
        // Flush first, so a reader of the output knows the name of the task.
        self.flush();
        let output = &self.scheduler.recorder.output;
        let written = output.write(at, task, stream, parts);
        if let Some(chunk) = written.chunk {
            self.record(at, Event::Output { task, chunk });
        }
        if written.is_full {
            if self.is_on_host.get() {
                self.budget_ends.set(Some(0));
            } else {
                output.wait_for_reader();
            }
        }
    }

    /// Creates a task. It uses the memory of a task that has ended, if there is one.
    #[inline(never)]
    pub(crate) fn new_task(&self, name: Name) -> Arc<Task> {
        let id = self.scheduler.next_task_id();
        while let Some(mut ended) = self.ended_tasks.take(&self.scheduler.ended_tasks) {
            // A waker may still hold the task.
            if let Some(task) = Arc::get_mut(&mut ended) {
                task.renew(id, name);
                return ended;
            }
        }
        Arc::new(Task::new(&self.scheduler, id, name))
    }

    /// Keeps a task that has ended, so that a new task can use its memory.
    #[inline(never)]
    pub(crate) fn keep_task(&self, task: Arc<Task>) {
        self.ended_tasks.keep(task, &self.scheduler.ended_tasks);
    }

    pub(crate) fn record_ended(&self, sums: TaskSums) {
        if self.traced {
            self.buffer.ended(sums);
        }
    }

    /// Makes recorded events visible to readers. Does nothing within a timing batch. A batch is
    /// flushed in one piece if the buffer can hold it.
    #[inline]
    pub(crate) fn flush(&self) {
        if self.traced && !self.sampler.is_in_batch() {
            self.buffer.flush(&self.scheduler.recorder);
        }
    }

    /// Returns the task that the processor is inside.
    ///
    /// # Panics
    ///
    /// Between two turns.
    pub(crate) fn task(&self) -> TaskId {
        self.task.get().expect("only a task may ask for this")
    }

    /// Returns the task that the processor is inside; `None` between two turns.
    #[inline]
    pub(crate) fn inside(&self) -> Option<TaskId> {
        self.task.get()
    }

    /// Begins a turn of `task`, which has been ready since `ready`, and returns the time at which
    /// the turn begins. If the processor has only looked into its own queue since the last turn,
    /// this is the end of the last turn. Looking into the queue takes less time than a clock can
    /// measure.
    #[inline]
    pub(crate) fn turn_begins(&self, task: TaskId, ready: Nanos) -> Nanos {
        self.task.set(Some(task));
        if !self.traced {
            self.turn_began.set(None);
            return 0;
        }
        let mut now = self.last_turn_end.take().unwrap_or_else(|| self.sampler.stamp());
        if now < ready {
            now = self.sampler.read_after(ready);
        }
        self.turn_began.set(Some(now));
        now
    }

    /// Returns the time at which the present turn ends; zero if nothing is recorded.
    #[inline]
    pub(crate) fn turn_ends(&self) -> Nanos {
        if self.traced { self.sampler.turn_ends(!self.queue.is_empty()) } else { 0 }
    }

    /// Ends a turn at `now`. `lasted` is the length of the turn by the task's accounting, which
    /// does not count time after the run's end.
    #[inline]
    pub(crate) fn leave_task(&self, lasted: Nanos, now: Nanos) {
        self.task.set(None);
        if !self.traced {
            return;
        }
        self.last_turn_end.set(Some(now));
        self.buffer.tally(|totals| {
            totals.busy += lasted;
            totals.switches += 1;
        });
    }

    /// Adds the time from `since`, when the processor parked, to `now` to the processor's totals.
    /// Time after the run's end does not count.
    pub(crate) fn add_parked(&self, since: Nanos, now: Nanos) {
        let parked = now.min(self.scheduler.ended_at()).saturating_sub(since);
        self.buffer.tally(|totals| totals.parked += parked);
    }

    /// Counts a task that was stolen from another processor's queue.
    pub(crate) fn stole(&self) {
        self.buffer.tally(|totals| totals.steals += 1);
    }

    /// Leaves the run: flushes what the processor has recorded, and moves its tasks to the global
    /// queue.
    pub(crate) fn leave(&self) {
        self.buffer.tally(|totals| totals.blurred = self.sampler.blurred());
        self.buffer.flush(&self.scheduler.recorder);
        let next = self.taken.take().into_iter().chain(self.yielded_to_host.take());
        let next = next.chain(self.at_gate.take().into_iter().map(Ready::Goroutine));
        let left = next.chain(std::iter::from_fn(|| self.queue.pop()));
        left.for_each(|task| self.scheduler.push(task));
        self.ended_goroutines.clear();
        self.ended_tasks.clear();
    }

    /// Queues a task that a waker on this processor's thread has made ready, and records that it is
    /// ready.
    #[inline(always)]
    pub(crate) fn make_ready(&self, ready: Ready, woken_while_running: bool) {
        self.record_ready(ready.task(), self.wakes_at.get(), woken_while_running);
        self.push(ready);
    }

    /// Records that a task is ready, which was woken at `place`.
    #[inline(always)]
    fn record_ready(&self, task: &Task, place: PlaceCode, woken_while_running: bool) {
        if task.is_blocked() && !self.scheduler.is_ending() {
            let by = self.inside().filter(|_| !woken_while_running);
            let at = self.ready_at.get().unwrap_or_else(|| self.stamp());
            if let Some(transition) = task.make_ready(at) {
                let event = Event::TaskReady { task: task.id, transition, by };
                self.record_with(at, place, event);
            }
        }
    }

    /// Queues a ready task on this processor, and wakes a parked processor that could steal it.
    #[inline(always)]
    pub(crate) fn push(&self, ready: Ready) {
        if self.yields_to_host.take() {
            self.yielded_to_host.set(Some(ready));
            return;
        }
        // Flush first: another processor may steal this task, and that processor's log would
        // continue events that are still in this buffer.
        if self.scheduler.settings.processors > 1 {
            self.flush();
            self.queue.push(ready);
            self.scheduler.idle.wake_for_queued_task();
        } else {
            self.queue.push(ready);
        }
    }

    /// Returns the reading of the clock at the end of the last turn, if that reading still serves
    /// as the present time.
    #[inline]
    pub(crate) fn last_turn_end(&self) -> Option<Nanos> {
        self.last_turn_end.get().filter(|_| !self.sampler.is_in_batch())
    }

    /// Reads the clock after the processor was parked, and returns the time.
    pub(crate) fn read_after_park(&self) -> Nanos {
        self.sampler.read_after_idle()
    }

    /// Reads the clock after a search. The time of the search does not count as part of a timing
    /// batch.
    pub(crate) fn read_after_search(&self) {
        if self.traced {
            self.sampler.read_after_idle();
        }
    }

    /// Invalidates the last reading of the clock, because something that takes time has happened
    /// since then.
    pub(crate) fn invalidate_reading(&self) {
        self.last_turn_end.set(None);
        self.sampler.end_batch();
    }

    /// Ends the run if it has been told to stop.
    pub(crate) fn end_if_told_to_stop(&self) {
        if self.scheduler.is_told_to_stop() {
            self.scheduler.stop(self.now());
        }
    }

    /// Ends the timing batch and makes recorded events visible to readers, for a task that computes
    /// for long.
    pub(crate) fn flush_at_checkpoint(&self) {
        self.sampler.end_batch();
        self.flush();
    }

    /// Wakes a task, which is ready from the time `at`. This is the time of the event that wakes
    /// the task. For a sleeping task, `at` is the deadline, even if a processor checks the deadline
    /// later. `place` is the place at which the present task wakes the other task; `None` if no
    /// task causes the wake-up.
    pub(crate) fn wake_at(&self, at: Nanos, place: Option<Place>, waker: Waker) {
        if !self.traced {
            return waker.wake();
        }
        self.ready_at.set(Some(at));
        self.wakes_at.set(self.code(place));
        waker.wake();
        self.ready_at.set(None);
        self.wakes_at.set(0);
    }

    /// Sets the time from which the thread has to return to its host.
    pub(crate) fn set_budget(&self, ends: Nanos) {
        self.is_on_host.set(true);
        self.budget_ends.set(Some(ends));
    }

    /// Returns whether the thread has to return to its host.
    pub(crate) fn is_budget_over(&self) -> bool {
        self.budget_ends.get().is_none_or(|ends| self.now() >= ends)
    }

    /// Returns whether the calling task has to yield to the host because the thread has to return
    /// to the host. If so, no other task gets a turn before this task continues.
    pub(crate) fn has_to_yield_to_host(&self) -> bool {
        let over = self.budget_ends.get().is_some_and(|ends| self.now() >= ends);
        if over {
            self.budget_ends.set(None);
            self.yields_to_host.set(true);
        }
        over
    }

    /// Returns whether the processor has to do more than to take a task from its own queue: it takes
    /// from the global queue first, and checks the stop word and the deadlines.
    #[inline]
    pub(crate) fn is_round(&self) -> bool {
        self.until_round.get() == 0
    }

    /// Begins to count the turns until the next round.
    pub(crate) fn begin_round(&self) {
        self.until_round.set(GLOBAL_FIRST);
    }

    /// Takes the task that has to come next: the task that follows a goroutine's turn, or the task
    /// that has yielded to the host.
    #[inline(always)]
    pub(crate) fn take_next(&self) -> Option<Ready> {
        self.taken.take().or_else(|| self.yielded_to_host.take())
    }

    /// Takes a task from the processor's own queue.
    #[inline(always)]
    pub(crate) fn take_own(&self) -> Option<Ready> {
        self.until_round.set(self.until_round.get() - 1);
        self.queue.take(&self.choices)
    }

    /// Counts a turn. Tells the processors that search about it.
    #[inline(always)]
    pub(crate) fn count_turn(&self) {
        let turns = self.turns.get().wrapping_add(1);
        self.turns.set(turns);
        if self.scheduler.idle.searching() > 0 {
            self.scheduler.turn_counters.set(self.id, turns);
        }
    }

    /// Wakes the tasks whose deadline has passed. `look` says whether to read the clock if there is
    /// no recent reading.
    #[inline(always)]
    pub(crate) fn wake_sleepers(&self, look: bool) {
        if let Some(earliest) = self.scheduler.timers.earliest() {
            self.wake_due(earliest, look);
        }
    }

    fn wake_due(&self, earliest: Nanos, look: bool) {
        // Without a trace there is no recent reading of the clock, and a new reading costs more
        // than a switch.
        let Some(now) = self.last_turn_end().or_else(|| look.then(|| self.now())) else { return };
        if earliest <= now {
            self.scheduler.timers.take_due(now, |deadline, due| match due {
                Due::Task(waker) => self.wake_at(deadline, None, waker),
                Due::Goroutine(number) => {
                    self.ready_at.set(Some(deadline));
                    self.wake_goroutine(number, 0);
                    self.ready_at.set(None);
                }
            });
        }
    }

    /// Makes the processor run `action` as soon as the present task has stopped.
    pub(crate) fn defer(&self, action: DeferredAction) {
        self.deferred.set(Some(action));
        self.has_deferred.set(true);
    }

    #[inline]
    pub(crate) fn has_deferred(&self) -> bool {
        self.has_deferred.get()
    }

    pub(crate) fn run_deferred(&self) {
        self.has_deferred.set(false);
        if let Some(action) = self.deferred.take() {
            action();
        }
        self.invalidate_reading();
    }

    /// Returns whether the present task's time slice is over.
    pub(crate) fn slice_is_over(&self) -> bool {
        let slice = self.scheduler.settings.time_slice;
        !slice.is_zero() && self.turn_lasted() >= slice.as_nanos() as Nanos
    }

    /// Returns how long the present turn has lasted, in nanoseconds. Without a trace this is the
    /// time since the first call in this turn.
    fn turn_lasted(&self) -> Nanos {
        let now = self.now();
        let began = self.turn_began.get().unwrap_or(now);
        self.turn_began.set(Some(began));
        now.saturating_sub(began)
    }

    /// Notes why the present task is about to give its processor up, and at which place.
    #[inline]
    pub(crate) fn will_stop(
        &self,
        reason: Reason,
        channel: Option<ChannelId>,
        place: Option<Place>,
    ) {
        self.stop.set(Stop { reason, channel, place: self.code(place) });
    }

    /// Returns the reason and the place that [`Self::will_stop`] noted for the end of the turn.
    #[inline]
    pub(crate) fn take_stop(&self) -> Stop {
        self.stop.replace(Stop::UNKNOWN)
    }
}

/// Makes `context` the context of this thread, until the returned guard is dropped.
pub(crate) fn enter(context: Rc<Context>) -> Entered {
    let before = CURRENT.replace(Some(ManuallyDrop::new(context)));
    assert!(before.is_none(), "a thread drives one processor at a time");
    Entered
}

/// The guard of [`enter`]. Removes the thread's context when it is dropped.
#[derive(Debug)]
pub(crate) struct Entered;

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.take().map(ManuallyDrop::into_inner);
    }
}

/// Calls `f` with the context of this thread; with `None` on a thread that drives no processor.
#[inline(always)]
pub(crate) fn current<T>(f: impl FnOnce(Option<&Context>) -> T) -> T {
    CURRENT.with_borrow(|current| f(current.as_deref().map(Rc::as_ref)))
}

/// Calls `f` with the context of this thread.
///
/// # Panics
///
/// On a thread that drives no processor.
#[inline]
pub(crate) fn with<T>(f: impl FnOnce(&Context) -> T) -> T {
    current(|context| f(context.expect("this is for the tasks of a run: call it inside one")))
}

/// Calls `f` with this thread's context, or with `None` if the thread drives no processor of
/// `scheduler`.
#[inline]
pub(crate) fn find<T>(scheduler: *const Scheduler, f: impl FnOnce(Option<&Context>) -> T) -> T {
    current(|context| f(context.filter(|context| Arc::as_ptr(&context.scheduler) == scheduler)))
}

/// Calls `wake`, which wakes tasks. If this thread drives a processor, the trace says that the
/// present task woke them at `place`.
pub(crate) fn wake_from(place: Place, wake: impl FnOnce()) {
    let set = |place| {
        current(|context| {
            if let Some(context) = context {
                context.wakes_at.set(context.code(place));
            }
        });
    };
    set(Some(place));
    wake();
    set(None);
}

/// Returns the present time, in nanoseconds on the run's axis.
///
/// # Panics
///
/// On a thread that drives no processor.
pub fn now() -> Nanos {
    with(Context::now)
}

/// Returns the processor that runs the calling task. After the next `await`, the task may be on
/// another processor.
///
/// # Panics
///
/// On a thread that drives no processor.
pub fn processor() -> ProcessorId {
    with(|context| context.id as ProcessorId)
}

/// Writes a line to standard output.
///
/// # Panics
///
/// Outside a task.
pub fn print(line: impl AsRef<str>) {
    write_parts(Stream::Stdout, &[line.as_ref().as_bytes(), b"\n"]);
}

/// Writes bytes to a stream. The bytes need not be valid UTF-8, and may end inside a character.
///
/// If the reader of the run's output is far behind, the call may block the thread for a while.
///
/// # Panics
///
/// Outside a task.
pub fn write(stream: Stream, bytes: &[u8]) {
    write_parts(stream, &[bytes]);
}

fn write_parts(stream: Stream, parts: &[&[u8]]) {
    with(|context| context.write(stream, parts));
}
