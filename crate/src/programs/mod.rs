//! The catalogue: what the page can run.
//!
//! - [`kitchen`]: one cook, several dishes;
//! - [`greeters`]: goroutines, and a main that does not wait for them;
//! - [`counters`]: work for every processor;
//! - [`quadrants`]: what structure gains, and what execution does;
//! - [`sum`]: partial sums over a channel;
//! - [`spaces`]: memories apart, and one memory;
//! - [`fetch`]: requests that are under way together;
//! - [`images`]: a filter for every processor;
//! - [`pool`]: a few workers, many jobs;
//! - [`pipeline`]: fan-out and fan-in;
//! - [`mandelbrot`]: rayon's parallel iterators beside tasks.
//!
//! Each file is one program, written once on the runtime's API: it knows neither the
//! trace nor JavaScript, and never how many processors there are. The folder `twins` holds
//! each one's twin in Go, which computes the same answer; what the two must agree on
//! stands in the program's own documentation.
//!
//! Three more are for scripts alone, for trying what the page does:
//!
//! - [`runaway`]: a task that nobody can stop from inside;
//! - [`fault`]: everything that can go wrong in a program, on request;
//! - [`meeting`]: tasks that run on several processors at the same time.
//!
//! Around them:
//!
//! - [`support`]: what programs are made of;
//! - [`catalogue`]: the list of all programs;
//! - [`request`]: what was asked for, once it is found good.

pub mod catalogue;
pub mod counters;
pub mod fault;
pub mod fetch;
pub mod greeters;
pub mod images;
pub mod kitchen;
pub mod mandelbrot;
pub mod meeting;
pub mod pipeline;
pub mod pool;
pub mod quadrants;
pub mod request;
pub mod runaway;
pub mod spaces;
pub mod sum;
pub mod support;

pub use catalogue::{CATALOGUE, find};
pub use request::Request;
pub use support::uploaded_images::UploadedImages;
pub use support::{Input, Machine, Main, Program, Results, work};
