//! A Gaussian blur in steps, with a checkpoint after each step. The crate `image` computes each
//! step.
//!
//! Formula: first, along each row, a pixel becomes the weighted mean of the pixels up to `radius`
//! away, rounded to whole numbers. The weights are the crate's Gaussian for a window of
//! `2 * radius + 1` pixels. Then the result is blurred down each column in the same way. Red, green
//! and blue are blurred separately. Alpha is kept. Beyond the edge of the image, its outermost
//! pixels are repeated.

use std::ops::Range;

use image::RgbImage;
use image::imageops::{self, GaussianBlurParameters};
use runtime::{Place, checkpoint_at};

use crate::image::{Colours, Image, bands, colour, colours};

/// Returns `rows` of the blurred image, four bytes a pixel. `place` is the place of the
/// checkpoints.
pub(crate) async fn blur(image: &Image, rows: Range<u32>, radius: u32, place: Place) -> Vec<u8> {
    if rows.is_empty() {
        return Vec::new();
    }
    let width = image.width as usize;
    let seen = rows.start.saturating_sub(radius)..(rows.end + radius).min(image.height);
    let mut along = Vec::with_capacity(seen.len() * width);
    for band in bands(seen.clone(), image.width) {
        let lines = image.rows(band).iter().map(colours);
        along.extend_from_slice(blur_lines(lines, image.width, radius).as_chunks().0);
        checkpoint_at(place).await;
    }

    let mut pixels = image.rows(rows.clone()).to_vec();
    let above = (rows.start - seen.start) as usize;
    for band in bands(0..image.width, seen.len() as u32) {
        let columns =
            band.clone().flat_map(|x| along.iter().skip(x as usize).step_by(width).copied());
        let blurred = blur_lines(columns, seen.len() as u32, radius);
        let columns = blurred.as_chunks().0.chunks_exact(seen.len());
        for (x, column) in band.zip(columns) {
            colour(pixels.iter_mut().skip(x as usize).step_by(width), &column[above..]);
        }
        checkpoint_at(place).await;
    }
    pixels.into_flattened()
}

/// Blurs each line of `length` pixels along its length.
fn blur_lines(lines: impl Iterator<Item = Colours>, length: u32, radius: u32) -> Vec<u8> {
    // If the window does not reach across the lines, the crate leaves the first line unchanged. So
    // this function adds an extra first line, and removes it from the result.
    let mut pixels = vec![0; length as usize * size_of::<Colours>()];
    let first = pixels.len();
    lines.for_each(|colours| pixels.extend(colours));
    let height = (pixels.len() / first) as u32;
    let lines = RgbImage::from_raw(length, height, pixels).expect("there are whole lines");
    let window = GaussianBlurParameters::new_anisotropic_kernel_size((2 * radius + 1) as f32, 1.0);
    imageops::blur_advanced(&lines, window).into_raw().split_off(first)
}
