//! Numbers as JSON.

use serde_json::Value as Json;

/// A number as JSON: a whole one without ".0", as long as it is exact.
pub fn number(number: f64) -> Json {
    let is_whole = number.fract() == 0.0 && number.abs() < (1_u64 << 53) as f64;
    if is_whole { (number as i64).into() } else { number.into() }
}
