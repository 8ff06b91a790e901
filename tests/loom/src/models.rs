//! One model for each protocol. A model asserts in every interleaving what its protocol promises.
//! It returns the number of executions.

use std::panic::Location;
use std::sync::atomic::{AtomicUsize as Count, Ordering::Relaxed};
use std::task::Waker;

use loom::thread::{JoinHandle, spawn};

use crate::accounting::Endless;
use crate::gate::Gate;
use crate::goroutine::Goroutines;
use crate::idle::{Idle, ParkDecision, RunState};
use crate::output::{OutputLog, Stream};
use crate::scheduling::context::Context;
use crate::state::{Received, Sent, State};
use crate::sync::{Arc, AtomicBool, AtomicUsize, Mutex, Ordering, lock};
use crate::task::Task;
use crate::trace::Nanos;

/// Explores `model` with at most `preemptions` preemptions, and returns the number of executions.
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

/// A run with a queue for each processor and a global queue. A queue is only the number of its
/// tasks. It has no lock, because a lock would order accesses that the protocol has to order.
struct Run {
    idle: Idle,
    queues: Vec<AtomicUsize>,
    /// How many of the next tasks queue another task when they run.
    generations: AtomicUsize,
    done: AtomicUsize,
    pending_io: AtomicUsize,
    ending: AtomicBool,
    deadlock: AtomicBool,
    gate: Gate,
}

impl RunState for Run {
    fn has_ready_task(&self) -> bool {
        self.queues.iter().any(|queue| queue.load(Ordering::Acquire) > 0)
    }

    fn earliest_deadline(&self) -> Option<Nanos> {
        None
    }

    fn awaits_io(&self) -> bool {
        self.pending_io.load(Ordering::SeqCst) > 0
    }

    fn needs_all(&self) -> bool {
        self.ending.load(Ordering::Acquire) || self.gate.is_closed()
    }

    fn advance_clock_to(&self, _: Nanos) -> bool {
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
            gate: Gate::new(),
        }
    }

    /// Starts all processors. The model's own thread drives no processor: it waits for the other
    /// threads to end, and in loom an unpark would end this wait as well.
    fn start(run: &Arc<Run>, goal: usize) -> Vec<JoinHandle<()>> {
        let processor = |id| {
            let run = run.clone();
            spawn(move || run.drive(id, goal))
        };
        (0..run.queues.len() - 1).map(processor).collect()
    }

    fn push(&self, queue: usize) {
        self.queues[queue].fetch_add(1, Ordering::Release);
        self.idle.wake_for_queued_task();
    }

    fn take(&self, queue: usize) -> Option<()> {
        let one_less = |tasks: usize| tasks.checked_sub(1);
        let taken = self.queues[queue].fetch_update(Ordering::AcqRel, Ordering::Acquire, one_less);
        taken.ok().map(|_| ())
    }

    /// Runs a processor's loop as in `processor.rs`: takes from its own queue, else searches, and
    /// parks if it finds no task. Ends when `goal` tasks are done, or when a deadlock is found. The
    /// first `generations` tasks each queue another task on their processor.
    fn drive(&self, id: usize, goal: usize) {
        self.idle.register_this_thread(id);
        let (mut searching, mut has_looked) = (false, false);
        loop {
            if self.ending.load(Ordering::Acquire) {
                return;
            }
            let found = self.take(id).or_else(|| {
                if !std::mem::replace(&mut searching, true) {
                    self.idle.search_begins();
                }
                // At the first check of a search, the processor steals nothing from other
                // processors' queues.
                let leaves = !std::mem::replace(&mut has_looked, true);
                let global = self.queues.len() - 1;
                let from = if leaves { global } else { 0 };
                (from..=global).find_map(|queue| self.take(queue))
            });
            if found.is_none() {
                if std::mem::take(&mut searching) {
                    self.idle.search_ends(self, false);
                }
                match self.idle.prepare_to_park(self, id, 0) {
                    ParkDecision::SearchAgain => {}
                    ParkDecision::Park(_) => {
                        searching = self.idle.park(id, None);
                        has_looked = false;
                    }
                    ParkDecision::Deadlock(_) => {
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

/// Checks a run in which a task is queued from outside, and queues another task. Both tasks always
/// run, and no deadlock is found while a task is still to run.
pub fn park_and_wake() -> usize {
    explore(2, || {
        let run = Arc::new(Run::new(2));
        run.generations.store(1, Ordering::Relaxed);
        // A pending request announces the work. Without the request the run would be in deadlock.
        run.pending_io.store(1, Ordering::SeqCst);
        let processors = Run::start(&run, 2);
        run.push(2);
        run.pending_io.fetch_sub(1, Ordering::SeqCst);
        join(processors);
        assert!(!run.deadlock.load(Ordering::Relaxed), "work was left");
    })
}

/// Checks that a parked processor can take tasks from the queue that another processor fills. No
/// task runs twice, and at the end no queue holds a task.
pub fn hand_over() -> usize {
    explore(2, || {
        let run = Arc::new(Run::new(2));
        // One processor starts with a task. This task queues a second task, and the second task
        // queues a third.
        run.generations.store(2, Ordering::Relaxed);
        run.queues[0].store(1, Ordering::Relaxed);
        join(Run::start(&run, 3));
        assert_eq!(run.done.load(Ordering::Relaxed), 3);
        assert!(!run.deadlock.load(Ordering::Relaxed), "work was left");
        assert!(!run.has_ready_task());
    })
}

/// Checks a run whose only processor parks while an answer arrives. In this run no deadlock may be
/// found: a request is pending until its task is queued.
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

/// Checks that the processor that parks last finds a deadlock if no task can run any more.
pub fn true_deadlock() -> usize {
    explore(3, || {
        let run = Arc::new(Run::new(2));
        join(Run::start(&run, 1));
        assert!(run.deadlock.load(Ordering::Relaxed));
    })
}

/// Checks that a send and a receive meet exactly once, whichever comes first.
pub fn rendezvous() -> usize {
    explore(3, || {
        let channel = Arc::new(Mutex::new(State::<u32>::new(0, 0)));
        let sender = {
            let channel = channel.clone();
            spawn(move || {
                let mut state = lock(&channel);
                match state.send(&Context(1), 7, Waker::noop(), Location::caller()) {
                    Sent::Done(wake) => assert!(wake.is_some(), "the receiver is to be woken"),
                    Sent::Waits(_) => {}
                    Sent::Closed => panic!("nobody closed it"),
                }
            })
        };
        let received = lock(&channel).receive(&Context(2), Waker::noop(), Location::caller());
        sender.join().unwrap();
        match received {
            Received::Value(value, wake) => {
                assert_eq!(value, 7);
                assert!(wake.is_some(), "the sender is to be woken");
            }
            Received::Waits(key) => assert_eq!(lock(&channel).remove(key), Some(7)),
            Received::Closed => panic!("nobody closed it"),
        }
    })
}

/// A goroutine enters a list of waiting goroutines, and then blocks. Another processor takes it from
/// the list, if it is there, and wakes it. Exactly one of the two processors gets the goroutine, and
/// a goroutine that nobody woke stays blocked.
pub fn goroutine_woken() -> usize {
    explore(3, || {
        let goroutines = Arc::new(Goroutines::new());
        let task = Arc::new(Task::new(&Arc::new(Endless), 1, "waits".into()));
        let goroutine = goroutines.create(task, 8, 0);
        let number = goroutine.number();
        let listed = Arc::new(AtomicBool::new(false));
        let (table, list) = (goroutines.clone(), listed.clone());
        let waker = spawn(move || {
            let taken = list.swap(false, Ordering::AcqRel);
            (taken, taken && table.wake(number).is_some())
        });
        listed.store(true, Ordering::Release);
        let woken_before_the_stop = goroutines.block(goroutine).is_some();
        let (taken, woken) = waker.join().unwrap();
        assert_eq!(u8::from(woken) + u8::from(woken_before_the_stop), u8::from(taken));
        assert_eq!(goroutines.wake(number).is_some(), !taken, "an unwoken goroutine stays blocked");
    })
}

/// Two processors come to the gate. Each works only when both are there, and goes on only when both
/// have worked. Then the gate is open.
pub fn gate_passed() -> usize {
    explore(3, || {
        let gate = Arc::new(Gate::new());
        let (here, worked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let processor = || {
            let (gate, here, worked) = (gate.clone(), here.clone(), worked.clone());
            spawn(move || {
                gate.close();
                here.fetch_add(1, Ordering::AcqRel);
                let passed = gate.pass(2, || {
                    assert_eq!(here.load(Ordering::Acquire), 2);
                    worked.fetch_add(1, Ordering::AcqRel);
                });
                assert!(passed);
                assert_eq!(worked.load(Ordering::Acquire), 2);
                assert!(!gate.is_closed());
            })
        };
        join(vec![processor(), processor()]);
    })
}

/// The run ends while a processor comes to the gate, and the other one never comes. The processor
/// leaves the gate.
pub fn gate_and_end() -> usize {
    explore(3, || {
        let gate = Arc::new(Gate::new());
        let waits = gate.clone();
        let processor = spawn(move || {
            waits.close();
            assert!(!waits.pass(2, || panic!("the other processor is not there")));
        });
        gate.run_ends();
        processor.join().unwrap();
    })
}

/// A processor closes the gate while the other one begins to drive, finds no task and parks. The other
/// one comes to the gate.
pub fn gate_wakes_the_parked() -> usize {
    explore(3, || {
        let run = Arc::new(Run::new(2));
        // Without a request on its way, the run would be in deadlock.
        run.pending_io.store(1, Ordering::SeqCst);
        let parks = run.clone();
        let parked = spawn(move || {
            parks.idle.register_this_thread(0);
            loop {
                if let ParkDecision::Park(_) = parks.idle.prepare_to_park(&*parks, 0, 0) {
                    parks.idle.park(0, None);
                }
                if parks.gate.is_closed() {
                    break;
                }
            }
            assert!(parks.gate.pass(2, || {}));
        });
        let closes = spawn(move || {
            run.idle.register_this_thread(1);
            assert!(run.gate.close());
            run.idle.wake_all();
            assert!(run.gate.pass(2, || {}));
        });
        join(vec![parked, closes]);
    })
}

/// Explores a task that writes more than may wait for the reader, and then waits for the reader,
/// while `reader` is called. The wait has to end.
fn writer_waits(reader: fn(&OutputLog)) -> usize {
    explore(3, move || {
        let log = Arc::new(OutputLog::new());
        log.drain();
        let writes = log.clone();
        let writer = spawn(move || {
            let bytes = vec![0; (1 << 20) + 1];
            if writes.write(0, 1, Stream::Stdout, &[&bytes]).is_full {
                writes.wait_for_reader();
            }
        });
        reader(&log);
        writer.join().unwrap();
    })
}

/// Checks that a task that waits for the reader goes on when the reader has drained.
pub fn writer_waits_for_reader() -> usize {
    writer_waits(|log| {
        while log.drain().chunks().next().is_none() {
            loom::thread::yield_now();
        }
    })
}

/// Checks that a task that waits for the reader goes on when the run is ending.
pub fn writer_waits_at_the_end() -> usize {
    writer_waits(OutputLog::close)
}
