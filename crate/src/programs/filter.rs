//! Filters over some rows of a picture, by the `image` crate.
//!
//! Each pixel of a filtered picture depends on its neighbours. So some rows are
//! filtered with as many more around them as a filter looks at, and cut out of
//! the result: it does not matter into which rows a picture was divided. Beyond the
//! picture's edge its outermost pixels go on. Alpha is kept as it was.
//!
//! Formulas: "edges" weighs a pixel 8 and its eight neighbours −1 each, "sharpen" weighs it 5 and
//! the four beside, above and below it −1 each; red, green and blue for themselves, and what is
//! below 0 or above 255 is 0 or 255. "blur" is the crate's Gaussian blur with a window of
//! 2 · radius + 1.

use std::ops::Range;

use image::imageops::{self, GaussianBlurParameters};
use image::{Rgb, RgbImage};

use super::picture::{PIXEL, Picture};

/// What is done to a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Filter {
    /// Only what differs from its neighbours stays.
    Edges,
    /// What differs from its neighbours differs more.
    Sharpen,
    /// Each pixel becomes a mean of those around it, up to this distance.
    Blur {
        /// In pixels.
        radius: u32,
    },
}

const EDGES: [f32; 9] = [-1.0, -1.0, -1.0, -1.0, 8.0, -1.0, -1.0, -1.0, -1.0];
const SHARPEN: [f32; 9] = [0.0, -1.0, 0.0, -1.0, 5.0, -1.0, 0.0, -1.0, 0.0];

impl Filter {
    /// How far from a pixel the filter looks.
    pub fn reach(self) -> u32 {
        match self {
            Filter::Edges | Filter::Sharpen => 1,
            Filter::Blur { radius } => radius,
        }
    }

    /// These rows of the filtered picture, four bytes a pixel.
    pub fn rows(self, picture: &Picture, rows: Range<u32>) -> Vec<u8> {
        let filtered = self.apply(self.surroundings(picture, &rows));
        let (reach, width) = (self.reach() as usize, picture.width as usize);
        let mut pixels = Vec::with_capacity(rows.len() * width * PIXEL);
        let inner = filtered.rows().skip(reach).map(|row| row.skip(reach));
        for (y, filtered) in rows.zip(inner) {
            for (pixel, Rgb([red, green, blue])) in picture.row(y).iter().zip(filtered) {
                pixels.extend([*red, *green, *blue, pixel[PIXEL - 1]]);
            }
        }
        pixels
    }

    /// The rows and what the filter looks at around them.
    fn surroundings(self, picture: &Picture, rows: &Range<u32>) -> RgbImage {
        let reach = self.reach();
        let (width, height) = (picture.width + 2 * reach, rows.end - rows.start + 2 * reach);
        let mut pixels = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            let row = picture.row((rows.start + y).saturating_sub(reach).min(picture.height - 1));
            let before = std::iter::repeat_n(&row[0], reach as usize);
            let after = std::iter::repeat_n(&row[row.len() - 1], reach as usize);
            for [red, green, blue, _] in before.chain(row).chain(after) {
                pixels.extend([*red, *green, *blue]);
            }
        }
        RgbImage::from_raw(width, height, pixels).expect("there are three bytes for each pixel")
    }

    // The crate's functions for pictures of one kind: those of `DynamicImage` bring along what
    // they do to every other kind, and its blur of bytes, by whole numbers, takes a browser half as
    // long again.
    fn apply(self, pixels: RgbImage) -> RgbImage {
        match self {
            Filter::Edges => imageops::filter3x3(&pixels, &EDGES),
            Filter::Sharpen => imageops::filter3x3(&pixels, &SHARPEN),
            Filter::Blur { radius } => {
                let window = GaussianBlurParameters::new_from_radius(radius as f32);
                imageops::blur_advanced(&pixels, window)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with a bright pixel in its middle.
    fn dot(size: u32) -> Picture {
        let mut pixels = [10, 20, 30, 200].repeat((size * size) as usize);
        let middle = (size * size / 2) as usize * PIXEL;
        pixels[middle..middle + 3].fill(110);
        Picture { name: "dot".into(), width: size, height: size, pixels }
    }

    fn pixel(pixels: &[u8], place: usize) -> [u8; 4] {
        pixels[place * PIXEL..][..PIXEL].try_into().unwrap()
    }

    #[test]
    fn edges_are_where_pixels_differ() {
        let filtered = Filter::Edges.rows(&dot(5), 0..5);
        assert_eq!(pixel(&filtered, 0), [0, 0, 0, 200]);
        assert_eq!(pixel(&filtered, 12), [255, 255, 255, 200]);
        assert_eq!(pixel(&filtered, 11), [0, 0, 0, 200]);
    }

    #[test]
    fn sharpening_pushes_neighbours_apart() {
        let filtered = Filter::Sharpen.rows(&dot(5), 0..5);
        assert_eq!(pixel(&filtered, 0), [10, 20, 30, 200]);
        assert_eq!(pixel(&filtered, 12), [255, 255, 255, 200]);
        assert_eq!(pixel(&filtered, 11), [0, 0, 0, 200]);
    }

    #[test]
    fn blurring_spreads_what_is_there() {
        let filtered = Filter::Blur { radius: 1 }.rows(&dot(5), 0..5);
        assert_eq!(pixel(&filtered, 0), [10, 20, 30, 200]);
        let [middle, beside] = [12, 11].map(|place| pixel(&filtered, place)[0]);
        assert!(110 > middle && middle > beside && beside > 10, "{middle} {beside}");
    }

    #[test]
    fn it_does_not_matter_how_a_picture_is_divided() {
        let pixels = (0..31 * 23 * PIXEL as u64).map(|n| ((n * n * 7919) >> 5) as u8).collect();
        let picture = Picture { name: String::new(), width: 31, height: 23, pixels };
        for filter in [Filter::Edges, Filter::Sharpen, Filter::Blur { radius: 5 }] {
            let whole = filter.rows(&picture, 0..23);
            for cut in 0..=23 {
                let parts = [filter.rows(&picture, 0..cut), filter.rows(&picture, cut..23)];
                assert_eq!(parts.concat(), whole, "{filter:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_picture_may_be_smaller_than_what_the_filter_looks_at() {
        let picture = dot(1);
        for radius in [1, 32] {
            let filtered = Filter::Blur { radius }.rows(&picture, 0..1);
            assert_eq!(filtered, [110, 110, 110, 200]);
        }
        assert_eq!(Filter::Edges.rows(&picture, 0..1), [0, 0, 0, 200]);
    }
}
