//! Parallelism for computing: a filter over images.
//!
//! Each image is a task. If the images are cut into tiles (groups of rows), each tile
//! is a task, too. No task waits for anything outside the program. So overlapping
//! saves nothing, but each additional processor saves time. Each task generates its
//! image, unless the reader has added images.
//!
//! Formulas: image n of size S, counted from 0, has this pixel at column x and row y, with
//! a = ⌊256·x / S⌋ and b = ⌊256·y / S⌋: red is a XOR b, green is
//! (a · (n + 2) + b · (n + 5)) mod 256, alpha is 255, and blue is 208 if
//! ⌊((a − 128)² + (b − 128)²) / (1024 + 256·n)⌋ is even and 48 if it is odd. Tile k of T, counted
//! from 0, is the rows from ⌊k·H/T⌋ up to but not including ⌊(k+1)·H/T⌋ of an image of H rows.
//! [`filter`](images::filter) defines the filters. The checksum is computed over all bytes of a
//! filtered image, as [`image`](images::image) defines it. The twin in Go has only the filter
//! "edges".

use std::time::Duration;

use images::{Filter, Image, PIXEL, bands, checksum};
use serde_json::json;

use crate::params::{Param, Refusal, Values};
use crate::programs::support::uploaded_images::MOST_PIXELS;
use crate::programs::support::{Input, Machine, Program, Results};
use crate::runtime::{ProcessorId, Structure, WaitGroup, checkpoint, launch, now, processor};
use crate::sync::{Arc, OnceLock};

/// The program's entry in the catalogue.
pub fn program() -> Program {
    Program {
        id: "images".into(),
        title: "Images".into(),
        lesson: "parallelism for computing".into(),
        summary: "A filter changes images. Each image, or each part of one, is a task.".into(),
        file: file!().into(),
        structures: Structure::ALL.to_vec(),
        params: Box::new(params),
        estimated_duration: Box::new(estimated_duration),
        workload_param: "images".into(),
        refuse: Box::new(too_many_pixels),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: true,
        guest: None,
        main: Box::new(|input| Box::pin(main(input))),
    }
}

fn params(machine: &Machine) -> Vec<Param> {
    vec![
        Param::integer("images", "Images", 1..=64, machine.cores.clamp(4, 12) as i64)
            .primary()
            .help("How many images are made and filtered. Your own images replace them."),
        Param::choice("filter", "Filter", vec!["edges", "sharpen", "blur"])
            .primary()
            .help("What the filter does to each image."),
        Param::integer("size", "Size", 1..=4096, 512)
            .unit("px")
            .help("How wide and how high each image is."),
        Param::integer("radius", "Radius", 1..=64, 16)
            .unit("px")
            .help("How many pixels to each side a blur looks at. The other filters look at one."),
        Param::integer("tiles", "Tiles", 1..=64, 1).help(
            "Into how many parts (tiles) each image is cut. With several, each tile is a task.",
        ),
    ]
}

fn pixels(values: &Values) -> u64 {
    (values.count("images") * values.count("size").pow(2)) as u64
}

fn too_many_pixels(values: &Values) -> Option<Refusal> {
    let (images, size) = (values.count("images"), values.count("size"));
    (pixels(values) > MOST_PIXELS).then(|| {
        let sentence = format!(
            "Images and Size must make at most {} megapixels in all. {images} images of {size} × \
             {size} pixels have {}.",
            MOST_PIXELS >> 20,
            pixels(values).div_ceil(1 << 20),
        );
        Refusal::new("size", sentence)
    })
}

/// Estimates the duration. A pixel takes about `each` steps of [`work`](crate::programs::work).
fn estimated_duration(values: &Values, machine: &Machine, _: Structure) -> Duration {
    let each = match filter(values) {
        Filter::Edges | Filter::Sharpen => 30.0,
        Filter::Blur { radius } => 20.0 + 2.5 * f64::from(radius),
    };
    Duration::from_secs_f64(pixels(values) as f64 * each / machine.steps_per_ms / 1e3)
}

fn filter(values: &Values) -> Filter {
    match values.choice("filter") {
        "edges" => Filter::Edges,
        "sharpen" => Filter::Sharpen,
        _ => Filter::Blur { radius: values.count("radius") as u32 },
    }
}

/// One image, before and after the filter.
struct Filtered {
    before: Arc<Image>,
    after: Arc<Image>,
    checksum: u32,
    processors: Vec<ProcessorId>,
    ms: f64,
}

async fn main(Input { values, images: given, .. }: Input) -> Results {
    let (filter, tiles) = (filter(&values), values.count("tiles"));
    let size = values.count("size") as u32;
    let count = if given.is_empty() { values.count("images") } else { given.len() };

    let filtered: Arc<[OnceLock<Filtered>]> = (0..count).map(|_| OnceLock::new()).collect();
    let group = WaitGroup::new();
    for n in 0..count {
        let (given, filtered) = (given.get(n).cloned(), filtered.clone());
        let task = async move {
            let began = now();
            let before = match given {
                Some(given) => given,
                None => Arc::new(generate(n as u32, size).await),
            };
            let (pixels, processors) = in_tiles(filter, &before, n, tiles).await;
            let checksum = checksum(&pixels);
            let name = format!("{}, filtered", before.name);
            let after = Arc::new(Image { name, pixels, ..*before });
            let ms = (now() - began) as f64 / 1e6;
            let done = Filtered { before, after, checksum, processors, ms };
            assert!(filtered[n].set(done).is_ok(), "only this task writes here");
        };
        launch(&group, format!("image {}", n + 1), task).await;
    }
    group.wait().await;

    let filtered = || filtered.iter().map(|one| one.get().expect("every task has ended"));
    let checksums: Vec<_> = filtered().map(|one| one.checksum).collect();
    let ms: Vec<_> = filtered().map(|one| one.ms).collect();
    let processors: Vec<_> = filtered().map(|one| &one.processors).collect();
    Results::new(
        json!({ "checksums": checksums }),
        json!({ "perImageMs": ms, "processorOfTile": processors }),
    )
    .with_images(filtered().flat_map(|one| [one.before.clone(), one.after.clone()]).collect())
}

/// Returns the filtered pixels, and the processor that filtered each tile. If there are several
/// tiles, each tile is a task.
async fn in_tiles(
    filter: Filter,
    image: &Arc<Image>,
    n: usize,
    tiles: usize,
) -> (Vec<u8>, Vec<ProcessorId>) {
    if tiles == 1 {
        let pixels = filter.rows(image, 0..image.height).await;
        return (pixels, vec![processor()]);
    }
    let done: Arc<[_]> = (0..tiles).map(|_| OnceLock::new()).collect();
    let group = WaitGroup::new();
    for k in 0..tiles {
        let (image, done) = (image.clone(), done.clone());
        let row = |k: usize| (k * image.height as usize / tiles) as u32;
        let rows = row(k)..row(k + 1);
        let task = async move {
            let pixels = filter.rows(&image, rows).await;
            done[k].set((pixels, processor())).expect("only this task writes here");
        };
        launch(&group, format!("image {} tile {}", n + 1, k + 1), task).await;
    }
    group.wait().await;
    let done = || done.iter().map(|tile| tile.get().expect("every task has ended"));
    let mut pixels = Vec::with_capacity(image.pixels.len());
    done().for_each(|(tile, _)| pixels.extend_from_slice(tile));
    (pixels, done().map(|(_, processor)| *processor).collect())
}

/// Generates image `n`, counted from 0.
async fn generate(n: u32, size: u32) -> Image {
    let scaled: Vec<u32> = (0..size).map(|place| 256 * place / size).collect();
    let mut pixels = vec![[0; PIXEL]; scaled.len().pow(2)];
    for rows in bands(0..size, size) {
        for y in rows {
            let b = scaled[y as usize];
            let row = &mut pixels[(y * size) as usize..][..size as usize];
            for (pixel, &a) in row.iter_mut().zip(&scaled) {
                let from_middle = a.abs_diff(128).pow(2) + b.abs_diff(128).pow(2);
                let even = (from_middle / (1024 + 256 * n)).is_multiple_of(2);
                let green = a * (n + 2) + b * (n + 5);
                *pixel = [(a ^ b) as u8, green as u8, if even { 208 } else { 48 }, 255];
            }
        }
        checkpoint().await;
    }
    let pixels = pixels.into_flattened();
    Image { name: format!("image {}", n + 1), width: size, height: size, pixels }
}
