//! One writer's events: append-only, and readable while it is written.
//!
//! A processor writes its own log, and nobody else writes it. The words of an
//! event are stored first and the new length after, with release; a reader
//! loads the length with acquire and copies what lies below it. So the reader
//! never waits, never writes, and never sees half an event.
//!
//! A log grows by whole segments up to a fixed capacity. The largest run of a
//! page would fill 50 MB in advance, the usual one a few kilobytes.

use super::event::{Timed, WORDS};
use crate::sync::{AtomicU64, AtomicUsize, OnceLock, Ordering};

/// Events in one segment; few in the model, which explores each store of each word.
const SEGMENT: usize = if cfg!(loom) { 2 } else { 4096 };

type Segment = Box<[AtomicU64]>;

/// One writer's events.
#[derive(Debug)]
pub struct Log {
    segments: Box<[OnceLock<Segment>]>,
    published: AtomicUsize,
}

impl Log {
    /// A log that holds `capacity` events, rounded up to whole segments.
    pub fn new(capacity: usize) -> Log {
        let segments = capacity.div_ceil(SEGMENT);
        Log {
            segments: (0..segments).map(|_| OnceLock::new()).collect(),
            published: AtomicUsize::new(0),
        }
    }

    /// Appends an event, for the log's one writer only. `false` when the log is full; then
    /// nothing was written.
    pub fn append(&self, event: Timed) -> bool {
        let index = self.published.load(Ordering::Relaxed);
        let Some(segment) = self.segments.get(index / SEGMENT) else { return false };
        let words =
            segment.get_or_init(|| (0..SEGMENT * WORDS).map(|_| AtomicU64::new(0)).collect());
        let start = index % SEGMENT * WORDS;
        for (slot, word) in words[start..start + WORDS].iter().zip(event.encode()) {
            slot.store(word, Ordering::Relaxed);
        }
        self.published.store(index + 1, Ordering::Release);
        true
    }

    /// How many events can be read.
    pub fn len(&self) -> usize {
        self.published.load(Ordering::Acquire)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The events from the `from`-th to the last that was published, in order.
    pub fn read(&self, from: usize) -> impl Iterator<Item = Timed> + '_ {
        (from..self.len()).filter_map(|index| {
            let words = self.segments[index / SEGMENT].get()?;
            let start = index % SEGMENT * WORDS;
            Timed::decode(std::array::from_fn(|word| words[start + word].load(Ordering::Relaxed)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::Arc;
    use crate::trace::Event;

    fn line(n: u32) -> Timed {
        Timed { at: u64::from(n), event: Event::Output { task: n, line: n } }
    }

    #[test]
    fn reads_back_what_was_appended_across_segments() {
        let log = Log::new(3 * SEGMENT);
        let all: Vec<_> = (0..2 * SEGMENT as u32 + 5).map(line).collect();
        assert!(all.iter().all(|event| log.append(*event)));
        assert_eq!(log.read(0).collect::<Vec<_>>(), all);
        assert_eq!(log.read(SEGMENT).collect::<Vec<_>>(), all[SEGMENT..]);
        assert_eq!(log.read(all.len()).count(), 0);
    }

    #[test]
    fn a_full_log_refuses_and_keeps_what_it_has() {
        let log = Log::new(1);
        let fits = (0..).take_while(|n| log.append(line(*n))).count();
        assert_eq!(fits, SEGMENT);
        assert!(!log.append(line(0)));
        assert_eq!(log.len(), SEGMENT);
    }

    #[test]
    fn a_reader_on_another_thread_sees_whole_events_in_order() {
        let log = Arc::new(Log::new(8 * SEGMENT));
        let writer = {
            let log = log.clone();
            std::thread::spawn(move || (0..7 * SEGMENT as u32).all(|n| log.append(line(n))))
        };
        let mut seen = 0;
        while seen < 7 * SEGMENT {
            for event in log.read(seen).collect::<Vec<_>>() {
                assert_eq!(event, line(seen as u32));
                seen += 1;
            }
        }
        assert!(writer.join().unwrap());
    }
}
