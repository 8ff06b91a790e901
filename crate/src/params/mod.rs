//! What can be set: a declaration for each parameter of a program, and one check for all values.
//!
//! The form, the address, scripts and the documentation all come from a program's list of
//! [`Param`]s. Whatever values they hand in, [`check`] finds them good or refuses them. Values
//! arrive as JSON. What JSON cannot hold (`NaN`, infinities, big integers) arrives as
//! `{"notJson": "NaN"}`, so that the sentence can say what was given.
//!
//! - `param`: a parameter;
//! - `kind`: what a parameter's values are, and how one is read;
//! - `values`: the values that were found good;
//! - `check`: from what was handed in to values, or to refusals;
//! - [`sentence`]: what is said of values that are refused;
//! - `advice`: what to write instead of a text that was meant as a number;
//! - `address`: which addresses may be fetched;
//! - `json`: numbers as JSON.

mod address;
mod advice;
mod check;
mod json;
mod kind;
mod param;
pub mod sentence;
mod values;

pub use check::check;
pub use json::number;
pub use kind::{Kind, LONGEST_LIST, MOST_ADDRESSES};
pub use param::Param;
pub use sentence::Refusal;
pub use values::Values;
