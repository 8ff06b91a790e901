//! The parameter values that a program runs with.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::json::number;
use super::text::Text;
use crate::sync::Arc;

/// An accepted value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Integer(i64),
    Number(f64),
    Choice(Text),
    List(Vec<i64>),
    Addresses(Vec<String>),
    Text(Arc<str>),
    None,
}

/// A value for each parameter of a program, all within their limits.
///
/// The accessors panic if the program declared no parameter of this name and kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Values(pub(super) Vec<(Text, Value)>);

impl Values {
    fn get(&self, name: &str) -> &Value {
        let found = self.0.iter().find(|(own, _)| *own == name);
        &found.unwrap_or_else(|| panic!("no parameter {name} is declared")).1
    }

    /// Returns the whole number `name`. Panics if it was left out and has no default.
    pub fn integer(&self, name: &str) -> i64 {
        self.given(name).unwrap_or_else(|| panic!("{name} may be left out"))
    }

    /// Returns the whole number `name` as a count. Panics if it is negative.
    pub fn count(&self, name: &str) -> usize {
        let whole = self.integer(name);
        usize::try_from(whole).unwrap_or_else(|_| panic!("{name} may be negative"))
    }

    /// Returns the whole number `name`, or `None` if it was left out and has no default.
    pub fn given(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Value::Integer(whole) => Some(*whole),
            Value::None => None,
            other => panic!("{name} is no whole number but {other:?}"),
        }
    }

    /// Returns the number `name`, whole or not.
    pub fn number(&self, name: &str) -> f64 {
        match self.get(name) {
            Value::Number(number) => *number,
            Value::Integer(whole) => *whole as f64,
            other => panic!("{name} is no number but {other:?}"),
        }
    }

    /// Returns the number `name`, in milliseconds, as a duration.
    pub fn millis(&self, name: &str) -> Duration {
        Duration::from_secs_f64(self.number(name) / 1e3)
    }

    /// Returns the word that was chosen for `name`.
    pub fn choice(&self, name: &str) -> &str {
        match self.get(name) {
            Value::Choice(word) => word,
            other => panic!("{name} is no choice but {other:?}"),
        }
    }

    /// Returns the list of whole numbers `name`.
    pub fn list(&self, name: &str) -> &[i64] {
        match self.get(name) {
            Value::List(numbers) => numbers,
            other => panic!("{name} is no list but {other:?}"),
        }
    }

    /// Returns the list of URLs `name`.
    pub fn addresses(&self, name: &str) -> &[String] {
        match self.get(name) {
            Value::Addresses(addresses) => addresses,
            other => panic!("{name} is no list of addresses but {other:?}"),
        }
    }

    /// Returns the text `name`.
    pub fn text(&self, name: &str) -> &Arc<str> {
        match self.get(name) {
            Value::Text(text) => text,
            other => panic!("{name} is no text but {other:?}"),
        }
    }

    /// Returns all values as one JSON object, by name.
    pub fn to_json(&self) -> Json {
        let pair = |(name, value): &(Text, Value)| {
            let value = match value {
                Value::Integer(whole) => json!(whole),
                Value::Number(given) => number(*given),
                Value::Choice(word) => json!(word),
                Value::List(numbers) => json!(numbers),
                Value::Addresses(addresses) => json!(addresses),
                Value::Text(text) => json!(**text),
                Value::None => Json::Null,
            };
            (name.to_string(), value)
        };
        Json::Object(self.0.iter().map(pair).collect())
    }
}
