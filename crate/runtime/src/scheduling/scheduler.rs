//! The state that the processors of a run share.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Waker;

use crossbeam_deque::{Injector, Steal, Stealer};
use slab::Slab;

use super::accounting::RunEnd;
use super::end::{End, Outcome};
use super::ended::SharedEnded;
use super::gate::Gate;
use super::goroutine::{self, Goroutines};
use super::idle::{Idle, RunState};
use super::poller::CountsRequests;
use super::settings::{Settings, StopWord};
use super::steal_policy::TurnCounters;
use super::task;
use crate::sync::{Arc, AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Mutex, Ordering, lock};
use crate::time::clock::{self, Axis};
use crate::time::timers::Timers;
use crate::trace::{
    ChannelId, EndedBy, Event, NEVER, Named, Nanos, Recorder, TaskId, TaskSums, Totals,
    WriterBuffer,
};

/// The largest number of batches of ended tasks that the processors share. The memory of all other
/// ended tasks goes back to the allocator.
const MOST_ENDED_TASKS: usize = 64;

/// A task of a run whose state is a [`Scheduler`].
pub(crate) type Task = task::Task<Scheduler>;

/// A handle that runs a ready task for one turn. No task has two handles at a time.
pub(crate) type Runnable = async_task::Runnable<Arc<Task>>;

/// A goroutine of a run whose state is a [`Scheduler`].
pub(crate) type Goroutine = goroutine::Goroutine<Scheduler>;

/// A task that is ready for a turn.
#[derive(Debug)]
pub(crate) enum Ready {
    /// A task that executes a future.
    Future(Runnable),
    /// A task whose code is in the guest.
    Goroutine(Goroutine),
}

impl Ready {
    #[inline]
    pub(crate) fn task(&self) -> &Task {
        match self {
            Ready::Future(runnable) => runnable.metadata(),
            Ready::Goroutine(goroutine) => goroutine.task(),
        }
    }
}

/// The state that the processors of a run share.
#[derive(Debug)]
pub(crate) struct Scheduler {
    pub(crate) settings: Settings,
    pub(crate) recorder: Recorder,
    /// The global queue. It holds `main` at first, tasks that became ready on threads that drive no
    /// processor, and the tasks of processors that have left the run.
    pub(crate) global: Injector<Ready>,
    pub(crate) stealers: Box<[Stealer<Ready>]>,
    pub(crate) timers: Timers,
    pub(crate) idle: Idle,
    pub(crate) turn_counters: TurnCounters,
    /// The number of requests to the world outside that are not answered.
    pending_io: AtomicUsize,
    /// The number of threads of the pool that have not entered the run.
    threads_to_enter: AtomicUsize,
    /// The number of fork-joins in progress.
    pub(crate) forks: AtomicUsize,
    /// The run's axis as the thread that starts the run sees it.
    pub(crate) axis: Axis,
    /// The buffer of all threads that drive no processor, such as the host's thread.
    /// [`Scheduler::record`] flushes it at once.
    host_buffer: Mutex<WriterBuffer>,
    tasks: AtomicU32,
    channels: AtomicU32,
    /// The tasks that have been blocked and have not ended, each with a waker. All other tasks are
    /// in a queue or running. At the end of the run, [`Scheduler::cancel_the_rest`] wakes each task
    /// in order to drop its future. In a deadlock, the message says what these tasks wait on.
    registered: Mutex<Slab<(Waker, Arc<Task>)>>,
    pub(crate) goroutines: Goroutines<Scheduler>,
    pub(crate) ended_goroutines: SharedEnded<Goroutine>,
    pub(crate) ended_tasks: SharedEnded<Arc<Task>>,
    pub(crate) gate: Gate,
    main_started: AtomicU64,
    ending: AtomicBool,
    ended_at: AtomicU64,
    end: Mutex<Option<Ending>>,
}

/// Why a run has ended.
#[derive(Clone, Debug)]
struct Ending {
    outcome: Outcome,
    message: String,
    exit_code: Option<u32>,
}

impl Scheduler {
    /// Creates the scheduler of a run that all `threads` threads of a pool will enter.
    #[cold]
    pub(crate) fn new(
        settings: Settings,
        stealers: Box<[Stealer<Ready>]>,
        threads: usize,
    ) -> Scheduler {
        let processors = settings.processors;
        let lines = settings.guest.as_ref().map_or(Vec::new(), |guest| guest.lines());
        let recorder = Recorder::new(processors, lines);
        Scheduler {
            host_buffer: Mutex::new(WriterBuffer::new(&recorder, processors)),
            recorder,
            global: Injector::new(),
            stealers,
            timers: Timers::default(),
            idle: Idle::new(processors),
            turn_counters: TurnCounters::new(processors),
            pending_io: AtomicUsize::new(0),
            threads_to_enter: AtomicUsize::new(threads),
            forks: AtomicUsize::new(0),
            axis: Axis::starting_now(settings.clock.clone()),
            tasks: AtomicU32::new(0),
            channels: AtomicU32::new(0),
            registered: Mutex::default(),
            goroutines: Goroutines::new(),
            // A goroutine that is dropped leaves its slot unused for ever.
            ended_goroutines: SharedEnded::new(usize::MAX),
            ended_tasks: SharedEnded::new(MOST_ENDED_TASKS),
            gate: Gate::new(),
            main_started: AtomicU64::new(NEVER),
            ending: AtomicBool::new(false),
            ended_at: AtomicU64::new(NEVER),
            end: Mutex::new(None),
            settings,
        }
    }

    pub(crate) fn a_thread_has_entered(&self) {
        self.threads_to_enter.fetch_sub(1, Ordering::SeqCst);
    }

    /// Returns whether some thread of the pool has still to enter the run. Until a thread enters,
    /// it may take other work from rayon.
    pub(crate) fn awaits_threads(&self) -> bool {
        self.threads_to_enter.load(Ordering::SeqCst) > 0
    }

    /// Prepares the calling thread for the run's guest, if there is one. Ends the run if that fails.
    #[cold]
    pub(crate) fn enter_guest(&self) {
        let entered = self.settings.guest.as_ref().map_or(Ok(()), |guest| guest.enter());
        if let Err(sentence) = entered {
            self.end(Outcome::Fatal, sentence, self.axis.now());
        }
    }

    /// Calls `record` with the buffer of the threads that drive no processor, and flushes the
    /// buffer. Does nothing if the run has no trace.
    fn record(&self, record: impl FnOnce(&WriterBuffer)) {
        if self.settings.traced {
            let buffer = lock(&self.host_buffer);
            record(&buffer);
            buffer.flush(&self.recorder);
        }
    }

    /// Records main's creation.
    pub(crate) fn record_main(&self, main: &Task, now: Nanos) {
        self.record(|buffer| {
            let (task, parent, name) = (main.id, None, main.name.clone());
            buffer.name(Named { task, parent, name });
            buffer.event(&self.recorder, now, Event::TaskCreated { task, parent });
        });
    }

    /// Records the times by state of a task that the run's end cancelled.
    pub(crate) fn record_ended(&self, sums: TaskSums) {
        self.record(|buffer| buffer.ended(sums));
    }

    pub(crate) fn next_task_id(&self) -> TaskId {
        self.tasks.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn next_channel_id(&self) -> ChannelId {
        self.channels.fetch_add(1, Ordering::Relaxed)
    }

    /// Adds a sleeping task, which is woken at `deadline`.
    pub(crate) fn set_timer(&self, deadline: Nanos, waker: Waker, fired: Arc<AtomicBool>) {
        if self.timers.set(deadline, waker, fired) {
            self.idle.wake_for_earlier_deadline();
        }
    }

    /// Sets the guest's earliest deadline; `None` clears it.
    pub(crate) fn set_guest_deadline(&self, guest: Option<(Nanos, u32)>) {
        if self.timers.set_guest(guest) {
            self.idle.wake_for_earlier_deadline();
        }
    }

    /// Returns whether a channel has this id.
    pub(crate) fn has_channel(&self, id: ChannelId) -> bool {
        id < self.channels.load(Ordering::Relaxed)
    }

    /// Returns whether a task has or had this id.
    pub(crate) fn has_task(&self, id: TaskId) -> bool {
        id < self.tasks.load(Ordering::Relaxed)
    }

    /// Registers a task that is about to be blocked for the first time, and returns the key by
    /// which to unregister it.
    #[cold]
    pub(crate) fn register(&self, waker: &Waker, task: &Arc<Task>) -> u32 {
        lock(&self.registered).insert((waker.clone(), task.clone())) as u32
    }

    /// Unregisters a task that has ended. Does nothing if the end of the run has already
    /// unregistered the task.
    pub(crate) fn unregister(&self, key: u32) {
        let entry = lock(&self.registered).try_remove(key as usize);
        drop(entry);
    }

    /// Queues a task that has become ready on a thread that drives no processor. Records that the
    /// task is ready.
    pub(crate) fn make_ready(&self, ready: Ready) {
        if !self.is_ending() {
            let (task, at) = (ready.task(), self.axis.now());
            if let Some(transition) = task.make_ready(at) {
                let event = Event::TaskReady { task: task.id, transition, by: None };
                self.record(|buffer| buffer.event(&self.recorder, at, event));
            }
        }
        self.push(ready);
    }

    /// Wakes the goroutine with this number, if it waits or is about to wait. Must be called on a
    /// thread that drives no processor.
    pub(crate) fn wake_goroutine(&self, number: u32) {
        if let Some(goroutine) = self.goroutines.wake(number) {
            self.make_ready(Ready::Goroutine(goroutine));
        }
    }

    /// Adds a ready task to the global queue, and makes sure that a processor takes it.
    pub(crate) fn push(&self, ready: Ready) {
        self.global.push(ready);
        self.idle.wake_for_queued_task();
    }

    pub(crate) fn main_starts(&self, now: Nanos) {
        self.main_started.store(now, Ordering::Release);
    }

    pub(crate) fn main_started(&self) -> Option<Nanos> {
        Some(self.main_started.load(Ordering::Acquire)).filter(|at| *at != NEVER)
    }

    /// Ends the run. The first outcome wins; later calls do nothing.
    pub(crate) fn end(&self, outcome: Outcome, message: String, now: Nanos) {
        self.end_as(Ending { outcome, message, exit_code: None }, now);
    }

    /// Ends the run because the program exits with this code.
    pub(crate) fn exit(&self, outcome: Outcome, message: String, exit_code: u32, now: Nanos) {
        self.end_as(Ending { outcome, message, exit_code: Some(exit_code) }, now);
    }

    fn end_as(&self, ending: Ending, now: Nanos) {
        {
            let mut end = lock(&self.end);
            if end.is_some() {
                return;
            }
            *end = Some(ending);
            self.ended_at.store(now, Ordering::Release);
            self.ending.store(true, Ordering::Release);
        }
        self.gate.run_ends();
        self.recorder.output.close();
        self.idle.wake_all();
    }

    /// Ends the run as [`Outcome::Stopped`].
    pub(crate) fn stop(&self, now: Nanos) {
        self.end(Outcome::Stopped, "The run was stopped.".to_owned(), now);
    }

    /// Returns whether the run has a [`StopWord`] that tells the run to stop.
    pub(crate) fn is_told_to_stop(&self) -> bool {
        self.settings.stop_word.is_some_and(StopWord::says_stop)
    }

    /// Returns whether the processors are to leave the run.
    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Acquire)
    }

    /// Calls `f` with each blocked task, in no particular order. Must be called when no task is
    /// ready or running.
    pub(crate) fn for_each_blocked(&self, mut f: impl FnMut(&Task)) {
        lock(&self.registered).iter().for_each(|(_, (_, task))| f(task));
        self.goroutines.for_each_blocked(|goroutine| f(goroutine.task()));
    }

    /// Cancels all tasks that have not ended. Must be called after all processors have left the
    /// run. A blocked task may be part of a reference cycle: its future owns channels, channels own
    /// wakers, and wakers own futures. The memory of such a cycle is freed only if the tasks are
    /// cancelled. To cancel a task, the scheduler wakes the task, which queues it. Then the
    /// scheduler drops the handle that would run the task.
    #[cold]
    pub(crate) fn cancel_the_rest(&self) {
        self.timers.clear();
        self.ended_goroutines.clear();
        self.ended_tasks.clear();
        for goroutine in self.goroutines.take_blocked() {
            self.cancel(goroutine);
        }
        loop {
            let tasks: Vec<_> = lock(&self.registered).drain().collect();
            for (waker, _) in tasks {
                waker.wake();
            }
            let mut drained = false;
            while let Some(ready) = self.take_any() {
                drained = true;
                match ready {
                    // A panic in a destructor is ignored, because the run already has its outcome.
                    // In the page's module such a panic is a trap instead
                    // (`-Zpanic-in-drop=abort`).
                    Ready::Future(runnable) => {
                        drop(catch_unwind(AssertUnwindSafe(|| drop(runnable))))
                    }
                    Ready::Goroutine(goroutine) => self.cancel(goroutine),
                }
            }
            if !drained && lock(&self.registered).is_empty() {
                return;
            }
        }
    }

    /// Records the times of a goroutine that the run's end cancels.
    #[inline(never)]
    fn cancel(&self, mut goroutine: Goroutine) {
        self.record_ended(goroutine.accounting().cut_off());
    }

    fn take_any(&self) -> Option<Ready> {
        let queues = self.stealers.iter().map(Stealer::steal);
        std::iter::once(self.global.steal()).chain(queues).collect::<Steal<_>>().success()
    }

    /// Returns the end of the run: its outcome, the message and the totals. The totals are complete
    /// when all processors have left the run. Before that, they lack the turns that have not ended.
    pub(crate) fn sum_up(&self) -> End {
        let ending = lock(&self.end).clone();
        let ending = ending.unwrap_or(Ending {
            outcome: Outcome::Stopped,
            message: String::new(),
            exit_code: None,
        });
        let main_ended = self.ended_at();
        let main_started = self.main_started().unwrap_or(main_ended);
        let totals = Totals {
            main_started,
            main_ended,
            startup: main_started,
            processors: self.recorder.totals(),
            events: self.recorder.events(),
            dropped: self.recorder.dropped(),
            first_dropped: self.recorder.first_dropped(),
            dropped_bytes: self.recorder.output.dropped_bytes(),
            clock_step: clock::step(),
        };
        let Ending { outcome, message, exit_code } = ending;
        End { outcome, message, exit_code, totals }
    }
}

impl RunEnd for Scheduler {
    fn ended_at(&self) -> Nanos {
        self.ended_at.load(Ordering::Acquire)
    }

    fn ends_the_rest(&self) -> (Nanos, EndedBy) {
        let outcome = lock(&self.end).as_ref().map(|ending| ending.outcome);
        (self.ended_at(), outcome.unwrap_or(Outcome::Stopped).ends_the_rest_by())
    }
}

impl CountsRequests for Scheduler {
    fn requested(&self) {
        self.pending_io.fetch_add(1, Ordering::SeqCst);
    }

    fn answered(&self) {
        self.pending_io.fetch_sub(1, Ordering::SeqCst);
        // If no task waited for the answer, no processor was woken. Without this request the run may
        // be in a deadlock, which only a processor can find.
        self.idle.wake_for_queued_task();
    }
}

impl RunState for Scheduler {
    fn has_ready_task(&self) -> bool {
        !self.global.is_empty() || self.stealers.iter().any(|stealer| !stealer.is_empty())
    }

    fn earliest_deadline(&self) -> Option<Nanos> {
        self.timers.earliest()
    }

    fn awaits_io(&self) -> bool {
        self.pending_io.load(Ordering::SeqCst) > 0
    }

    fn needs_all(&self) -> bool {
        self.is_ending() || self.gate.is_closed()
    }

    fn advance_clock_to(&self, deadline: Nanos) -> bool {
        self.settings.clock.advance_to(deadline)
    }
}
