//! Ten thousand random and hostile requests, generated from a seed. The validation returns, for
//! each of them, a checked request whose values are all within their limits, or sentences.

use manyhands::programs::{Machine, RunRequest, lesson_programs};
use serde_json::{Map, Value as Json, json};

const MACHINE: Machine = Machine { cores: 8, isolated: true, steps_per_ms: 100_000.0 };
const REQUESTS: usize = 10_000;
const SEED: u64 = 2026;

/// The maximum size of a refusal's sentence, in bytes. The names and quotations in such a sentence
/// have limits of their own.
const LONGEST: usize = 2000;

const WORDS: [&str; 16] = [
    "",
    "4",
    "0x10",
    "1e999",
    "NaN",
    "-0",
    "١٢",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "'; DROP TABLE runs; --",
    "../../etc/passwd",
    "__proto__",
    "constructor",
    "\u{202e}4",
    "\0",
    "concurrent",
];

fn text(random: &mut fastrand::Rng) -> String {
    match random.u8(..4) {
        0 => (0..random.usize(..40)).map(|_| random.char(..)).collect(),
        1 => WORDS[random.usize(..WORDS.len())].repeat(random.usize(1..400)),
        _ => WORDS[random.usize(..WORDS.len())].to_string(),
    }
}

fn number(random: &mut fastrand::Rng) -> Json {
    match random.u8(..6) {
        0 => json!(random.i64(..)),
        1 => json!(random.u64(..)),
        2 => json!(f64::from_bits(random.u64(..))),
        3 => json!(random.f64()),
        _ => json!(random.i64(-3..70)),
    }
}

fn value(random: &mut fastrand::Rng, depth: usize) -> Json {
    match random.u8(..if depth > 3 { 5 } else { 8 }) {
        0 => Json::Null,
        1 => json!(random.bool()),
        2 => json!(text(random)),
        3 | 4 => number(random),
        5 => (0..random.usize(..5)).map(|_| value(random, depth + 1)).collect(),
        6 => json!({ "notJson": text(random) }),
        _ => Json::Object(
            (0..random.usize(..4)).map(|_| (text(random), value(random, depth + 1))).collect(),
        ),
    }
}

/// Returns an object with some keys that are declared and some that are not. In one of 20 calls,
/// returns any value instead.
fn object(random: &mut fastrand::Rng, keys: &[String]) -> Json {
    if random.u8(..20) == 0 {
        return value(random, 0);
    }
    let mut fields = Map::new();
    for _ in 0..random.usize(..4) {
        let known = !keys.is_empty() && random.u8(..8) != 0;
        let key = if known { keys[random.usize(..keys.len())].clone() } else { text(random) };
        let value = if random.bool() { number(random) } else { value(random, 0) };
        fields.insert(key, value);
    }
    Json::Object(fields)
}

#[test]
fn ten_thousand_hostile_requests_get_a_sentence_each_or_values_within_limits() {
    let mut random = fastrand::Rng::with_seed(SEED);
    let options = ["processors", "structure", "seed"].map(String::from);
    let (mut refused, mut accepted) = (0, 0);
    for _ in 0..REQUESTS {
        let program = &lesson_programs()[random.usize(..lesson_programs().len())];
        let keys: Vec<_> =
            (program.params)(&MACHINE).iter().map(|param| param.name.to_string()).collect();
        let id = if random.u8(..10) == 0 { text(&mut random) } else { program.id.to_string() };
        let (params, how) = (object(&mut random, &keys), object(&mut random, &options));
        match RunRequest::check(&MACHINE, &id, &params, &how) {
            Ok(request) => {
                accepted += 1;
                assert!((1..=64).contains(&request.processors));
                let found = request.values.to_json();
                // The validation never changes a given value to make it fit.
                for (key, given) in params.as_object().into_iter().flatten() {
                    let same =
                        given.as_f64().is_none_or(|given| found[key].as_f64() == Some(given));
                    assert!(same, "{key}: {given} became {}", found[key]);
                }
            }
            Err(faults) => {
                refused += 1;
                assert!(!faults.is_empty());
                for fault in faults {
                    let sentence = fault.to_json()["sentence"].as_str().unwrap().to_string();
                    assert!(sentence.ends_with('.'), "{sentence}");
                    assert!(sentence.len() <= LONGEST, "{} bytes: {sentence}", sentence.len());
                    let turns = |sign: char| sign.is_control() || sign == '\u{202e}';
                    assert!(!sentence.chars().any(turns), "{sentence:?}");
                }
            }
        }
    }
    // Both outcomes must be frequent, because otherwise the test hardly covers one of them.
    assert!(refused > REQUESTS / 4 && accepted > REQUESTS / 20, "{refused}, {accepted}");
}
