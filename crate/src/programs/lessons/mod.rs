//! The programs of the lessons, one file each.
//!
//! - [`kitchen`]: one cook, several dishes;
//! - [`greeters`]: goroutines, and a main that does not wait for them;
//! - [`counters`]: work for every processor;
//! - [`quadrants`]: what overlapping tasks save, and what processors save;
//! - [`sum`]: partial sums over a channel;
//! - [`spaces`]: separate memories, and one shared memory;
//! - [`fetch`]: requests that are in progress at the same time;
//! - [`images`]: a filter over images, as work for every processor;
//! - [`pool`]: a few workers, many jobs;
//! - [`pipeline`]: fan-out and fan-in;
//! - [`mandelbrot`]: rayon's parallel iterators on the run's processors.
//!
//! Each program is written once, with the runtime's API. It uses neither the trace nor JavaScript,
//! and does not know how many processors there are. Each program has a twin in Go in the folder
//! `twins`, which computes the same answer. The program's documentation says what the program and
//! its twin must agree on.

pub mod counters;
pub mod fetch;
pub mod greeters;
pub mod images;
pub mod kitchen;
pub mod mandelbrot;
pub mod pipeline;
pub mod pool;
pub mod quadrants;
pub mod spaces;
pub mod sum;
