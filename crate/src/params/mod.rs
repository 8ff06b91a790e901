//! Parameters of programs: a declaration for each parameter, and one check for all values.
//!
//! The form, the URL, scripts and the documentation all use a program's list of [`Param`]s.
//! [`check`] accepts or refuses each given value. Values arrive as JSON. A value that JSON cannot
//! hold (`NaN`, an infinity, a big integer) arrives as `{"notJson": "NaN"}`, so that the refusal's
//! sentence can name the value.
//!
//! - `param`: the declaration of a parameter;
//! - `kind`: the kinds of values, and how a value of each kind is read;
//! - `values`: the values that were accepted;
//! - `check`: turns given values into accepted values or refusals;
//! - [`sentence`]: sentences about refused values;
//! - `advice`: what to write instead of a text that was meant as a number;
//! - `text`: the type of names, labels and words;
//! - `address`: the rule that decides which URLs may be fetched;
//! - `json`: numbers as JSON.

mod address;
mod advice;
mod check;
mod json;
mod kind;
mod param;
pub mod sentence;
mod text;
mod values;

pub use check::check;
pub use json::number;
pub use kind::{Kind, LONGEST_LIST, MOST_ADDRESSES, MOST_TEXT_BYTES};
pub use param::Param;
pub use sentence::Refusal;
pub use text::Text;
pub use values::Values;
