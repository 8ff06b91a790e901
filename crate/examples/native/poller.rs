//! The poller of native runs. It answers one URL, `net/slow`. It performs each job in a thread that
//! counts with a counter of its own.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use manyhands::programs::{Counted, IsolatedCount};
use manyhands::runtime::io::{Completion, Job, JobAnswer, Poller, Request};

use super::slow;

/// Returns a poller for a native run.
pub fn poller() -> Arc<dyn Poller> {
    Arc::new(NativePoller::default())
}

/// Completes one request or job at a time, as a host's event loop does.
#[derive(Debug, Default)]
struct NativePoller(Arc<Mutex<()>>);

impl NativePoller {
    fn answer<A: 'static>(
        &self,
        completion: Completion<A>,
        find: impl FnOnce() -> Result<A, String> + Send + 'static,
    ) where
        Completion<A>: Send,
    {
        let completing = self.0.clone();
        thread::spawn(move || {
            let answer = find();
            let _completing = completing.lock().expect("completing does not panic");
            completion.complete(answer);
        });
    }
}

impl Poller for NativePoller {
    fn submit(&self, request: Request, completion: Completion) {
        self.answer(completion, move || slow::answer(&request));
    }

    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        let Some(work) = IsolatedCount::from_job(job) else { return };
        self.answer(completion, move || {
            let began = Instant::now();
            black_box(work.payload.to_vec());
            let copying = began.elapsed();
            let own = AtomicU64::new(0);
            for _ in 0..work.increments {
                own.fetch_add(1, Ordering::Relaxed);
            }
            Ok(Counted { count: own.into_inner(), copying }.into_answer())
        });
    }
}
