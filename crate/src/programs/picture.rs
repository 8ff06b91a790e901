//! Pictures: what programs draw, and what they are given to work on.
//!
//! Formula: the checksum of bytes b, from place 0 on, is the sum of (place + 1) · b over all of
//! them, modulo 2^32. Each byte counts, and so does its place.

use std::fmt;

/// Bytes of one pixel: red, green, blue and alpha.
pub const PIXEL: usize = 4;

/// A picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is called.
    pub name: String,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Row by row from the top, four bytes a pixel: red, green, blue and alpha, which does not
    /// dim the other three.
    pub pixels: Vec<u8>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}, {} × {})", self.name, self.width, self.height)
    }
}

/// The checksum of some bytes.
pub fn checksum(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let add = |sum: u32, (place, byte): (u32, u8)| {
        sum.wrapping_add((place.wrapping_add(1)).wrapping_mul(u32::from(byte)))
    };
    (0..).zip(bytes).fold(0, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_counts_bytes_and_places() {
        assert_eq!(checksum([]), 0);
        assert_eq!(checksum([0, 1, 2]), 2 + 3 * 2);
        assert_ne!(checksum([1, 2]), checksum([2, 1]));
        let many = std::iter::repeat_n(255, 10_000_000);
        assert_eq!(u64::from(checksum(many)), (5_000_000 * 10_000_001 * 255_u64) % (1 << 32));
    }
}
