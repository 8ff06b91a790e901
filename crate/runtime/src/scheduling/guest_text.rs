//! A text that a goroutine writes, eight bytes at a time.
//!
//! The calls of a guest pass numbers only, so the runtime never reads the guest's memory, and no
//! address has to be checked. A call for eight bytes takes a few nanoseconds.

use crate::trace::TaskId;

/// The length at which a text is written in parts, in bytes.
const PART: usize = 64 << 10;

/// The text that a processor's goroutine is writing.
#[derive(Debug, Default)]
pub(super) struct GuestText {
    task: TaskId,
    stream: u32,
    bytes: Vec<u8>,
}

impl GuestText {
    /// Adds the lowest `count` bytes of `bytes`, the lowest byte first. Fewer than 8 bytes end the
    /// text. Forgets a text of another task or for another stream, which was never ended. Returns the
    /// bytes if they have to be written now.
    pub(super) fn add(
        &mut self,
        task: TaskId,
        stream: u32,
        bytes: u64,
        count: u32,
    ) -> Option<Vec<u8>> {
        if (self.task, self.stream) != (task, stream) {
            (self.task, self.stream) = (task, stream);
            self.bytes.clear();
        }
        self.bytes.extend(bytes.to_le_bytes().iter().take(count as usize));
        (count < 8 || self.bytes.len() >= PART).then(|| std::mem::take(&mut self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(text: &mut GuestText, task: TaskId, stream: u32, part: &[u8]) -> Option<Vec<u8>> {
        let mut bytes = [b'-'; 8];
        bytes[..part.len()].copy_from_slice(part);
        text.add(task, stream, u64::from_le_bytes(bytes), part.len() as u32)
    }

    #[test]
    fn fewer_than_eight_bytes_end_a_text() {
        let mut text = GuestText::default();
        assert_eq!(add(&mut text, 1, 1, b"many han"), None);
        assert_eq!(add(&mut text, 1, 1, b"ds"), Some(b"many hands".to_vec()));
        assert_eq!(add(&mut text, 1, 1, b"many han"), None);
        assert_eq!(add(&mut text, 1, 1, b""), Some(b"many han".to_vec()));
        assert_eq!(add(&mut text, 1, 1, b"many han"), None);
        assert_eq!(add(&mut text, 1, 2, b"ds"), Some(b"ds".to_vec()), "the other was not ended");
        assert_eq!(add(&mut text, 1, 1, b"many han"), None);
        assert_eq!(add(&mut text, 2, 1, b"ds"), Some(b"ds".to_vec()));
        assert_eq!(text.add(2, 1, u64::MAX, u32::MAX), None, "a call has at most 8 bytes");
        assert_eq!(add(&mut text, 2, 1, b""), Some(vec![255; 8]));
    }

    #[test]
    fn a_long_text_is_written_in_parts() {
        let mut text = GuestText::default();
        let parts = (0..3 * PART / 8).filter_map(|_| add(&mut text, 1, 1, b"01234567"));
        assert_eq!(parts.map(|part| part.len()).collect::<Vec<_>>(), [PART; 3]);
    }
}
