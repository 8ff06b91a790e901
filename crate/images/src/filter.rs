//! Filters over some rows of an image. The crate `image` computes them.
//!
//! Each pixel of a filtered image depends on its neighbours, so a filter reads more rows than it
//! returns. The result does not depend on how an image was divided into rows. Beyond the edge of
//! the image, its outermost pixels are repeated. Alpha is kept. A filter is applied in steps, with
//! a checkpoint after each step.
//!
//! Formulas: "edges" gives a pixel the weight 8 and its eight neighbours −1 each. "sharpen" gives a
//! pixel the weight 5, and the four pixels beside, above and below it −1 each. Red, green and blue
//! are filtered separately, and clamped to the range from 0 to 255. [`blur`](crate::blur) has the
//! formula of "blur".

use std::ops::Range;
use std::panic::Location;

use image::{GenericImageView, Rgb, imageops};
use runtime::{Place, checkpoint_at};

use crate::blur::blur;
use crate::image::{Image, bands, colour, colours};

/// A filter for images.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Filter {
    /// Keeps only the differences between a pixel and its neighbours.
    Edges,
    /// Increases the differences between a pixel and its neighbours.
    Sharpen,
    /// Replaces each pixel with a weighted mean of the pixels around it.
    Blur {
        /// The distance of the farthest pixels in the mean, in pixels.
        radius: u32,
    },
}

const EDGES: [f32; 9] = [-1.0, -1.0, -1.0, -1.0, 8.0, -1.0, -1.0, -1.0, -1.0];
const SHARPEN: [f32; 9] = [0.0, -1.0, 0.0, -1.0, 5.0, -1.0, 0.0, -1.0, 0.0];

impl Filter {
    /// Returns `rows` of the filtered image, four bytes a pixel. The place of this call is also the
    /// place of the checkpoints.
    ///
    /// # Panics
    ///
    /// When awaited outside a task.
    #[track_caller]
    pub fn rows(self, image: &Image, rows: Range<u32>) -> impl Future<Output = Vec<u8>> {
        self.rows_at(image, rows, Location::caller())
    }

    async fn rows_at(self, image: &Image, rows: Range<u32>, place: Place) -> Vec<u8> {
        match self {
            Filter::Edges => weigh_neighbours(image, rows, &EDGES, place).await,
            Filter::Sharpen => weigh_neighbours(image, rows, &SHARPEN, place).await,
            Filter::Blur { radius } => blur(image, rows, radius, place).await,
        }
    }
}

async fn weigh_neighbours(
    image: &Image,
    rows: Range<u32>,
    weights: &[f32; 9],
    place: Place,
) -> Vec<u8> {
    let (from, width) = (rows.start, image.width as usize);
    let mut pixels = image.rows(rows.clone()).to_vec();
    for band in bands(rows, image.width) {
        // `filter3x3` is compiled for one type of image. The methods of `DynamicImage` would add
        // code for all other types.
        let filtered = imageops::filter3x3(&Framed::new(image, &band), weights).into_raw();
        let inner = filtered.as_chunks().0.chunks_exact(width + 2).skip(1);
        let targets = pixels[(band.start - from) as usize * width..].chunks_exact_mut(width);
        for ((target, filtered), _) in targets.zip(inner).zip(band) {
            colour(target.iter_mut(), &filtered[1..]);
        }
        checkpoint_at(place).await;
    }
    pixels.into_flattened()
}

/// Some rows of an image and the pixels around them, all without alpha.
struct Framed {
    width: u32,
    height: u32,
    pixels: Vec<Rgb<u8>>,
}

/// Reads pixels as `ImageBuffer` of the crate `image` does, but `get_pixel` is inlined. So no pixel
/// costs a call.
impl GenericImageView for Framed {
    type Pixel = Rgb<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    #[inline]
    fn get_pixel(&self, x: u32, y: u32) -> Rgb<u8> {
        self.pixels[(y * self.width + x) as usize]
    }
}

impl Framed {
    fn new(image: &Image, rows: &Range<u32>) -> Framed {
        let (width, height) = (image.width + 2, rows.end - rows.start + 2);
        let mut pixels = vec![Rgb([0; 3]); (width * height) as usize];
        for (y, framed) in (0..height).zip(pixels.chunks_exact_mut(width as usize)) {
            let y = (rows.start + y).saturating_sub(1).min(image.height - 1);
            let row = image.rows(y..y + 1);
            let inner = &mut framed[1..=row.len()];
            for (target, pixel) in inner.iter_mut().zip(row) {
                *target = Rgb(colours(pixel));
            }
            framed[0] = framed[1];
            framed[row.len() + 1] = framed[row.len()];
        }
        Framed { width, height, pixels }
    }
}

#[cfg(test)]
mod tests {
    use image::RgbImage;
    use image::imageops::GaussianBlurParameters;

    use super::*;
    use crate::image::PIXEL;
    use runtime::sync::{Arc, OnceLock};
    use runtime::{Pool, Run, Settings};

    /// Runs a task that filters `rows`, and returns the result.
    fn filter(filter: Filter, image: &Image, rows: Range<u32>) -> Vec<u8> {
        let filtered = Arc::new(OnceLock::new());
        let (slot, image) = (filtered.clone(), image.clone());
        let main = async move { slot.set(filter.rows(&image, rows).await).expect("set once") };
        Run::complete(&Pool::new(1), Settings::default(), main);
        Arc::into_inner(filtered).and_then(OnceLock::into_inner).expect("the task has ended")
    }

    /// Returns an image with a bright pixel in its middle.
    fn dot(size: u32) -> Image {
        let mut pixels = [10, 20, 30, 200].repeat((size * size) as usize);
        let middle = (size * size / 2) as usize * PIXEL;
        pixels[middle..middle + 3].fill(110);
        Image { name: "dot".into(), width: size, height: size, pixels }
    }

    fn pixel(pixels: &[u8], place: usize) -> [u8; 4] {
        pixels[place * PIXEL..][..PIXEL].try_into().unwrap()
    }

    #[test]
    fn edges_are_where_pixels_differ() {
        let filtered = filter(Filter::Edges, &dot(5), 0..5);
        assert_eq!(pixel(&filtered, 0), [0, 0, 0, 200]);
        assert_eq!(pixel(&filtered, 12), [255, 255, 255, 200]);
        assert_eq!(pixel(&filtered, 11), [0, 0, 0, 200]);
    }

    #[test]
    fn sharpening_pushes_neighbours_apart() {
        let filtered = filter(Filter::Sharpen, &dot(5), 0..5);
        assert_eq!(pixel(&filtered, 0), [10, 20, 30, 200]);
        assert_eq!(pixel(&filtered, 12), [255, 255, 255, 200]);
        assert_eq!(pixel(&filtered, 11), [0, 0, 0, 200]);
    }

    #[test]
    fn blurring_spreads_what_is_there() {
        let filtered = filter(Filter::Blur { radius: 1 }, &dot(5), 0..5);
        assert_eq!(pixel(&filtered, 0), [10, 20, 30, 200]);
        let [middle, beside] = [12, 11].map(|place| pixel(&filtered, place)[0]);
        assert!(110 > middle && middle > beside && beside > 10, "{middle} {beside}");
    }

    /// Returns an image that is large enough for several steps along its rows and down its columns.
    fn noise() -> Image {
        let (width, height) = (233, 181);
        let pixels =
            (0..u64::from(width * height) * PIXEL as u64).map(|n| ((n * n * 7919) >> 5) as u8);
        Image { name: "noise".into(), width, height, pixels: pixels.collect() }
    }

    #[test]
    fn it_does_not_matter_how_an_image_is_divided() {
        let image = noise();
        for which in [Filter::Edges, Filter::Sharpen, Filter::Blur { radius: 5 }] {
            let whole = filter(which, &image, 0..181);
            for cut in [0, 1, 4, 5, 6, 90, 176, 180, 181] {
                let parts = [filter(which, &image, 0..cut), filter(which, &image, cut..181)];
                assert_eq!(parts.concat(), whole, "{which:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn blurring_in_steps_is_blurring_at_once_but_for_rounding() {
        let noise = noise();
        let colours = noise.pixels.as_chunks::<PIXEL>().0.iter().flat_map(|pixel| &pixel[..3]);
        let image = RgbImage::from_raw(233, 181, colours.copied().collect()).unwrap();
        for radius in [1, 32, 64] {
            let window = GaussianBlurParameters::new_from_radius(radius as f32);
            let at_once = imageops::blur_advanced(&image, window);
            let in_steps = filter(Filter::Blur { radius }, &noise, 0..181);
            for (at_once, in_steps) in at_once.pixels().zip(in_steps.as_chunks::<PIXEL>().0) {
                let pairs = at_once.0.iter().zip(in_steps);
                assert!(pairs.clone().all(|(one, other)| one.abs_diff(*other) <= 1), "{radius}");
            }
        }
    }

    #[test]
    fn an_image_may_be_smaller_than_what_the_filter_looks_at() {
        let image = dot(1);
        for radius in [1, 32] {
            let filtered = filter(Filter::Blur { radius }, &image, 0..1);
            assert_eq!(filtered, [110, 110, 110, 200]);
        }
        assert_eq!(filter(Filter::Edges, &image, 0..1), [0, 0, 0, 200]);
    }
}
