//! The kinds of values that parameters have, and how a value of each kind is read.

use serde_json::Value as Json;

use super::address::may_be_fetched;
use super::advice::advice;
use super::sentence::{described, listed};
use super::text::Text;
use super::values::Value;

/// The maximum number of values in a list of numbers.
pub const LONGEST_LIST: usize = 1000;

/// The maximum number of URLs in a list of URLs.
pub const MOST_ADDRESSES: usize = 64;

/// The maximum size of any text, in bytes. A parameter may set a lower limit.
pub const MOST_TEXT_BYTES: usize = 1 << 20;

/// The kind of a parameter's values, with their limits. Both limits are allowed values.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A whole number. Its limits stay below 2^53, where JavaScript's numbers are exact.
    Integer {
        /// The smallest allowed number.
        min: i64,
        /// The largest allowed number.
        max: i64,
    },
    /// A number, whole or not.
    Number {
        /// The smallest allowed number.
        min: f64,
        /// The largest allowed number.
        max: f64,
    },
    /// One word of a fixed list.
    Choice {
        /// The allowed words.
        choices: Vec<Text>,
    },
    /// A list of whole numbers, at most [`LONGEST_LIST`]. The list may be empty.
    List {
        /// The smallest number allowed in the list.
        min: i64,
        /// The largest number allowed in the list.
        max: i64,
    },
    /// A list of URLs that [may be fetched](may_be_fetched), at most [`MOST_ADDRESSES`]. The list
    /// may be empty.
    Addresses,
    /// A text. It may be empty.
    Text {
        /// The maximum size of the text in UTF-8, in bytes: at most [`MOST_TEXT_BYTES`].
        most_bytes: usize,
    },
}

impl Kind {
    /// The word for this kind in the catalogue.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Integer { .. } => "integer",
            Kind::Number { .. } => "number",
            Kind::Choice { .. } => "choice",
            Kind::List { .. } | Kind::Addresses => "list",
            Kind::Text { .. } => "text",
        }
    }

    /// Returns the end of a sentence that says what a value must be. The returned text follows the
    /// words "must be".
    pub(super) fn limits(&self, unit: &str) -> String {
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        match self {
            Kind::Integer { min, max } => format!("a whole number from {min} to {max}{unit}"),
            Kind::Number { min, max } => format!("a number from {min} to {max}{unit}"),
            Kind::Choice { choices } => {
                let quoted: Vec<_> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
                listed(&quoted, "or")
            }
            Kind::List { min, max } => {
                format!("a list of at most {LONGEST_LIST} whole numbers from {min} to {max}{unit}")
            }
            Kind::Addresses => format!(
                "a list of at most {MOST_ADDRESSES} addresses that begin with http:// or https://, \
                 or with neither for a file of this site"
            ),
            Kind::Text { most_bytes } => format!("a text of at most {most_bytes} bytes"),
        }
    }

    /// Reads `given` as a value of this kind. `unit` is the unit of its numbers, or empty.
    ///
    /// # Errors
    ///
    /// The last part of a sentence. This part follows the [limits](Self::limits) and says what was
    /// given.
    pub(super) fn read(&self, given: &Json, unit: &str) -> Result<Value, String> {
        let instead = |given: &Json| {
            let advice = match (self, given) {
                (Kind::Integer { .. } | Kind::List { .. }, Json::String(text)) => {
                    advice(text, false, unit)
                }
                (Kind::Number { .. }, Json::String(text)) => advice(text, true, unit),
                _ => String::new(),
            };
            format!("{}{advice}", described(given))
        };
        let value = match (self, given) {
            (Kind::Integer { min, max }, _) => whole(given, *min, *max).map(Value::Integer),
            (Kind::Number { min, max }, _) => {
                given.as_f64().filter(|number| (*min..=*max).contains(number)).map(Value::Number)
            }
            (Kind::Choice { choices }, Json::String(word)) => {
                choices.iter().find(|choice| *choice == word).cloned().map(Value::Choice)
            }
            (Kind::Choice { .. }, _) => None,
            (Kind::List { min, max }, Json::Array(items)) => {
                if items.len() > LONGEST_LIST {
                    return Err(format!(", not {}", items.len()));
                }
                let read = |(place, item)| {
                    whole(item, *min, *max)
                        .ok_or_else(|| format!(", but number {} is {}", place + 1, instead(item)))
                };
                return items
                    .iter()
                    .enumerate()
                    .map(read)
                    .collect::<Result<_, _>>()
                    .map(Value::List);
            }
            // Advice explains how to write one number, but this value must be a list.
            (Kind::List { .. }, _) => return Err(format!(", not {}", described(given))),
            (Kind::Addresses, Json::Array(items)) => {
                if items.len() > MOST_ADDRESSES {
                    return Err(format!(", not {}", items.len()));
                }
                let read = |(place, item): (usize, &Json)| match item.as_str() {
                    Some(text) if may_be_fetched(text) => Ok(text.to_string()),
                    _ => Err(format!(", but number {} is {}", place + 1, described(item))),
                };
                let addresses = items.iter().enumerate().map(read).collect::<Result<_, _>>();
                return addresses.map(Value::Addresses);
            }
            (Kind::Addresses, _) => None,
            (Kind::Text { most_bytes }, Json::String(text)) => {
                if text.len() > *most_bytes {
                    return Err(format!(", not {}", text.len()));
                }
                Some(Value::Text(text.as_str().into()))
            }
            (Kind::Text { .. }, _) => None,
        };
        value.ok_or_else(|| format!(", not {}", instead(given)))
    }
}

/// Returns `given` as an integer, if it is a whole number within the limits.
fn whole(given: &Json, min: i64, max: i64) -> Option<i64> {
    let number = given.as_f64().filter(|number| number.fract() == 0.0)?;
    // Limits are below 2^53, so the comparison and the cast are exact.
    (min as f64..=max as f64).contains(&number).then_some(number as i64)
}
