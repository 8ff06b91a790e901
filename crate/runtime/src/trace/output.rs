//! What tasks have written, in the order in which they wrote it.
//!
//! A task writes bytes to a [`Stream`]. The bytes of one call are a [`Chunk`]. All tasks of a run
//! write into one [`OutputLog`] under a lock. So the order of the chunks is exact, also between
//! processors whose clocks differ a little. The bytes need not be valid UTF-8, and a chunk may end
//! inside a character: the report turns bytes into text.
//!
//! # Limits
//!
//! - A stream keeps [`MOST_BYTES`] bytes. The bytes after them are dropped and counted.
//! - A run keeps [`MOST_CHUNKS`] chunks, each with its time and its task. After that, bytes are
//!   joined to the last chunk of their stream that no reader has taken. So no byte is lost and each
//!   stream keeps its order, but the joined chunk has only the time of its first bytes, and it has
//!   no task if several tasks wrote its bytes. Each call of [`OutputLog::drain`] can begin one such
//!   chunk for each stream.
//! - If more than [`MOST_UNDRAINED`] bytes wait for a reader, the task that writes should let the
//!   reader drain first. This rule holds only for a run that a reader drains while it goes on. A
//!   run whose reader drains at the end would wait for nothing.

use std::time::Duration;

use super::event::{Nanos, TaskId};
use crate::sync::{Condvar, Mutex, lock, wait_at_most};

/// The number of bytes that each stream of a run keeps.
pub const MOST_BYTES: usize = 16 << 20;

/// The number of chunks that are kept with a time and a task of their own. The records of so many
/// chunks take 3 MiB.
const MOST_CHUNKS: u32 = 1 << 17;

/// The number of bytes that may wait for a reader before the tasks that write are slowed down.
const MOST_UNDRAINED: usize = 1 << 20;

/// The longest time that a task waits for a reader. A reader that does not drain for so long counts
/// as gone until it drains again.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// A stream to which tasks write. Its number is the file descriptor of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Stream {
    /// Standard output.
    Stdout = 1,
    /// Standard error.
    Stderr = 2,
}

impl Stream {
    /// Both streams, in the order of their numbers.
    pub const ALL: [Stream; 2] = [Stream::Stdout, Stream::Stderr];

    /// Returns the place of the stream in an array with an element for each stream.
    pub fn index(self) -> usize {
        self as usize - 1
    }
}

/// What is known about the bytes of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// When the chunk was written, in nanoseconds on the run's axis.
    pub at: Nanos,
    /// The task that wrote the chunk; `None` if several tasks wrote its bytes.
    pub task: Option<TaskId>,
    /// The stream to which the task wrote.
    pub stream: Stream,
    /// The number of bytes.
    pub length: u32,
}

/// Chunks of output, in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    chunks: Vec<Chunk>,
    /// The bytes of each stream.
    bytes: [Vec<u8>; 2],
}

impl Output {
    /// Adds a chunk of output.
    pub fn push(&mut self, at: Nanos, task: TaskId, stream: Stream, bytes: &[u8]) {
        self.bytes[stream.index()].extend_from_slice(bytes);
        self.chunks.push(Chunk { at, task: Some(task), stream, length: bytes.len() as u32 });
    }

    /// Returns the chunks, each with its bytes.
    pub fn chunks(&self) -> impl Iterator<Item = (Chunk, &[u8])> {
        let [stdout, stderr] = &self.bytes;
        let mut rest = [&stdout[..], &stderr[..]];
        self.chunks.iter().map(move |chunk| {
            let rest = &mut rest[chunk.stream.index()];
            let (bytes, after) = rest.split_at(chunk.length as usize);
            *rest = after;
            (*chunk, bytes)
        })
    }

    /// Joins `length` bytes to the last chunk of their stream. Returns `false` if there is none
    /// among the last two chunks.
    fn join(&mut self, task: TaskId, stream: Stream, length: u32) -> bool {
        let mut last = self.chunks.iter_mut().rev().take(2);
        let Some(chunk) = last.find(|chunk| chunk.stream == stream) else { return false };
        chunk.length += length;
        chunk.task = chunk.task.filter(|writer| *writer == task);
        true
    }

    /// Returns the number of bytes of all chunks.
    fn length(&self) -> usize {
        self.bytes.iter().map(Vec::len).sum()
    }
}

/// What [`OutputLog::write`] has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The number of the new chunk in the run, from 0; `None` if there is no new chunk.
    pub chunk: Option<u32>,
    /// Whether the task should let the reader drain before it goes on.
    pub is_full: bool,
}

/// The output of a run that no reader has taken, and the totals of the run's output.
#[derive(Debug)]
pub struct OutputLog {
    state: Mutex<State>,
    /// Notified when a reader has drained, and when the log is closed.
    drained: Condvar,
    /// [`LONGEST_WAIT`], or another time in tests.
    longest_wait: Duration,
}

#[derive(Debug, Default)]
struct State {
    pending: Output,
    /// The number of chunks that were made.
    chunks: u32,
    /// The number of bytes of each stream that were kept.
    kept: [usize; 2],
    /// The number of bytes of each stream that were dropped.
    dropped: [u64; 2],
    /// How many times a reader has drained.
    drains: u32,
    /// Whether a reader has drained, and no task has waited too long for it since then.
    has_reader: bool,
    /// How many tasks wait for the reader.
    waiting: u32,
    /// Whether the run is ending.
    closed: bool,
}

impl State {
    fn is_full(&self) -> bool {
        self.has_reader && !self.closed && self.pending.length() > MOST_UNDRAINED
    }
}

impl OutputLog {
    pub(crate) fn new() -> OutputLog {
        let (state, drained) = (Mutex::default(), Condvar::new());
        OutputLog { state, drained, longest_wait: LONGEST_WAIT }
    }

    /// Writes a chunk whose bytes come in several parts. Does nothing if the run is ending, because
    /// the output of a run ends with the run.
    pub fn write(&self, at: Nanos, task: TaskId, stream: Stream, parts: &[&[u8]]) -> Written {
        let state = &mut *lock(&self.state);
        if state.closed {
            return Written { chunk: None, is_full: false };
        }
        let (index, mut length) = (stream.index(), 0);
        for part in parts {
            let kept = part.len().min(MOST_BYTES - state.kept[index]);
            state.pending.bytes[index].extend_from_slice(&part[..kept]);
            state.kept[index] += kept;
            state.dropped[index] += (part.len() - kept) as u64;
            length += kept as u32;
        }
        let is_new = length > 0
            && !(state.chunks >= MOST_CHUNKS && state.pending.join(task, stream, length));
        let chunk = is_new.then_some(state.chunks);
        if is_new {
            state.chunks += 1;
            state.pending.chunks.push(Chunk { at, task: Some(task), stream, length });
        }
        Written { chunk, is_full: state.is_full() }
    }

    /// Blocks the calling thread until a reader has drained if the log is full. Waits no longer
    /// than until the run is ending, and no longer than [`LONGEST_WAIT`].
    #[cold]
    pub fn wait_for_reader(&self) {
        let mut state = lock(&self.state);
        if !state.is_full() {
            return;
        }
        let drains = state.drains;
        state.waiting += 1;
        while state.drains == drains && !state.closed {
            let is_over;
            (state, is_over) = wait_at_most(&self.drained, state, self.longest_wait);
            if is_over {
                state.has_reader = state.drains != drains;
                break;
            }
        }
        state.waiting -= 1;
    }

    /// Takes what was written since the last call, and lets the tasks that wait go on.
    #[cold]
    pub fn drain(&self) -> Output {
        let mut state = lock(&self.state);
        state.has_reader = true;
        state.drains = state.drains.wrapping_add(1);
        self.let_go_on(&state);
        std::mem::take(&mut state.pending)
    }

    /// Lets the tasks that wait go on, because the run is ending. From then on, nothing is written.
    #[cold]
    pub fn close(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        self.let_go_on(&state);
    }

    // A page without shared memory has no thread that waits, and needs no notification.
    fn let_go_on(&self, state: &State) {
        if state.waiting > 0 {
            self.drained.notify_all();
        }
    }

    /// Returns the number of bytes of each stream that were not kept.
    pub fn dropped_bytes(&self) -> [u64; 2] {
        lock(&self.state).dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Arc, thread};
    use Stream::{Stderr, Stdout};

    /// Returns the task, the stream and the bytes of each chunk.
    fn told(output: &Output) -> Vec<(Option<TaskId>, Stream, &[u8])> {
        output.chunks().map(|(chunk, bytes)| (chunk.task, chunk.stream, bytes)).collect()
    }

    #[test]
    fn both_streams_are_in_the_order_of_writing() {
        let log = OutputLog::new();
        let written = |at, task, stream, parts: &[&[u8]]| log.write(at, task, stream, parts).chunk;
        assert_eq!(written(5, 1, Stdout, &[b"one", b"\n"]), Some(0));
        assert_eq!(written(7, 2, Stderr, &[b"two\xff"]), Some(1));
        assert_eq!(written(6, 1, Stdout, &[b""]), None);
        // This processor's clock is behind.
        assert_eq!(written(6, 1, Stdout, &[b"three"]), Some(2));
        let output = log.drain();
        assert_eq!(
            told(&output),
            [
                (Some(1), Stdout, &b"one\n"[..]),
                (Some(2), Stderr, b"two\xff"),
                (Some(1), Stdout, b"three"),
            ]
        );
        assert_eq!(output.chunks().map(|(chunk, _)| chunk.at).collect::<Vec<_>>(), [5, 7, 6]);
        assert_eq!(log.drain(), Output::default());
        assert_eq!(written(8, 1, Stdout, &[b"four"]), Some(3));
        assert_eq!(told(&log.drain()), [(Some(1), Stdout, &b"four"[..])]);
    }

    #[test]
    fn each_stream_keeps_its_first_bytes_and_the_rest_is_counted() {
        let log = OutputLog::new();
        let block = vec![b'a'; MOST_BYTES - 2];
        log.write(0, 0, Stdout, &[&block]);
        log.write(0, 0, Stdout, &[b"bcd", b"\n"]);
        let written = log.write(0, 0, Stdout, &[b"efg"]);
        assert_eq!(written, Written { chunk: None, is_full: false });
        log.write(0, 0, Stderr, &[b"error"]);
        assert_eq!(log.dropped_bytes(), [5, 0]);
        let output = log.drain();
        let told = told(&output);
        assert_eq!(told[1..], [(Some(0), Stdout, &b"bc"[..]), (Some(0), Stderr, b"error")]);
        // Draining makes no room.
        log.write(0, 0, Stdout, &[b"h"]);
        log.write(0, 0, Stderr, &[&vec![b'a'; MOST_BYTES]]);
        assert_eq!(log.dropped_bytes(), [6, 5]);
        assert_eq!(log.drain().length(), MOST_BYTES - 5);
    }

    /// Two tasks fill both streams, at first byte by byte. The number of records stays within its
    /// limit, and each stream keeps all of its bytes in order.
    #[test]
    fn tiny_chunks_are_joined_when_there_are_very_many() {
        let log = OutputLog::new();
        // The byte at each place of a stream is the remainder of the place by 256.
        let pattern: Vec<u8> = (0..3 * 256).map(|n| n as u8).collect();
        let mut written = [0; 2];
        let mut outputs = Vec::new();
        let mut events = 0;
        for n in 0.. {
            if written.iter().all(|length| *length > MOST_BYTES) {
                break;
            }
            let (task, stream) = ((n / 2 % 2) as TaskId, Stream::ALL[n as usize % 2]);
            let length = if n < 3 * u64::from(MOST_CHUNKS) { 1 } else { 511 };
            let place = &mut written[stream.index()];
            let bytes = &pattern[*place % 256..][..length];
            events += u32::from(log.write(n, task, stream, &[bytes]).chunk.is_some());
            *place += length;
            if n == 2 * u64::from(MOST_CHUNKS) {
                outputs.push(log.drain());
            }
        }
        outputs.push(log.drain());
        let lengths: Vec<_> = outputs.iter().map(|output| output.chunks.len() as u32).collect();
        // Each stream has one more chunk for the second drain.
        assert_eq!(lengths, [MOST_CHUNKS, 2]);
        assert_eq!(events, MOST_CHUNKS + 2);
        let tasks = |output: &Output| -> Vec<_> {
            output.chunks.iter().take(5).map(|chunk| chunk.task).collect()
        };
        assert_eq!(tasks(&outputs[0]), [Some(0), Some(0), Some(1), Some(1), Some(0)]);
        assert_eq!(tasks(&outputs[1]), [None; 2]);
        for stream in Stream::ALL {
            let chunks = outputs.iter().flat_map(Output::chunks);
            let own = chunks.filter(|(chunk, _)| chunk.stream == stream);
            let bytes: Vec<u8> = own.flat_map(|(_, bytes)| bytes.iter().copied()).collect();
            assert_eq!(bytes.len(), MOST_BYTES);
            assert!(bytes.iter().enumerate().all(|(place, byte)| *byte == place as u8));
        }
        let dropped = written.map(|length| (length - MOST_BYTES) as u64);
        assert_eq!(log.dropped_bytes(), dropped);
    }

    #[test]
    fn a_task_that_writes_alone_keeps_its_chunks() {
        let log = OutputLog::new();
        for n in 0..MOST_CHUNKS {
            assert_eq!(log.write(0, n, Stdout, &[b"a"]).chunk, Some(n));
        }
        assert_eq!(log.write(0, MOST_CHUNKS - 1, Stdout, &[b"b"]).chunk, None);
        let output = log.drain();
        let last = output.chunks().last().unwrap();
        assert_eq!((last.0.task, last.1), (Some(MOST_CHUNKS - 1), &b"ab"[..]));
    }

    /// Returns a log with a reader and with more undrained bytes than a task may leave behind.
    fn full(longest_wait: Duration) -> OutputLog {
        let log = OutputLog { longest_wait, ..OutputLog::new() };
        log.drain();
        assert!(!log.write(0, 0, Stdout, &[&vec![b'a'; MOST_UNDRAINED]]).is_full);
        assert!(log.write(0, 0, Stderr, &[b"a"]).is_full);
        log
    }

    #[test]
    fn without_a_reader_nobody_waits() {
        let log = OutputLog::new();
        assert!(!log.write(0, 0, Stdout, &[&vec![b'a'; 2 * MOST_UNDRAINED]]).is_full);
        log.wait_for_reader();
    }

    /// A wait that should end before its limit.
    const VERY_LONG: Duration = Duration::from_secs(600);

    /// Calls `release` while a task waits. Then the wait has to end.
    fn ends_by(release: fn(&OutputLog)) {
        let log = Arc::new(full(VERY_LONG));
        let waits = log.clone();
        let task = thread::spawn(move || waits.wait_for_reader());
        while lock(&log.state).waiting == 0 {
            thread::yield_now();
        }
        release(&log);
        task.join().unwrap();
        assert!(!log.write(0, 0, Stdout, &[b"a"]).is_full);
        assert!(lock(&log.state).has_reader, "the wait ended before its limit");
    }

    #[test]
    fn a_wait_ends_when_the_reader_drains() {
        ends_by(|log| drop(log.drain()));
    }

    #[test]
    fn a_wait_ends_when_the_run_is_ending() {
        ends_by(OutputLog::close);
        let log = full(VERY_LONG);
        log.close();
        assert_eq!(log.write(0, 0, Stdout, &[b"late"]).chunk, None);
        assert_eq!(log.drain().length(), MOST_UNDRAINED + 1);
    }

    #[test]
    fn a_reader_that_has_gone_is_waited_for_once() {
        let log = full(Duration::from_millis(10));
        log.wait_for_reader();
        assert!(!log.write(0, 0, Stdout, &[b"a"]).is_full);
        log.drain();
        assert!(log.write(0, 0, Stdout, &[&vec![b'a'; MOST_UNDRAINED + 1]]).is_full);
    }
}
