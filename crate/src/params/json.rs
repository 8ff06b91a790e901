//! Numbers as JSON.

use serde_json::Value as Json;

/// Returns a number as JSON. Integers below 2^53 in magnitude, which an `f64` represents exactly,
/// have no fraction part.
pub fn number(number: f64) -> Json {
    let is_whole = number.fract() == 0.0 && number.abs() < (1_u64 << 53) as f64;
    if is_whole { (number as i64).into() } else { number.into() }
}
