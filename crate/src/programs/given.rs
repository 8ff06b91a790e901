//! The pictures that a run is given: the reader's own.

use pictures::{PIXEL, Picture};

use crate::params::Refusal;
use crate::params::sentence::quoted;
use crate::sync::Arc;

/// The most pixels of all pictures of a run, some 16.8 million: with what becomes of them, and
/// with copies of both on their way to the page, a quarter of a gigabyte.
pub const MOST_PIXELS: u64 = 16 << 20;

/// The most pictures of a run.
const MOST_PICTURES: usize = 64;

/// Pictures that a run is given, as many as it has room for.
#[derive(Clone, Debug, Default)]
pub struct Given(Vec<Arc<Picture>>);

impl Given {
    /// Adds a picture whose `pixels` are `bytes` long; they are fetched only when it is not
    /// refused.
    ///
    /// # Errors
    ///
    /// A refusal of "pictures", whose sentence names the limit.
    pub fn add(
        &mut self,
        name: &str,
        (width, height): (u32, u32),
        bytes: u64,
        pixels: impl FnOnce() -> Vec<u8>,
    ) -> Result<(), Refusal> {
        let refused = |sentence| Err(Refusal::new("pictures", sentence));
        let own = u64::from(width) * u64::from(height);
        if own == 0 || bytes != own.saturating_mul(PIXEL as u64) {
            return refused(format!(
                "An image must have {PIXEL} bytes for each of its pixels, and {} has {bytes} for \
                 {width} × {height} pixels.",
                quoted(name)
            ));
        }
        if self.0.len() == MOST_PICTURES {
            return refused(format!("There may be at most {MOST_PICTURES} images."));
        }
        let all: u64 = own + self.0.iter().map(|picture| picture.size()).sum::<u64>();
        if all > MOST_PIXELS {
            return refused(format!(
                "All images together must have at most {} megapixels. With {} ({width} × {height}) they \
                 have {}.",
                MOST_PIXELS >> 20,
                quoted(name),
                all.div_ceil(1 << 20),
            ));
        }
        self.0.push(Arc::new(Picture { name: name.to_string(), width, height, pixels: pixels() }));
        Ok(())
    }

    /// The pictures, in the order in which they were added.
    pub fn into_pictures(self) -> Arc<[Arc<Picture>]> {
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(given: &mut Given, width: u32, height: u32) -> Result<(), Refusal> {
        let bytes = u64::from(width) * u64::from(height) * PIXEL as u64;
        given.add("a.png", (width, height), bytes, || vec![0; bytes as usize])
    }

    #[test]
    fn pictures_are_refused_by_their_pixels_before_any_is_copied() {
        let mut given = Given::default();
        let bytes = 7680 * 5461 * PIXEL as u64;
        let refusal = given.add("big.jpg", (7680, 5461), bytes, || panic!("nothing is copied"));
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.param, "pictures");
        assert_eq!(
            refusal.sentence,
            "All images together must have at most 16 megapixels. With \"big.jpg\" (7680 × 5461) they \
             have 40."
        );
        let overflowing = given.add("b", (u32::MAX, u32::MAX), 4, || panic!("nothing is copied"));
        assert!(overflowing.unwrap_err().sentence.contains("has 4 for 4294967295"));
    }

    #[test]
    fn pictures_are_refused_together() {
        let mut given = Given::default();
        add(&mut given, 4096, 4095).unwrap();
        add(&mut given, 4096, 1).unwrap();
        assert!(add(&mut given, 1, 1).unwrap_err().sentence.contains("at most 16 megapixels"));
        assert_eq!(given.into_pictures().len(), 2);
        let mut given = Given::default();
        (0..64).for_each(|_| add(&mut given, 1, 1).unwrap());
        assert!(add(&mut given, 1, 1).unwrap_err().sentence.contains("at most 64 images"));
    }

    #[test]
    fn a_picture_of_nothing_and_one_that_lacks_bytes_are_refused() {
        let mut given = Given::default();
        assert!(add(&mut given, 0, 5).is_err());
        let short = given.add("a.png", (2, 2), 15, || panic!("nothing is copied"));
        assert_eq!(
            short.unwrap_err().sentence,
            "An image must have 4 bytes for each of its pixels, and \"a.png\" has 15 for 2 × 2 \
             pixels."
        );
    }
}
