//! Where all of the module's memory comes from.
//!
//! The standard library's allocator for wasm zeroes memory and grows it under a lock for which all
//! others spin. Where threads are more than cores the one that holds it is often paused, and all the
//! others then burn their time, the host among them: with 64 processors on 2 cores, filters of
//! images spent three quarters of all time on it, and Stop took seconds. This one holds its lock
//! for less, and who waits for long sleeps.

use std::hint;
use std::thread;
use std::time::Duration;

use spinning_top::RawSpinlock;
use spinning_top::relax::Relax;
use talc::sync::TalcLock;
use talc::wasm::{WasmBinning, WasmGrowAndClaim};

#[global_allocator]
static MEMORY: TalcLock<RawSpinlock<GiveWay>, WasmGrowAndClaim, WasmBinning> =
    TalcLock::new(WasmGrowAndClaim);

/// So often a thread looks whether another has done with the lock, before it takes it for paused.
const LOOKS: u32 = 2000;

/// How long it sleeps then. To be woken would need memory for the list of those who sleep.
const PAUSE: Duration = Duration::from_micros(50);

/// About what a task holds at once that filters an image of the size that is set at first.
const ROOM: usize = 4 << 20;

/// Makes room for as many tasks as a pool has threads, in one step; nothing of it is used yet. To
/// grow is slow, and done under the lock: where many threads began at once, Stop had to wait for all
/// of them to have theirs.
pub(super) fn reserve(threads: usize) {
    let mut room = Vec::<u8>::new();
    // Where there is not so much, each takes what it needs when it needs it.
    let _ = room.try_reserve_exact(threads * ROOM);
    hint::black_box(&room);
}

/// How a thread waits for the lock. No page's main thread runs this module: all may sleep.
#[derive(Debug, Default)]
struct GiveWay {
    looks: u32,
}

impl Relax for GiveWay {
    #[cold]
    #[inline(never)]
    fn relax(&mut self) {
        self.looks += 1;
        if self.looks < LOOKS {
            hint::spin_loop();
        } else {
            thread::sleep(PAUSE);
        }
    }
}
