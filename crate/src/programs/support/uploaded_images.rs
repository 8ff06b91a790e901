//! The images that a reader adds for a run.

use images::{Image, PIXEL};

use crate::params::Refusal;
use crate::params::sentence::quoted;
use crate::sync::Arc;

/// The maximum number of pixels in all images of a run together, about 16.8 million. The images,
/// the filtered images, and the copies of both that are sent to the page take a quarter of a
/// gigabyte.
pub const MOST_PIXELS: u64 = 16 << 20;

/// The maximum number of images that a reader may add for a run.
pub const MOST_IMAGES: usize = 64;

/// The images that a reader adds for a run. Their number and their pixels are limited.
#[derive(Clone, Debug, Default)]
pub struct UploadedImages(Vec<Arc<Image>>);

impl UploadedImages {
    /// Adds an image of `width` × `height` pixels, which take `bytes` bytes. Calls `pixels` only if
    /// the image is accepted.
    ///
    /// # Errors
    ///
    /// A refusal of the parameter "uploadedImages". The refusal's sentence names the limit that the
    /// image exceeds.
    pub fn add(
        &mut self,
        name: &str,
        (width, height): (u32, u32),
        bytes: u64,
        pixels: impl FnOnce() -> Vec<u8>,
    ) -> Result<(), Refusal> {
        let refused = |sentence| Err(Refusal::new("uploadedImages", sentence));
        let own = u64::from(width) * u64::from(height);
        if own == 0 || bytes != own.saturating_mul(PIXEL as u64) {
            return refused(format!(
                "An image must have {PIXEL} bytes for each of its pixels, and {} has {bytes} for \
                 {width} × {height} pixels.",
                quoted(name)
            ));
        }
        if self.0.len() == MOST_IMAGES {
            return refused(format!("There may be at most {MOST_IMAGES} images."));
        }
        let all: u64 = own + self.0.iter().map(|image| image.size()).sum::<u64>();
        if all > MOST_PIXELS {
            return refused(format!(
                "All images together must have at most {} megapixels. With {} ({width} × {height}) they \
                 have {}.",
                MOST_PIXELS >> 20,
                quoted(name),
                all.div_ceil(1 << 20),
            ));
        }
        self.0.push(Arc::new(Image { name: name.to_string(), width, height, pixels: pixels() }));
        Ok(())
    }

    /// Returns the images in the order in which they were added.
    pub fn into_images(self) -> Arc<[Arc<Image>]> {
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(images: &mut UploadedImages, width: u32, height: u32) -> Result<(), Refusal> {
        let bytes = u64::from(width) * u64::from(height) * PIXEL as u64;
        images.add("a.png", (width, height), bytes, || vec![0; bytes as usize])
    }

    #[test]
    fn images_are_refused_by_their_pixels_before_any_is_copied() {
        let mut images = UploadedImages::default();
        let bytes = 7680 * 5461 * PIXEL as u64;
        let refusal = images.add("big.jpg", (7680, 5461), bytes, || panic!("nothing is copied"));
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.param, "uploadedImages");
        assert_eq!(
            refusal.sentence,
            "All images together must have at most 16 megapixels. With \"big.jpg\" (7680 × 5461) they \
             have 40."
        );
        let overflowing = images.add("b", (u32::MAX, u32::MAX), 4, || panic!("nothing is copied"));
        assert!(overflowing.unwrap_err().sentence.contains("has 4 for 4294967295"));
    }

    #[test]
    fn images_are_refused_together() {
        let mut images = UploadedImages::default();
        add(&mut images, 4096, 4095).unwrap();
        add(&mut images, 4096, 1).unwrap();
        assert!(add(&mut images, 1, 1).unwrap_err().sentence.contains("at most 16 megapixels"));
        assert_eq!(images.into_images().len(), 2);
        let mut images = UploadedImages::default();
        (0..64).for_each(|_| add(&mut images, 1, 1).unwrap());
        assert!(add(&mut images, 1, 1).unwrap_err().sentence.contains("at most 64 images"));
    }

    #[test]
    fn an_image_of_nothing_and_one_that_lacks_bytes_are_refused() {
        let mut images = UploadedImages::default();
        assert!(add(&mut images, 0, 5).is_err());
        let short = images.add("a.png", (2, 2), 15, || panic!("nothing is copied"));
        assert_eq!(
            short.unwrap_err().sentence,
            "An image must have 4 bytes for each of its pixels, and \"a.png\" has 15 for 2 × 2 \
             pixels."
        );
    }
}
