//! Many Hands: one program, executed one task after another, interleaved on one processor,
//! and parallel on all, and what was measured meanwhile.
//!
//! Concurrency is how a program is structured, parallelism is how it is executed. So there is one
//! way to write a program here, and one runtime that executes it on as many processors as it is
//! told to:
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
//!     assert_eq!(batch.lines[0].text, "21");
//! }
//! ```
//!
//! # Layout
//!
//! Parameters go down, events come up; nothing below knows of what stands above it.
//!
//! - `web`: everything that JavaScript may call; the only code that knows a browser;
//! - [`programs`]: the workloads, one file each, and their catalogue; with [`params`], what can be
//!   set and what is refused;
//! - `report`: events in, figures and sentences out;
//! - [`shared_facts`]: what the page knows from here when the site is built;
//! - [`images`]: the images that programs draw and filter, a package of its own;
//! - [`runtime`]: tasks, processors, channels and time, also a package of its own. It contains:
//!   - [`trace`]: what happened, as fixed-size events;
//!   - [`clock`] and [`sync`]: time on one axis, and the one door to atomics and locks.

pub mod params;
pub mod programs;
pub mod report;
pub mod shared_facts;
#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
pub mod web;

mod requirements;

pub use runtime::{self, clock, sync, trace};
