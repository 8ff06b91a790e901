//! Many Hands executes one program in three ways: one task after another, interleaved on one
//! processor, and in parallel on all processors. It measures each run.
//!
//! Concurrency is how a program is structured, parallelism is how it is executed. So there is one
//! way to write a program, and one runtime that executes it on any number of processors:
//!
//! ```
//! use manyhands::runtime::{Outcome, Pool, Run, Settings, channel, go, print};
//!
//! let pool = Pool::new(2);
//! for processors in [1, 2] {
//!     let settings = Settings { processors, ..Settings::default() };
//!     let (end, batch) = Run::complete(&pool, settings, async {
//!         let (partials, sums) = channel(0);
//!         for half in [[1, 2, 3], [4, 5, 6]] {
//!             let partials = partials.clone();
//!             go("adds a half", async move { partials.send(half.iter().sum::<i64>()).await });
//!         }
//!         let total = sums.recv().await.unwrap() + sums.recv().await.unwrap();
//!         print(total.to_string());
//!     });
//!     assert_eq!(end.outcome, Outcome::Completed);
//!     assert_eq!(batch.output.chunks().next().unwrap().1, b"21\n");
//! }
//! ```
//!
//! # Layout
//!
//! Parameters are passed down to lower layers, and events are passed up. A lower layer never uses a
//! higher one: the runtime knows no program, and no program knows a browser.
//!
//! - `web`: everything that JavaScript may call; the only code that knows a browser;
//! - [`programs`]: the workloads, one file each, and their catalogue. Their parameters are
//!   declared and checked with [`params`];
//! - `report`: figures and sentences about a run, computed from its events;
//! - [`shared_facts`]: limits, codes and names that the build hands to the page;
//! - [`images`]: the package for the images that programs draw and filter;
//! - [`runtime`]: the package for tasks, processors, channels and time. It contains:
//!   - [`trace`]: the record of a run, as fixed-size events;
//!   - [`clock`]: the times of all workers on one time axis;
//!   - [`sync`]: the module that provides all atomics and locks.

pub mod params;
pub mod programs;
pub mod report;
pub mod shared_facts;
#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
pub mod web;

mod requirements;

pub use runtime::{self, clock, sync, trace};
