//! A program that runs any guest.
//!
//! No lesson shows this program: only scripts start it. Tests use it to run hand-written guests.

use std::time::Duration;

use crate::params::{MOST_TEXT_BYTES, Param, Refusal, Values};
use crate::programs::support::{GuestModule, Machine, Program, Results};
use crate::runtime::Structure;

/// The program's entry in the list of programs for scripts.
pub fn program() -> Program {
    Program {
        id: "guest".into(),
        title: "Guest".into(),
        lesson: "a module of its own".into(),
        summary: "Runs the goroutines of a WebAssembly module.".into(),
        file: file!().into(),
        structures: vec![Structure::Concurrent],
        params: Box::new(params),
        // Nobody knows how long the module takes.
        estimated_duration: Box::new(|_, _, _| Duration::from_secs(1)),
        workload_param: "first".into(),
        refuse: Box::new(|values| match decoded(values.text("module")) {
            Some(_) => None,
            None => Some(Refusal::new(
                "module",
                "Module must be an even number of hexadecimal digits.".to_owned(),
            )),
        }),
        time_slice: Box::new(|_| Duration::from_millis(10)),
        compares_times: false,
        guest: Some(Box::new(guest)),
        main: Box::new(|_| Box::pin(async { Results::without_answer() })),
    }
}

fn params(_: &Machine) -> Vec<Param> {
    let number = |name: &'static str, label: &'static str, help: &'static str| {
        Param::integer(name, label, 0..=i64::from(u32::MAX), 0).help(help)
    };
    vec![
        Param::text("module", "Module", MOST_TEXT_BYTES, "")
            .primary()
            .help("The module's bytes, as two hexadecimal digits each."),
        number("first", "First", "The first number that the module's main gets."),
        number("second", "Second", "The second number that the module's main gets."),
    ]
}

fn guest(values: &Values) -> GuestModule {
    let bytes = decoded(values.text("module")).expect("the digits were checked");
    let number = |name| values.integer(name) as u32;
    GuestModule { bytes, arguments: (number("first"), number("second")) }
}

/// Returns the bytes that these hexadecimal digits stand for; `None` if the text is anything else.
fn decoded(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => {
                let digit = |digit: &u8| char::from(*digit).to_digit(16);
                Some((digit(high)? * 16 + digit(low)?) as u8)
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_for_bytes() {
        assert_eq!(decoded("00fF10"), Some(vec![0, 255, 16]));
        assert_eq!(decoded(""), Some(vec![]));
        for text in ["0", "0g", "+1", "é0"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
