//! Fork-join with rayon on the run's processors: the Mandelbrot set, row by row.
//!
//! A parallel iterator computes the rows, and rayon's threads steal rows from each
//! other. A program with such a structure starts no tasks itself, and needs no
//! channels and no wait group. Main forks and later joins. Between the two, each row
//! is a separate task in the trace. The rows run only on the run's processors.
//!
//! Formulas, for column px of W and row py of H, both counted from 0: the pixel shows the point
//! x = (2·px + 1 − W) · s − 0.75, y = (2·py + 1 − H) · s, with s = 1.75 / W. Both u and v begin at
//! 0. A step replaces v by 2·u·v + y, computed in this order, and u by u² − v² + x, both with the
//! old u and v. Steps are taken while u² + v² is at most 4. At most `iterations` steps are taken.
//! The checksum is the sum of (W·py + px + 1) · steps over all pixels, modulo 2^32. All numbers are
//! 64-bit floating-point numbers, and each operation rounds its result. A fused multiply-add would
//! round only once and give another result. Rust never fuses a product and a sum. Go may fuse them
//! on some processors, unless the code converts each product explicitly, as in `float64(u*u)`.

use std::time::Duration;

use images::{Image, PIXEL};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use serde_json::json;

use crate::params::{Param, Values};
use crate::programs::support::{Machine, Program, Results};
use crate::runtime::{ProcessorId, Structure, checkpoint, fork_join, processor};
use crate::sync::Arc;

/// About how many steps of [`work`](crate::programs::work) take as long as one step of this
/// program.
const STEP_COST: f64 = 1.75;

/// The maximum number of steps between two checks whether the run goes on. These steps take less
/// than a millisecond.
const CHUNK: u32 = 1 << 17;

/// The area of the Mandelbrot set.
const AREA: f64 = 1.507;

/// The share of the visible real axis that is in the set. No other row has a larger share.
const AXIS_SHARE: f64 = 2.25 / 3.5;

/// About how many steps a pixel outside the set takes. Most of these pixels are far from the set.
const STEPS_OUTSIDE: f64 = 20.0;

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "mandelbrot".into(),
        title: "Mandelbrot".into(),
        lesson: "fork and join".into(),
        summary: "A parallel iterator computes the rows of an image on all processors.".into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "iterations".into(),
        refuse: Box::new(|_| None),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input.values))),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    vec![
        Param::integer("width", "Width", 1..=2048, 640)
            .unit("px")
            .primary()
            .help("How many points each row has."),
        Param::integer("height", "Height", 1..=2048, 400)
            .unit("px")
            .help("How many rows the image has. Each row is a task."),
        Param::integer("iterations", "Iterations", 1..=10_000, 750)
            .help("How many steps are computed for a point, at most. More steps are more work."),
    ]
}

fn estimated_duration(values: &Values, machine: &Machine, _: Structure) -> Duration {
    let (width, height) = (values.count("width") as f64, values.count("height") as f64);
    let pixels = width * height;
    let within = (AREA * (width / 3.5).powi(2)).min(AXIS_SHARE * pixels);
    let iterations = values.count("iterations") as f64;
    let steps = within * iterations + (pixels - within) * STEPS_OUTSIDE.min(iterations);
    Duration::from_secs_f64(steps * STEP_COST / machine.steps_per_ms / 1e3)
}

/// One computed row. The piece that computes a row also colours it, so main has almost no work to
/// do alone.
struct Row {
    pixels: Vec<u8>,
    checksum: u32,
    processor: ProcessorId,
}

async fn main(values: Values) -> Results {
    let view = View {
        width: values.count("width") as u32,
        height: values.count("height") as u32,
        iterations: values.count("iterations") as u32,
    };
    let rows: Option<Vec<Row>> = fork_join(move |fork| {
        let row = |py| {
            let row = || {
                let steps = view.row(py, || fork.goes_on())?;
                let pixels = steps.iter().flat_map(|&steps| colour(steps, view.iterations));
                Some(Row {
                    pixels: pixels.collect(),
                    checksum: view.checksum(py, &steps),
                    processor: processor(),
                })
            };
            fork.piece(format!("row {}", py + 1), row).flatten()
        };
        // Some rows take longer than others. Each piece has one row, so no row waits for a row
        // before it in the same piece.
        (0..view.height).into_par_iter().with_max_len(1).map(row).collect()
    })
    .await;
    // Rows are missing only if the run was asked to stop. In that case main ends at this
    // checkpoint.
    checkpoint().await;
    let rows = rows.expect("every row was computed");

    let checksum = rows.iter().map(|row| row.checksum).fold(0_u32, u32::wrapping_add);
    let image = Image {
        name: "Mandelbrot set".to_string(),
        width: view.width,
        height: view.height,
        pixels: rows.iter().map(|row| &row.pixels[..]).collect::<Vec<_>>().concat(),
    };
    let processor_of_row: Vec<_> = rows.iter().map(|row| row.processor).collect();
    Results::new(json!({ "checksum": checksum }), json!({ "processorOfRow": processor_of_row }))
        .with_images(vec![Arc::new(image)])
}

/// The size of the image in pixels, and the maximum number of steps for each point.
#[derive(Clone, Copy)]
struct View {
    width: u32,
    height: u32,
    iterations: u32,
}

impl View {
    /// Returns the number of steps of each point of row `py`, or `None` if `goes_on` returns false.
    fn row(self, py: u32, goes_on: impl Fn() -> bool) -> Option<Vec<u32>> {
        let scale = 1.75 / f64::from(self.width);
        let from_middle = |place: u32, size: u32| f64::from(2 * place + 1) - f64::from(size);
        let y = from_middle(py, self.height) * scale;
        let point = |px| steps(from_middle(px, self.width) * scale - 0.75, y, self.iterations);
        let chunk = (CHUNK / self.iterations).max(1);
        (0..self.width).map(|px| (px % chunk > 0 || goes_on()).then(|| point(px))).collect()
    }

    /// Returns what row `py` adds to the checksum.
    fn checksum(self, py: u32, steps: &[u32]) -> u32 {
        let first = self.width * py + 1;
        let weighted = (first..).zip(steps).map(|(place, steps)| place.wrapping_mul(*steps));
        weighted.fold(0_u32, u32::wrapping_add)
    }
}

/// Returns the number of steps until u² + v² is above 4 for the point (x, y), at most `limit`.
fn steps(x: f64, y: f64, limit: u32) -> u32 {
    let (mut u, mut v) = (0.0, 0.0);
    for taken in 0..limit {
        let (uu, vv) = (u * u, v * v);
        if uu + vv > 4.0 {
            return taken;
        }
        v = 2.0 * u * v + y;
        u = uu - vv + x;
    }
    limit
}

/// Returns the colour for a number of steps. Points of the set are black. Outside the set, the
/// colours go from dark to light and back, once in 64 steps.
fn colour(steps: u32, limit: u32) -> [u8; PIXEL] {
    if steps == limit {
        return [0, 0, 0, 255];
    }
    let t = (steps % 64) as f32 / 64.0;
    let s = 1.0 - t;
    let level = |share: f32| (255.0 * share) as u8;
    [level(9.0 * s * t * t * t), level(15.0 * s * s * t * t), level(8.5 * s * s * s * t), 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(view: View, py: u32) -> Vec<u32> {
        view.row(py, || true).expect("the run goes on")
    }

    #[test]
    fn a_row_is_left_when_the_run_does_not_go_on() {
        let view = View { width: 64, height: 41, iterations: 10_000 };
        let looks = std::cell::Cell::new(0);
        let two_looks = || looks.replace(looks.get() + 1) < 2;
        assert_eq!(view.row(20, two_looks), None);
        assert_eq!(looks.get(), 3);
    }

    #[test]
    fn points_of_the_set_stay_and_others_flee() {
        for (x, y) in [(0.0, 0.0), (-1.0, 0.0), (-2.0, 0.0), (0.25, 0.0), (0.0, 1.0)] {
            assert_eq!(steps(x, y, 500), 500, "{x} {y}");
        }
        // Computed by hand: u is 0, 1, 2, 5, and 5 is the first that is above 2.
        assert_eq!(steps(1.0, 0.0, 500), 3);
        assert_eq!(steps(0.0, 3.0, 500), 1);
        assert_eq!(steps(0.0, 3.0, 1), 1);
    }

    #[test]
    fn the_image_is_the_same_upside_down() {
        let view = View { width: 64, height: 41, iterations: 300 };
        for py in 0..41 {
            assert_eq!(row(view, py), row(view, 40 - py), "row {py}");
        }
    }

    #[test]
    fn the_set_takes_as_much_of_the_view_as_expected() {
        let view = View { width: 350, height: 250, iterations: 400 };
        let within = (0..250).flat_map(|py| row(view, py)).filter(|steps| *steps == 400).count();
        let expected = AREA * 100.0 * 100.0;
        assert!((within as f64 / expected - 1.0).abs() < 0.05, "{within} of {expected}");
    }
}
