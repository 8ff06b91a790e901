//! Sentences about values that cannot be taken.

use serde_json::{Number, Value as Json, json};

/// The key of the object that stands for a value which JSON cannot hold.
pub(crate) const NOT_JSON: &str = "notJson";

/// Why something that was handed in is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The name of the parameter; a run's options and its program count as parameters.
    pub param: String,
    /// One sentence that names the parameter and its limits.
    pub sentence: String,
}

impl Refusal {
    /// A refusal of the parameter `param`.
    pub fn new(param: impl Into<String>, sentence: String) -> Refusal {
        Refusal { param: param.into(), sentence }
    }

    /// As the page gets it.
    pub fn to_json(&self) -> Json {
        json!({ "param": self.param, "sentence": self.sentence })
    }
}

/// "a, b and c", with the given last conjunction.
pub fn listed(items: &[String], conjunction: &str) -> String {
    match items {
        [] => "none".to_string(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} {conjunction} {last}", firsts.join(", ")),
    }
}

/// `text` in quotation marks, cut short where it is long.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

/// What was given, in a few words, for the end of a sentence.
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

/// As JavaScript writes it, but for the very small.
fn written(number: &Number) -> String {
    let given = number.as_f64().unwrap_or(f64::NAN);
    if given.abs() < 1e21 { given.to_string() } else { format!("{given:e}").replace('e', "e+") }
}

/// The first 40 characters of `text`. What would break the line or turn its direction around
/// stands there as a sign for something unreadable.
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
