//! One parameter of a program: its name, the values that it can have, and what the form says of it.

use std::ops::RangeInclusive;

use serde_json::{Value as Json, json};

use super::json::number;
use super::kind::Kind;
use super::sentence::Refusal;
use super::values::Value;

/// One parameter of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its key in scripts and in the address.
    pub name: &'static str,
    /// Its name in the form and in sentences.
    pub label: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What its numbers count, or nothing.
    pub unit: &'static str,
    /// The value that it has when left out; `null` when it then has none.
    pub default: Json,
    /// Whether the form shows it at once.
    pub primary: bool,
    /// A sentence for who wonders what it does.
    pub help: &'static str,
}

impl Param {
    fn new(name: &'static str, label: &'static str, kind: Kind, default: Json) -> Param {
        Param { name, label, kind, unit: "", default, primary: false, help: "" }
    }

    /// A whole number.
    pub fn integer(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<i64>,
        default: i64,
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::Integer { min, max }, json!(default))
    }

    /// A whole number that has no value when it is left out.
    pub fn optional_integer(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<i64>,
    ) -> Param {
        Param { default: Json::Null, ..Param::integer(name, label, range, 0) }
    }

    /// A number.
    pub fn number(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<f64>,
        default: f64,
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::Number { min, max }, json!(default))
    }

    /// One of some words, by default the last.
    pub fn choice(name: &'static str, label: &'static str, choices: Vec<&'static str>) -> Param {
        let default = json!(choices.last());
        Param::new(name, label, Kind::Choice { choices }, default)
    }

    /// A list of whole numbers.
    pub fn list(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<i64>,
        default: &[i64],
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::List { min, max }, json!(default))
    }

    /// A list of addresses, by default none.
    pub fn addresses(name: &'static str, label: &'static str) -> Param {
        Param::new(name, label, Kind::Addresses, json!([]))
    }

    /// Shown at once, not only under "More".
    pub fn primary(self) -> Param {
        Param { primary: true, ..self }
    }

    /// With the unit of its numbers.
    pub fn unit(self, unit: &'static str) -> Param {
        Param { unit, ..self }
    }

    /// With a sentence that explains it.
    pub fn help(self, help: &'static str) -> Param {
        Param { help, ..self }
    }

    /// As the catalogue shows it to JavaScript: `min` and `max` hold for each number of a list and
    /// are `null` for a choice and for addresses; `choices` is empty for all others.
    pub fn to_json(&self) -> Json {
        let (min, max, choices) = match &self.kind {
            Kind::Integer { min, max } | Kind::List { min, max } => {
                (json!(min), json!(max), json!([]))
            }
            Kind::Number { min, max } => (number(*min), number(*max), json!([])),
            Kind::Choice { choices } => (Json::Null, Json::Null, json!(choices)),
            Kind::Addresses => (Json::Null, Json::Null, json!([])),
        };
        json!({
            "name": self.name, "label": self.label, "kind": self.kind.word(), "unit": self.unit,
            "min": min, "max": max, "default": self.default, "choices": choices,
            "primary": self.primary, "help": self.help,
        })
    }

    /// `given` as a value of this parameter, or why it cannot be taken.
    pub(super) fn read(&self, given: &Json) -> Result<Value, Refusal> {
        if given.is_null() && self.default.is_null() {
            return Ok(Value::None);
        }
        self.kind.read(given, self.unit).map_err(|instead| {
            let limits = self.kind.limits(self.unit);
            Refusal::new(self.name, format!("{} must be {limits}{instead}.", self.label))
        })
    }
}
