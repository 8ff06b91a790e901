//! One execution of a program, from its start to its end.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::driver::Driver;
use super::main_task::Main;
use super::pool::Pool;
use crate::scheduling::end::{End, Outcome};
use crate::scheduling::processor::{NextStep, Processor};
use crate::scheduling::queue::Queue;
use crate::scheduling::scheduler::{Ready, Scheduler};
use crate::scheduling::settings::Settings;
use crate::sync::{Arc, AtomicBool, AtomicUsize, Mutex, Ordering, lock, thread};
use crate::time::clock::{Axis, Handshake};
use crate::trace::{Batch, MAIN, Nanos, Recorder};

/// A run that has been started, as its host sees it.
#[derive(Debug)]
pub struct Run {
    scheduler: Arc<Scheduler>,
}

impl Run {
    /// Starts `main` on processors that the pool's threads drive. Returns when the processors have
    /// agreed on the time. This takes as long as waking their threads. The last processor that
    /// leaves the run calls `on_end`.
    ///
    /// # Panics
    ///
    /// When the settings ask for no processor, or for more processors than the pool has threads.
    pub fn start(
        pool: &Pool,
        settings: Settings,
        main: impl Into<Main>,
        on_end: impl FnOnce(End) + Send + 'static,
    ) -> Run {
        let processors = settings.processors;
        let (run, queues) = Run::prepare(settings, main, pool.threads());
        let queues: Vec<_> = queues.into_iter().map(|queue| Mutex::new(Some(queue))).collect();
        let start = Arc::new(Start {
            scheduler: run.scheduler.clone(),
            handshakes: (0..processors).map(|_| Handshake::default()).collect(),
            asking: Mutex::new(()),
            agreed: AtomicBool::new(false),
            inside: AtomicUsize::new(processors),
            on_end: Mutex::new(Some(on_end)),
        });
        let shared = start.clone();
        let scheduler = run.scheduler.clone();
        let entered = move || scheduler.a_thread_has_entered();
        pool.occupy(processors, entered, move |id| {
            let queue = lock(&queues[id]).take().expect("each processor is driven once");
            shared.drive(id, queue);
        });
        start.answer_handshakes();
        run
    }

    /// Starts `main` on one processor, which the calling thread has to drive by means of the
    /// [`Driver`], between its other work.
    ///
    /// # Panics
    ///
    /// When the settings ask for a number of processors other than one.
    pub fn here(settings: Settings, main: impl Into<Main>) -> (Run, Driver) {
        Run::here_by(settings, main, Axis::clone)
    }

    /// Starts `main` like [`Run::here`], but makes the processor's axis from the host's axis with
    /// `view`.
    pub(crate) fn here_by(
        settings: Settings,
        main: impl Into<Main>,
        view: impl FnOnce(&Axis) -> Axis,
    ) -> (Run, Driver) {
        assert_eq!(settings.processors, 1, "one thread drives one processor");
        let (run, mut queues) = Run::prepare(settings, main, 0);
        let queue = queues.remove(0);
        run.scheduler.enter_guest();
        let axis = view(&run.scheduler.axis);
        let processor = Processor::new(run.scheduler.clone(), 0, queue, axis);
        let driver = Driver::new(run.scheduler.clone(), processor);
        (run, driver)
    }

    /// Starts `main`, waits for the end of the run, and returns the end with all that was recorded.
    /// This is for tests and tools only, because it parks the calling thread.
    pub fn complete(pool: &Pool, settings: Settings, main: impl Into<Main>) -> (End, Batch) {
        let slot = Arc::new(Mutex::new(None));
        let (filled, waiting) = (slot.clone(), thread::current());
        let run = Run::start(pool, settings, main, move |end| {
            *lock(&filled) = Some(end);
            waiting.unpark();
        });
        loop {
            if let Some(end) = lock(&slot).take() {
                return (end, run.recorder().drain());
            }
            thread::park();
        }
    }

    #[cold]
    fn prepare(
        settings: Settings,
        main: impl Into<Main>,
        threads: usize,
    ) -> (Run, Vec<Queue<Ready>>) {
        assert!(settings.processors > 0, "a run needs a processor");
        let (queues, stealers) = Queue::for_processors(settings.processors);
        let scheduler = Arc::new(Scheduler::new(settings, stealers, threads));
        let now = scheduler.axis.now();
        let main = main.into().create(&scheduler, now);
        debug_assert_eq!(main.task().id, MAIN);
        scheduler.record_main(main.task(), now);
        scheduler.push(main);
        (Run { scheduler }, queues)
    }

    /// Asks the run to stop. Each processor leaves at its next switch or checkpoint.
    pub fn stop(&self) {
        self.scheduler.stop(self.now());
    }

    /// Sums up a run that was told to stop, but has a task that reaches no checkpoint. The totals
    /// do not contain turns that have not ended.
    pub fn so_far(&self) -> End {
        self.scheduler.sum_up()
    }

    /// Returns the run's recorder.
    pub fn recorder(&self) -> &Recorder {
        &self.scheduler.recorder
    }

    /// Returns the present time, in nanoseconds on the run's axis. Must be called on the thread
    /// that started the run.
    pub fn now(&self) -> Nanos {
        self.scheduler.axis.now()
    }

    /// Returns the time of `main`'s first instruction; `None` if `main` has not started.
    pub fn main_started(&self) -> Option<Nanos> {
        self.scheduler.main_started()
    }
}

/// The data that a run's threads share in order to begin and to end the run.
struct Start<F> {
    scheduler: Arc<Scheduler>,
    handshakes: Box<[Handshake]>,
    /// The lock that a processor holds while it asks the host for the time. Processors ask one at a
    /// time, because both sides of a handshake need a core.
    asking: Mutex<()>,
    /// Whether all processors have agreed on the time. Before that no processor computes, because
    /// it would take a core from the host and from the processors that still ask. Each thread parks
    /// until then. If the threads waited for a common lock instead, they would wake one after
    /// another, and each would compete for a core with the threads that already compute.
    agreed: AtomicBool,
    inside: AtomicUsize,
    on_end: Mutex<Option<F>>,
}

impl<F: FnOnce(End)> Start<F> {
    /// Answers the processors that ask for the time.
    fn answer_handshakes(&self) {
        if !self.scheduler.settings.clock.is_per_thread() {
            return;
        }
        // Each round answers the questions of all workers, so no worker has to wait until another
        // worker is awake.
        while self
            .handshakes
            .iter()
            .filter(|handshake| !handshake.answer(&self.scheduler.axis))
            .count()
            > 0
        {
            std::hint::spin_loop();
        }
        self.agreed.store(true, Ordering::Release);
        self.scheduler.idle.wake_all();
    }

    /// Performs a processor's side of the handshake, and waits until all processors have done so.
    /// Returns the processor's view of the host's axis.
    #[cold]
    fn find_axis(&self, id: usize) -> Axis {
        self.scheduler.idle.register_this_thread(id);
        let axis = {
            let _asking = lock(&self.asking);
            self.handshakes[id].find_axis(&self.scheduler.axis)
        };
        while !self.agreed.load(Ordering::Acquire) {
            thread::park();
        }
        axis
    }

    /// Drives one processor until it leaves the run.
    fn drive(&self, id: usize, queue: Queue<Ready>) {
        let result = catch_unwind(AssertUnwindSafe(|| {
            self.scheduler.enter_guest();
            let axis = if self.scheduler.settings.clock.is_per_thread() {
                self.find_axis(id)
            } else {
                self.scheduler.axis.clone()
            };
            let mut processor = Processor::new(self.scheduler.clone(), id, queue, axis);
            let _entered = processor.enter();
            loop {
                match processor.turn() {
                    NextStep::Ready => {}
                    NextStep::Park(deadline) => processor.park(deadline),
                    NextStep::Done => return,
                }
            }
        }));
        // A panic that escaped from this job of rayon would abort the process. A task's cell
        // catches the panics of the task, so this panic is the runtime's own.
        if result.is_err() {
            let message = format!("The runtime failed on processor {id}: the console says more.");
            self.scheduler.end(Outcome::Panicked, message, self.scheduler.axis.now());
        }
        if self.inside.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.scheduler.cancel_the_rest();
            let on_end = lock(&self.on_end).take();
            if let Some(on_end) = on_end {
                on_end(self.scheduler.sum_up());
            }
        }
    }
}

impl<F> fmt::Debug for Start<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Start").field("inside", &self.inside).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::sync::AtomicU32;
    use crate::trace::{Event, Reason};
    use crate::{Next, StopWord, WaitGroup, checkpoint, launch, yield_now};

    /// Runs two tasks that compute without a time slice. A task that has yielded to the host goes
    /// on before any other task. So the tasks run in the same order as on a thread that never has
    /// to return to its host.
    #[test]
    fn a_driver_gets_its_thread_back_and_no_other_task_gets_the_turn() {
        let settings = Settings { time_slice: Duration::ZERO, ..Settings::default() };
        let (run, mut driver) = Run::here(settings, async {
            let group = WaitGroup::new();
            for name in ["first", "second"] {
                let computes = async {
                    for _ in 0..3 {
                        thread::sleep(Duration::from_millis(3));
                        checkpoint().await;
                    }
                };
                launch(&group, name, computes).await;
            }
            group.wait().await;
        });
        let mut came_back = 0;
        let end = loop {
            match driver.turns(Duration::from_millis(1)) {
                Next::Ended(end) => break end,
                _ => came_back += 1,
            }
        };
        assert_eq!(end.outcome, Outcome::Completed);
        assert!(came_back >= 6, "{came_back}");
        let batch = run.recorder().drain();
        let mut order: Vec<_> = batch
            .events
            .iter()
            .filter_map(|(_, timed)| match timed.event {
                Event::TaskStopped { task, reason: Reason::Yielded, .. } => Some(task),
                _ => None,
            })
            .collect();
        assert_eq!(order.len(), 6);
        order.dedup();
        assert_eq!(order.len(), 2, "the tasks took turns");
    }

    #[test]
    fn a_run_hears_its_own_number_and_no_other() {
        static WORD: AtomicU32 = AtomicU32::new(0);
        let pool = Pool::new(1);
        for (computes, number, outcome) in [
            (true, 7, Outcome::Stopped),
            (false, 7, Outcome::Stopped),
            (true, 6, Outcome::Completed),
            (false, 6, Outcome::Completed),
        ] {
            let stop_word = Some(StopWord { word: &WORD, number: 7 });
            let (end, _) =
                Run::complete(&pool, Settings { stop_word, ..Settings::default() }, async move {
                    WORD.store(number, Ordering::Relaxed);
                    for _ in 0..1000 {
                        if computes { checkpoint().await } else { yield_now().await }
                    }
                });
            assert_eq!(end.outcome, outcome, "{computes} {number}");
        }
    }

    #[test]
    fn a_task_that_yielded_to_the_host_is_cancelled_with_the_rest() {
        let (run, mut driver) = Run::here(Settings::default(), async {
            loop {
                thread::sleep(Duration::from_millis(2));
                checkpoint().await;
            }
        });
        assert!(matches!(driver.turns(Duration::from_millis(1)), Next::Again));
        run.stop();
        let Next::Ended(end) = driver.turns(Duration::from_millis(1)) else { panic!("it goes on") };
        assert_eq!(end.outcome, Outcome::Stopped);
        let batch = run.recorder().drain();
        assert_eq!(batch.ended.len(), 1, "main's future was dropped");
    }
}
