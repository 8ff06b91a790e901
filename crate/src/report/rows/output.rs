//! The chunks of text that a run's tasks wrote.

use super::window::Window;
use crate::trace::{Chunk, Output, Stream, TaskId};

/// A chunk of text that a task wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputChunk {
    /// The time at which the chunk was written, in milliseconds.
    pub at_ms: f64,
    /// The task that wrote the chunk; `None` if several tasks wrote it.
    pub task: Option<TaskId>,
    /// The stream to which the task wrote.
    pub stream: Stream,
    /// The text. A character whose bytes are in several chunks belongs to the chunk with the last
    /// of its bytes, so a chunk that holds only the beginning of a character has no text.
    pub text: String,
}

/// The chunks so far, with their texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    chunks: Vec<(Chunk, String)>,
    /// The bytes at the end of each stream that are the beginning of a character.
    undecoded: [Vec<u8>; 2],
}

impl Texts {
    /// Adds chunks, and turns their bytes into text. Bytes that are not valid UTF-8 become U+FFFD.
    pub(super) fn add(&mut self, output: &Output) {
        for (chunk, bytes) in output.chunks() {
            let undecoded = &mut self.undecoded[chunk.stream.index()];
            undecoded.extend_from_slice(bytes);
            let (text, rest) = decode(undecoded);
            let decoded = undecoded.len() - rest;
            undecoded.copy_within(decoded.., 0);
            undecoded.truncate(rest);
            self.chunks.push((chunk, text));
        }
    }

    /// Ends the text of each stream, and returns the number of dropped bytes of each stream. The
    /// beginning of a character counts as dropped if the rest of the character may be among the
    /// bytes that were `dropped`. Otherwise the character is invalid.
    pub(super) fn finish(&mut self, mut dropped: [u64; 2]) -> [u64; 2] {
        for stream in Stream::ALL {
            let beginning = self.undecoded[stream.index()].len();
            let dropped = &mut dropped[stream.index()];
            if *dropped > 0 {
                *dropped += beginning as u64;
            } else if beginning > 0 {
                let last = self.chunks.iter_mut().rfind(|(chunk, _)| chunk.stream == stream);
                if let Some((_, text)) = last {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        dropped
    }

    pub(super) fn len(&self) -> usize {
        self.chunks.len()
    }

    /// Returns the chunks from the index `from` on, also those outside the window.
    pub(super) fn chunks(&self, window: Window, from: usize) -> Vec<OutputChunk> {
        let chunks = self.chunks[from..].iter().cloned();
        chunks.map(|(chunk, text)| row(chunk, text, window)).collect()
    }

    /// Returns the chunks that were written within the window.
    pub(super) fn within(self, window: Window) -> Vec<OutputChunk> {
        let chunks = self.chunks.into_iter().filter(|(chunk, _)| window.holds(chunk.at));
        chunks.map(|(chunk, text)| row(chunk, text, window)).collect()
    }
}

fn row(chunk: Chunk, text: String, window: Window) -> OutputChunk {
    OutputChunk { at_ms: window.ms(chunk.at), task: chunk.task, stream: chunk.stream, text }
}

/// Returns the text of `bytes`, and the number of bytes at their end that may be the beginning of a
/// character.
fn decode(bytes: &[u8]) -> (String, usize) {
    let mut text = String::new();
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        rest -= chunk.valid().len() + chunk.invalid().len();
        // The invalid bytes are a single byte, or the beginning of one character. This character may
        // go on only at the end of all bytes.
        let [first, ..] = chunk.invalid() else { continue };
        if rest == 0 && chunk.invalid().len() < character_length(*first) {
            return (text, chunk.invalid().len());
        }
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, 0)
}

/// Returns the number of bytes of a character whose first byte is `first`; 0 if no character begins
/// with this byte.
fn character_length(first: u8) -> usize {
    match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Nanos;
    use Stream::{Stderr, Stdout};

    const WINDOW: Window = Window { start: 0, end: Nanos::MAX };

    /// Returns the texts of chunks that come in one batch each, and the numbers of dropped bytes.
    fn texts(chunks: &[(Stream, &[u8])], dropped: [u64; 2]) -> (Vec<String>, [u64; 2]) {
        let mut texts = Texts::default();
        for (stream, bytes) in chunks {
            let mut output = Output::default();
            output.push(1, 0, *stream, bytes);
            texts.add(&output);
        }
        let dropped = texts.finish(dropped);
        (texts.within(WINDOW).into_iter().map(|chunk| chunk.text).collect(), dropped)
    }

    #[test]
    fn a_character_may_be_in_several_chunks_of_its_stream() {
        // The bytes of “€” and “😀” with chunks of the other stream between them.
        let chunks: [(Stream, &[u8]); 7] = [
            (Stdout, b"a\xe2"),
            (Stderr, b"\xf0\x9f"),
            (Stdout, b"\x82"),
            (Stdout, b"\xacb"),
            (Stderr, b"\x98"),
            (Stdout, b"\n"),
            (Stderr, b"\x80"),
        ];
        let (said, dropped) = texts(&chunks, [0, 0]);
        assert_eq!(said, ["a", "", "", "€b", "", "\n", "😀"]);
        assert_eq!(dropped, [0, 0]);
    }

    #[test]
    fn bytes_in_chunks_of_any_size_become_the_text_of_all_of_them() {
        let bytes = b"ok \xff\xe2\x82 \xf0\x9f\x98\x80\xc3(\xed\xa0\x80\xe2\x82\xac\xf0\x9f";
        let whole = String::from_utf8_lossy(bytes);
        for size in 1..=bytes.len() {
            let chunks: Vec<_> = bytes.chunks(size).map(|bytes| (Stdout, bytes)).collect();
            assert_eq!(texts(&chunks, [0, 0]).0.concat(), whole, "{size}");
        }
    }

    #[test]
    fn a_character_whose_end_was_dropped_is_dropped() {
        let chunks: [(Stream, &[u8]); 2] = [(Stdout, b"a\xe2\x82"), (Stderr, b"b\xe2")];
        assert_eq!(texts(&chunks, [1, 0]), (vec!["a".into(), "b\u{fffd}".into()], [3, 0]));
    }
}
