//! The texts of declarations: names, labels, units, words and sentences.

use std::borrow::Cow;

/// A text that is known when the crate is compiled, or made at run time.
pub type Text = Cow<'static, str>;
