//! The module's memory allocator.
//!
//! The standard library's allocator for wasm zeroes and grows memory while it holds a lock, and all
//! other threads spin on that lock. If there are more threads than cores, the thread that holds the
//! lock is often paused, and all other threads, including the host, waste their time. With 64
//! processors on 2 cores, filters of images spent three quarters of all time on the lock, and Stop
//! took seconds. This allocator holds its lock for a shorter time. A thread that has waited for a
//! long time sleeps between its checks of the lock.

use std::hint;
use std::thread;
use std::time::Duration;

use spinning_top::RawSpinlock;
use spinning_top::relax::Relax;
use talc::sync::TalcLock;
use talc::wasm::{WasmBinning, WasmGrowAndClaim};

#[global_allocator]
static MEMORY: TalcLock<RawSpinlock<SpinThenSleep>, WasmGrowAndClaim, WasmBinning> =
    TalcLock::new(WasmGrowAndClaim);

/// How many times a thread checks the lock before it assumes that the thread that holds the lock is
/// paused.
const CHECKS: u32 = 2000;

/// How long a waiting thread sleeps before each further check. Waking sleeping threads would need
/// memory for a list of them.
const PAUSE: Duration = Duration::from_micros(50);

/// About how many bytes a task holds at once while it filters an image of the default size.
const TASK_MEMORY: usize = 4 << 20;

/// Grows the memory in one step, by room for one task on each thread of a pool, and then frees this
/// memory for later use. Growing is slow and holds the lock. Without this step, when many threads
/// started at once, Stop had to wait until each thread had its memory.
pub(super) fn reserve(threads: usize) {
    let mut memory = Vec::<u8>::new();
    // If there is not enough memory, each task allocates what it needs later.
    let _ = memory.try_reserve_exact(threads * TASK_MEMORY);
    hint::black_box(&memory);
}

/// How a thread waits for the lock. It may sleep, because no page's main thread runs this module.
#[derive(Debug, Default)]
struct SpinThenSleep {
    checks: u32,
}

impl Relax for SpinThenSleep {
    #[cold]
    #[inline(never)]
    fn relax(&mut self) {
        self.checks += 1;
        if self.checks < CHECKS {
            hint::spin_loop();
        } else {
            thread::sleep(PAUSE);
        }
    }
}
