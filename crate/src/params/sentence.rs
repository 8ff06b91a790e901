//! The sentences about parameter values that are refused.

use serde_json::{Number, Value as Json, json};

/// The key of the object that stands for a value that JSON cannot hold.
pub(crate) const NOT_JSON: &str = "notJson";

/// The reason why a given value is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The name of the parameter. A run's options and its program count as parameters.
    pub param: String,
    /// One sentence that names the parameter and its limits.
    pub sentence: String,
}

impl Refusal {
    /// Creates a refusal of a value of the parameter `param`.
    pub fn new(param: impl Into<String>, sentence: String) -> Refusal {
        Refusal { param: param.into(), sentence }
    }

    /// Returns `{param, sentence}`, as the page receives it.
    pub fn to_json(&self) -> Json {
        json!({ "param": self.param, "sentence": self.sentence })
    }
}

/// Joins `items` as in "a, b and c", with `conjunction` before the last item. Returns "none" if
/// there are no items.
pub fn listed(items: &[String], conjunction: &str) -> String {
    match items {
        [] => "none".to_string(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} {conjunction} {last}", firsts.join(", ")),
    }
}

/// Returns `text` in quotation marks. A text of more than 40 characters is cut.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

/// Describes a given value in a few words, for the end of a sentence.
pub fn described(given: &Json) -> String {
    match given {
        Json::Null => "null".to_string(),
        Json::Bool(truth) => truth.to_string(),
        Json::Number(number) => written(number),
        Json::String(text) if text.trim().is_empty() => "empty".to_string(),
        Json::String(text) => format!("the text {}", quoted(text)),
        Json::Array(_) => "a list".to_string(),
        Json::Object(fields) => match fields.get(NOT_JSON) {
            Some(Json::String(written)) => cut(written),
            _ => "an object".to_string(),
        },
    }
}

/// Formats a number as JavaScript does, except that numbers below 1e-6 have no exponent.
fn written(number: &Number) -> String {
    let given = number.as_f64().unwrap_or(f64::NAN);
    if given.abs() < 1e21 { given.to_string() } else { format!("{given:e}").replace('e', "e+") }
}

/// Returns the first 40 characters of `text`, and "…" if there are more. Control characters, and
/// characters that break the line or change the direction of writing, are replaced by U+FFFD.
fn cut(text: &str) -> String {
    let legible = |sign: char| match sign {
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        sign if sign.is_control() => '\u{fffd}',
        sign => sign,
    };
    let mut signs = text.chars();
    let shown: String = signs.by_ref().take(40).map(legible).collect();
    if signs.next().is_some() { format!("{shown}…") } else { shown }
}
