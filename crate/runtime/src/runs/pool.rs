//! The threads that processors run on.

use crate::sync::{Arc, Condvar, Mutex, lock};

/// The threads that processors run on: a rayon pool. In a browser this is rayon's global pool,
/// whose threads are Web Workers. The global pool is built once and never resized.
#[derive(Debug)]
pub struct Pool {
    threads: Threads,
}

#[derive(Debug)]
enum Threads {
    Global { at_entry: fn() },
    Own(rayon::ThreadPool),
}

impl Pool {
    /// Creates a pool that starts `threads` threads of its own.
    ///
    /// # Panics
    ///
    /// When the operating system starts no threads, as in a browser.
    pub fn new(threads: usize) -> Pool {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        Pool { threads: Threads::Own(pool.expect("the operating system starts threads")) }
    }

    /// Returns the process's global pool, which wasm-bindgen-rayon has built. Each thread calls
    /// `at_entry` whenever it enters a run.
    pub fn global(at_entry: fn()) -> Pool {
        Pool { threads: Threads::Global { at_entry } }
    }

    /// Returns the number of threads.
    pub fn threads(&self) -> usize {
        match &self.threads {
            Threads::Global { .. } => rayon::current_num_threads(),
            Threads::Own(pool) => pool.current_num_threads(),
        }
    }

    /// Calls `drive` once for each number from 0 to `processors - 1`, each time on another thread.
    /// Blocks the remaining threads of the pool until all of these calls have returned. If these
    /// threads were not blocked, rayon would run a program's parallel iterators on them as well,
    /// and a run would use more threads than it has processors. Every thread calls `entered` first.
    #[cold]
    pub(crate) fn occupy(
        &self,
        processors: usize,
        entered: impl Fn() + Send + Sync + 'static,
        drive: impl Fn(usize) + Send + Sync + 'static,
    ) {
        assert!(processors <= self.threads(), "a processor needs a thread of the pool");
        let latch = Arc::new(Latch::new(processors));
        let enter = move |thread: rayon::BroadcastContext<'_>| {
            entered();
            if thread.index() < processors {
                drive(thread.index());
                latch.one_has_left();
            } else {
                latch.wait_for_all();
            }
        };
        match &self.threads {
            Threads::Global { at_entry } => {
                let at_entry = *at_entry;
                rayon::spawn_broadcast(move |thread| {
                    at_entry();
                    enter(thread);
                });
            }
            Threads::Own(pool) => pool.spawn_broadcast(enter),
        }
    }
}

/// A latch, which blocks the threads without a processor until all processors have left the run.
#[derive(Debug)]
struct Latch {
    inside: Mutex<usize>,
    empty: Condvar,
}

impl Latch {
    fn new(inside: usize) -> Latch {
        Latch { inside: Mutex::new(inside), empty: Condvar::new() }
    }

    fn one_has_left(&self) {
        let mut inside = lock(&self.inside);
        *inside -= 1;
        if *inside == 0 {
            self.empty.notify_all();
        }
    }

    fn wait_for_all(&self) {
        let inside = lock(&self.inside);
        let waited = self.empty.wait_while(inside, |inside| *inside > 0);
        drop(waited);
    }
}
