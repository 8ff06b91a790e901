//! A program that runs any guest.
//!
//! No lesson shows this program: only scripts start it. Tests use it to run hand-written guests.

use std::time::Duration;

use crate::params::{MOST_TEXT_BYTES, Param, Refusal, Values};
use crate::programs::support::{GuestModule, Machine, Program, Results};
use crate::runtime::{SourceLine, Structure};

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
        refuse: Box::new(refuse),
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
        Param::text("lines", "Lines", MOST_TEXT_BYTES, "").help(
            "The lines of source that the module names by number: on each line a file, a colon and \
             a number.",
        ),
        number("first", "First", "The first number that the module's main gets."),
        number("second", "Second", "The second number that the module's main gets."),
    ]
}

fn refuse(values: &Values) -> Option<Refusal> {
    if decoded(values.text("module")).is_none() {
        let sentence = "Module must be an even number of hexadecimal digits.";
        return Some(Refusal::new("module", sentence.to_owned()));
    }
    if source_lines(values.text("lines")).is_none() {
        let sentence = "Lines must each be a file, a colon and the number of a line.";
        return Some(Refusal::new("lines", sentence.to_owned()));
    }
    None
}

fn guest(values: &Values) -> GuestModule {
    let bytes = decoded(values.text("module")).expect("the digits were checked");
    let number = |name| values.integer(name) as u32;
    let lines = source_lines(values.text("lines")).expect("the lines were checked");
    GuestModule { bytes, lines, arguments: (number("first"), number("second")) }
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

/// Returns the lines of source that this text lists; `None` if the text is anything else.
fn source_lines(text: &str) -> Option<Vec<SourceLine>> {
    let source_line = |line: &str| {
        let (file, number) = line.rsplit_once(':')?;
        Some(SourceLine { file: file.to_owned().into(), line: number.parse().ok()? })
    };
    text.lines().map(source_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_file_and_a_number() {
        let line = |file: &'static str, line| SourceLine { file: file.into(), line };
        assert_eq!(
            source_lines("a.go:1\nb:c.go:20"),
            Some(vec![line("a.go", 1), line("b:c.go", 20)])
        );
        assert_eq!(source_lines(""), Some(vec![]));
        for text in ["a.go", "a.go:", "a.go:-1", "\n"] {
            assert_eq!(source_lines(text), None, "{text}");
        }
    }

    #[test]
    fn digits_stand_for_bytes() {
        assert_eq!(decoded("00fF10"), Some(vec![0, 255, 16]));
        assert_eq!(decoded(""), Some(vec![]));
        for text in ["0", "0g", "+1", "é0"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
