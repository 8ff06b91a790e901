//! One parameter of a program: its name, its allowed values, and its texts in the form.

use std::ops::RangeInclusive;

use serde_json::{Value as Json, json};

use super::json::number;
use super::kind::{Kind, MOST_TEXT_BYTES};
use super::sentence::Refusal;
use super::text::Text;
use super::values::Value;

/// One parameter of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// The parameter's key in scripts and in the URL.
    pub name: Text,
    /// The parameter's name in the form and in sentences.
    pub label: Text,
    /// The kind of the parameter's values, with their limits.
    pub kind: Kind,
    /// The unit of the parameter's numbers, or empty.
    pub unit: Text,
    /// The value if the parameter is left out. `null` if the parameter then has no value.
    pub default: Json,
    /// Whether the form shows the parameter at once, not only under "More".
    pub primary: bool,
    /// A sentence that explains the parameter to the reader, or empty.
    pub help: Text,
}

impl Param {
    fn new(name: impl Into<Text>, label: impl Into<Text>, kind: Kind, default: Json) -> Param {
        Param {
            name: name.into(),
            label: label.into(),
            kind,
            unit: "".into(),
            default,
            primary: false,
            help: "".into(),
        }
    }

    /// Declares a parameter that is a whole number.
    pub fn integer(
        name: impl Into<Text>,
        label: impl Into<Text>,
        range: RangeInclusive<i64>,
        default: i64,
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::Integer { min, max }, json!(default))
    }

    /// Declares a whole number that has no value when it is left out.
    pub fn optional_integer(
        name: impl Into<Text>,
        label: impl Into<Text>,
        range: RangeInclusive<i64>,
    ) -> Param {
        Param { default: Json::Null, ..Param::integer(name, label, range, 0) }
    }

    /// Declares a parameter that is a number, whole or not.
    pub fn number(
        name: impl Into<Text>,
        label: impl Into<Text>,
        range: RangeInclusive<f64>,
        default: f64,
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::Number { min, max }, json!(default))
    }

    /// Declares a parameter that is one of `choices`. The last choice is the default.
    pub fn choice(
        name: impl Into<Text>,
        label: impl Into<Text>,
        choices: impl IntoIterator<Item: Into<Text>>,
    ) -> Param {
        let choices: Vec<Text> = choices.into_iter().map(Into::into).collect();
        let default = json!(choices.last());
        Param::new(name, label, Kind::Choice { choices }, default)
    }

    /// Declares a parameter that is a list of whole numbers.
    pub fn list(
        name: impl Into<Text>,
        label: impl Into<Text>,
        range: RangeInclusive<i64>,
        default: &[i64],
    ) -> Param {
        let (min, max) = range.into_inner();
        Param::new(name, label, Kind::List { min, max }, json!(default))
    }

    /// Declares a parameter that is a list of URLs. The default is an empty list.
    pub fn addresses(name: impl Into<Text>, label: impl Into<Text>) -> Param {
        Param::new(name, label, Kind::Addresses, json!([]))
    }

    /// Declares a parameter that is a text of at most `most_bytes` bytes in UTF-8.
    pub fn text(
        name: impl Into<Text>,
        label: impl Into<Text>,
        most_bytes: usize,
        default: &str,
    ) -> Param {
        assert!(most_bytes <= MOST_TEXT_BYTES, "no text may have {most_bytes} bytes");
        Param::new(name, label, Kind::Text { most_bytes }, json!(default))
    }

    /// Makes the form show the parameter at once, not only under "More".
    pub fn primary(self) -> Param {
        Param { primary: true, ..self }
    }

    /// Sets the unit of the parameter's numbers.
    pub fn unit(self, unit: impl Into<Text>) -> Param {
        Param { unit: unit.into(), ..self }
    }

    /// Sets the sentence that explains the parameter.
    pub fn help(self, help: impl Into<Text>) -> Param {
        Param { help: help.into(), ..self }
    }

    /// Returns the parameter as the catalogue shows it to JavaScript. For a list, `min` and `max`
    /// are the limits of each number. For a text, `max` is the maximum size in bytes, and `min` is
    /// `null`. For a choice and for a list of URLs, `min` and `max` are `null`. `choices` is empty
    /// for every kind except a choice.
    pub fn to_json(&self) -> Json {
        let (min, max, choices) = match &self.kind {
            Kind::Integer { min, max } | Kind::List { min, max } => {
                (json!(min), json!(max), json!([]))
            }
            Kind::Number { min, max } => (number(*min), number(*max), json!([])),
            Kind::Choice { choices } => (Json::Null, Json::Null, json!(choices)),
            Kind::Text { most_bytes } => (Json::Null, json!(most_bytes), json!([])),
            Kind::Addresses => (Json::Null, Json::Null, json!([])),
        };
        json!({
            "name": self.name, "label": self.label, "kind": self.kind.word(), "unit": self.unit,
            "min": min, "max": max, "default": self.default, "choices": choices,
            "primary": self.primary, "help": self.help,
        })
    }

    /// Reads `given` as a value of this parameter, or returns the reason why `given` is refused.
    pub(super) fn read(&self, given: &Json) -> Result<Value, Refusal> {
        if given.is_null() && self.default.is_null() {
            return Ok(Value::None);
        }
        self.kind.read(given, &self.unit).map_err(|instead| {
            let limits = self.kind.limits(&self.unit);
            Refusal::new(self.name.as_ref(), format!("{} must be {limits}{instead}.", self.label))
        })
    }
}
