//! An image, which a program draws or filters.
//!
//! Formula: the checksum of bytes b, whose places are counted from 0, is the sum of (place + 1) · b
//! over all bytes, modulo 2^32. The checksum depends on every byte and on the place of every byte.

use std::fmt;
use std::ops::Range;

/// The number of pixels between two checkpoints: about a millisecond of work.
const BAND: u32 = 1 << 14;

/// Bytes of one pixel: red, green, blue and alpha.
pub const PIXEL: usize = 4;

/// The red, green and blue of a pixel.
pub(crate) type Colours = [u8; PIXEL - 1];

/// An image, with a name.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    /// The image's name.
    pub name: String,
    /// The number of pixels in a row.
    pub width: u32,
    /// The number of rows.
    pub height: u32,
    /// The pixels, row by row from the top, four bytes each: red, green, blue and alpha. The
    /// colours are not multiplied by alpha.
    pub pixels: Vec<u8>,
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image({}, {} × {})", self.name, self.width, self.height)
    }
}

impl Image {
    /// Returns the pixels of `rows`, row by row.
    pub fn rows(&self, rows: Range<u32>) -> &[[u8; PIXEL]] {
        let place = |row: u32| row as usize * self.width as usize;
        &self.pixels.as_chunks().0[place(rows.start)..place(rows.end)]
    }

    /// Returns the number of pixels.
    pub fn size(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Returns the colours of a pixel, without its alpha.
#[inline]
pub(crate) fn colours([red, green, blue, _]: &[u8; PIXEL]) -> Colours {
    [*red, *green, *blue]
}

/// Sets the colours of pixels, and leaves their alpha.
#[inline]
pub(crate) fn colour<'a>(
    pixels: impl Iterator<Item = &'a mut [u8; PIXEL]>,
    colours: impl IntoIterator<Item = &'a Colours>,
) {
    for (pixel, colours) in pixels.zip(colours) {
        pixel[..PIXEL - 1].copy_from_slice(colours);
    }
}

/// Divides `lines`, each of `length` pixels, into bands. A band has at most 16,384 pixels, or is a
/// single line if a line is longer. A task has a checkpoint after each band.
pub fn bands(lines: Range<u32>, length: u32) -> impl Iterator<Item = Range<u32>> {
    let height = (BAND / length).max(1);
    lines.clone().step_by(height as usize).map(move |from| from..lines.end.min(from + height))
}

/// Returns the checksum of `bytes`.
pub fn checksum(bytes: &[u8]) -> u32 {
    let weighted = (1_u32..).zip(bytes).map(|(place, byte)| place.wrapping_mul(u32::from(*byte)));
    weighted.fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_counts_bytes_and_places() {
        assert_eq!(checksum(&[]), 0);
        assert_eq!(checksum(&[0, 1, 2]), 2 + 3 * 2);
        assert_ne!(checksum(&[1, 2]), checksum(&[2, 1]));
        assert_eq!(
            u64::from(checksum(&vec![255; 10_000_000])),
            (5_000_000 * 10_000_001 * 255_u64) % (1 << 32)
        );
    }
}
