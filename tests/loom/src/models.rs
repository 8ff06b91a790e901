//! One model a protocol. Each asserts what the protocol promises in every interleaving, and
//! returns how many there were.

use std::sync::atomic::{AtomicUsize as Count, Ordering::Relaxed};
use std::task::Waker;

use loom::thread::{JoinHandle, spawn};

use crate::idle::{Idle, Verdict, Work};
use crate::scheduling::context::Context;
use crate::state::{Received, Sent, State};
use crate::sync::{Arc, AtomicBool, AtomicUsize, Mutex, Ordering, lock};
use crate::trace::Nanos;

/// Explores `model`; returns the number of executions.
fn explore(preemptions: usize, model: impl Fn() + Send + Sync + 'static) -> usize {
    let executions = std::sync::Arc::new(Count::new(0));
    let counted = executions.clone();
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(move || {
        counted.fetch_add(1, Relaxed);
        model();
    });
    executions.load(Relaxed)
}

fn join(processors: Vec<JoinHandle<()>>) {
    for processor in processors {
        processor.join().unwrap();
    }
}

/// A run with a queue for each processor and a global one. A queue is the number of its tasks:
/// no lock of the model's own must order what the protocol has to order.
struct Run {
    idle: Idle,
    queues: Vec<AtomicUsize>,
    /// How many of the tasks that are run still have to queue another.
    generations: AtomicUsize,
    done: AtomicUsize,
    pending_io: AtomicUsize,
    ending: AtomicBool,
    deadlock: AtomicBool,
}

impl Work for Run {
    fn has_ready(&self) -> bool {
        self.queues.iter().any(|queue| queue.load(Ordering::Acquire) > 0)
    }

    fn earliest(&self) -> Option<Nanos> {
        None
    }

    fn awaits_io(&self) -> bool {
        self.pending_io.load(Ordering::SeqCst) > 0
    }

    fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Acquire)
    }

    fn turn_clock_to(&self, _: Nanos) -> bool {
        false
    }
}

impl Run {
    fn new(processors: usize) -> Run {
        Run {
            idle: Idle::new(processors),
            queues: (0..=processors).map(|_| AtomicUsize::new(0)).collect(),
            generations: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            pending_io: AtomicUsize::new(0),
            ending: AtomicBool::new(false),
            deadlock: AtomicBool::new(false),
        }
    }

    /// Starts all processors. The model's own thread drives none: loom lets an unpark end the
    /// wait for a thread's end too.
    fn start(run: &Arc<Run>, goal: usize) -> Vec<JoinHandle<()>> {
        let processor = |id| {
            let run = run.clone();
            spawn(move || run.drive(id, goal))
        };
        (0..run.queues.len() - 1).map(processor).collect()
    }

    fn push(&self, queue: usize) {
        self.queues[queue].fetch_add(1, Ordering::Release);
        self.idle.work_has_come();
    }

    fn take(&self, queue: usize) -> Option<()> {
        let one_less = |tasks: usize| tasks.checked_sub(1);
        let taken = self.queues[queue].fetch_update(Ordering::AcqRel, Ordering::Acquire, one_less);
        taken.ok().map(|_| ())
    }

    /// A processor's loop, as `processor.rs` has it: the own queue, else a search; with nothing
    /// found it sleeps. Ends when `goal` tasks are done, or in what it takes for a deadlock.
    /// Of the tasks, so many as there are generations queue another on their processor.
    fn drive(&self, id: usize, goal: usize) {
        self.idle.driven_by_this_thread(id);
        let (mut searching, mut has_looked) = (false, false);
        loop {
            if self.is_ending() {
                return;
            }
            let found = self.take(id).or_else(|| {
                if !std::mem::replace(&mut searching, true) {
                    self.idle.search_begins();
                }
                // At the first look of a search it leaves to others what they have queued.
                let leaves = !std::mem::replace(&mut has_looked, true);
                let global = self.queues.len() - 1;
                let from = if leaves { global } else { 0 };
                (from..=global).find_map(|queue| self.take(queue))
            });
            if found.is_none() {
                if std::mem::take(&mut searching) {
                    self.idle.search_ends(self, false);
                }
                match self.idle.enter(self, id) {
                    Verdict::LookAgain => {}
                    Verdict::Park(_) => {
                        searching = self.idle.sleep(id, None);
                        has_looked = false;
                    }
                    Verdict::Deadlock => {
                        self.deadlock.store(true, Ordering::Relaxed);
                        self.end();
                    }
                }
                continue;
            }
            if std::mem::take(&mut searching) {
                self.idle.search_ends(self, true);
                has_looked = false;
            }
            let fewer = |generations: usize| generations.checked_sub(1);
            if self.generations.fetch_update(Ordering::AcqRel, Ordering::Acquire, fewer).is_ok() {
                self.push(id);
            }
            if self.done.fetch_add(1, Ordering::AcqRel) + 1 == goal {
                self.end();
            }
        }
    }

    fn end(&self) {
        self.ending.store(true, Ordering::Release);
        self.idle.wake_all();
    }
}

/// A task queued from outside, and the one that it queues in turn, are always run, and a run
/// with work left is never taken for deadlocked.
pub fn park_and_wake() -> usize {
    explore(2, || {
        let run = Arc::new(Run::new(2));
        run.generations.store(1, Ordering::Relaxed);
        // Work is announced, as a pending request is: without it the run would be a deadlock.
        run.pending_io.store(1, Ordering::SeqCst);
        let processors = Run::start(&run, 2);
        run.push(2);
        run.pending_io.fetch_sub(1, Ordering::SeqCst);
        join(processors);
        assert!(!run.deadlock.load(Ordering::Relaxed), "work was left");
    })
}

/// A queue is handed over from who fills it to who sleeps: nothing is run twice or left lying.
pub fn hand_over() -> usize {
    explore(2, || {
        let run = Arc::new(Run::new(2));
        // One processor starts with a task that queues a task that queues a task.
        run.generations.store(2, Ordering::Relaxed);
        run.queues[0].store(1, Ordering::Relaxed);
        join(Run::start(&run, 3));
        assert_eq!(run.done.load(Ordering::Relaxed), 3);
        assert!(!run.deadlock.load(Ordering::Relaxed), "work was left");
        assert!(!run.has_ready());
    })
}

/// The one processor goes to sleep while an answer arrives: a deadlock is decided only if
/// nothing was pending, so here never.
pub fn deadlock_against_io() -> usize {
    explore(3, || {
        let run = Arc::new(Run::new(1));
        run.pending_io.store(1, Ordering::SeqCst);
        let processors = Run::start(&run, 1);
        run.push(1);
        run.pending_io.fetch_sub(1, Ordering::SeqCst);
        join(processors);
        assert!(!run.deadlock.load(Ordering::Relaxed), "an answer was on its way");
        assert_eq!(run.done.load(Ordering::Relaxed), 1);
    })
}

/// A run in which everybody waits is found to be one, by exactly who parks last.
pub fn true_deadlock() -> usize {
    explore(3, || {
        let run = Arc::new(Run::new(2));
        join(Run::start(&run, 1));
        assert!(run.deadlock.load(Ordering::Relaxed));
    })
}

/// A send and a receive meet exactly once, whoever comes first.
pub fn rendezvous() -> usize {
    explore(3, || {
        let channel = Arc::new(Mutex::new(State::<u32>::new(0, 0)));
        let sender = {
            let channel = channel.clone();
            spawn(move || {
                let mut state = lock(&channel);
                match state.send(&Context(1), 7, Waker::noop()) {
                    Sent::Done(wake) => assert!(wake.is_some(), "the receiver is to be woken"),
                    Sent::Waits(_) => {}
                    Sent::Closed => panic!("nobody closed it"),
                }
            })
        };
        let received = lock(&channel).receive(&Context(2), Waker::noop());
        sender.join().unwrap();
        match received {
            Received::Value(value, wake) => {
                assert_eq!(value, 7);
                assert!(wake.is_some(), "the sender is to be woken");
            }
            Received::Waits(key) => assert_eq!(lock(&channel).depart(key), Some(7)),
            Received::Closed => panic!("nobody closed it"),
        }
    })
}
