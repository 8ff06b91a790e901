//! One parameter of a program: its name, its allowed values, and its texts in the form.

use std::ops::RangeInclusive;

use serde_json::{Value as Json, json};

use super::json::number;
use super::kind::Kind;
use super::sentence::Refusal;
use super::values::Value;

/// One parameter of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// The parameter's key in scripts and in the address.
    pub name: &'static str,
    /// The parameter's name in the form and in sentences.
    pub label: &'static str,
    /// The kind of the parameter's values, with their limits.
    pub kind: Kind,
    /// The unit of the parameter's numbers, or empty.
    pub unit: &'static str,
    /// The value when the parameter is left out; `null` if there is none then.
    pub default: Json,
    /// Whether the form shows the parameter at once, not only under "More".
    pub primary: bool,
    /// A sentence that explains the parameter to the reader, or empty.
    pub help: &'static str,
}

impl Param {
    fn new(name: &'static str, label: &'static str, kind: Kind, default: Json) -> Param {
        Param { name, label, kind, unit: "", default, primary: false, help: "" }
    }

    /// Declares a parameter that is a whole number.
    pub fn integer(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<i64>,
        default: i64,
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::Integer { min, max }, json!(default))
    }

    /// Declares a whole number that has no value when it is left out.
    pub fn optional_integer(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<i64>,
    ) -> Param {
        Param { default: Json::Null, ..Param::integer(name, label, range, 0) }
    }

    /// Declares a parameter that is a number, whole or not.
    pub fn number(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<f64>,
        default: f64,
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::Number { min, max }, json!(default))
    }

    /// Declares a parameter that is one of `choices`. The last one is the default.
    pub fn choice(name: &'static str, label: &'static str, choices: Vec<&'static str>) -> Param {
        let default = json!(choices.last());
        Param::new(name, label, Kind::Choice { choices }, default)
    }

    /// Declares a parameter that is a list of whole numbers.
    pub fn list(
        name: &'static str,
        label: &'static str,
        range: RangeInclusive<i64>,
        default: &[i64],
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::List { min, max }, json!(default))
    }

    /// Declares a parameter that is a list of addresses, by default empty.
    pub fn addresses(name: &'static str, label: &'static str) -> Param {
        Param::new(name, label, Kind::Addresses, json!([]))
    }

    /// Makes the form show the parameter at once, not only under "More".
    pub fn primary(self) -> Param {
        Param { primary: true, ..self }
    }

    /// Sets the unit of the parameter's numbers.
    pub fn unit(self, unit: &'static str) -> Param {
        Param { unit, ..self }
    }

    /// Sets the sentence that explains the parameter.
    pub fn help(self, help: &'static str) -> Param {
        Param { help, ..self }
    }

    /// Returns the parameter as the catalogue shows it to JavaScript. For a list, `min` and `max`
    /// hold for each number. They are `null` for a choice and for addresses. `choices` is empty
    /// for every kind but a choice.
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

    /// Reads `given` as a value of this parameter, or returns the reason why it is refused.
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
