//! The interruption of goroutines that compute: a thread makes them poll now and then.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::NativeGuest;

/// How often goroutines have to poll. This is the length of a time slice, so a slice takes at most
/// twice as long as it has to.
const EVERY: Duration = Duration::from_millis(10);

/// A thread that makes all goroutines of a guest poll every 10 ms, until this value is dropped.
#[derive(Debug)]
pub struct Interrupts {
    /// Ends the thread when it is dropped.
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Interrupts {
    /// Starts the thread, for a run on this number of processors.
    pub fn start(guest: Arc<NativeGuest>, processors: usize) -> Interrupts {
        let (end, ended) = mpsc::channel();
        let thread = thread::spawn(move || {
            while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                // A guest whose function traps harms only itself: its goroutines are not interrupted.
                let _ = guest.call::<u32, ()>("interrupt", processors as u32);
            }
        });
        Interrupts { end: Some(end), thread: Some(thread) }
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.end.take();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the thread does not panic");
        }
    }
}
