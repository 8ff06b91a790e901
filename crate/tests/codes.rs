//! The numbers that stand for words in a column of codes. Recorded runs hold these numbers, so
//! none may ever change its meaning. A new word takes a number that no other has.

use std::fs;
use std::path::Path;

use manyhands::report::{Cause, State, channel_op_word, ended_by_word};
use manyhands::trace::{ChannelOp, EndedBy, Reason};

/// Each word with its number, as `www/common/messages.js` has them: there the number is the place.
fn in_javascript(list: &str) -> Vec<(u8, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/common/messages.js");
    let text = fs::read_to_string(path).expect("the page's messages are there");
    let declared = format!("export const {list} = /** @type {{const}} */ ([");
    let (_, after) = text.split_once(&declared).expect("the list is declared as a constant");
    let (words, _) = after.split_once("])").expect("the list has an end");
    let words = words.split(',').map(|word| word.trim().trim_matches('\'').to_owned());
    (0..).zip(words.filter(|word| !word.is_empty())).collect()
}

fn in_rust<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> u8,
    word: impl Fn(T) -> &'static str,
) -> Vec<(u8, String)> {
    let mut codes: Vec<_> = all.iter().map(|one| (code(*one), word(*one).to_owned())).collect();
    codes.sort();
    codes
}

fn written(codes: &[(u8, &str)]) -> Vec<(u8, String)> {
    codes.iter().map(|(code, word)| (*code, (*word).to_owned())).collect()
}

#[test]
fn a_state_keeps_its_number() {
    let codes = in_rust(&State::ALL, State::code, State::word);
    assert_eq!(codes, written(&[(0, "running"), (1, "ready"), (2, "blocked")]));
    assert_eq!(codes, in_javascript("STATES"));
}

#[test]
fn a_reason_keeps_its_number_and_so_does_the_end() {
    let all: Vec<_> = Reason::ALL.map(Cause::Stopped).into_iter().chain([Cause::Ended]).collect();
    let codes = in_rust(&all, Cause::code, Cause::word);
    let expected = [
        (0, "yielded"),
        (1, "send"),
        (2, "receive"),
        (3, "wait group"),
        (4, "sleep"),
        (5, "io"),
        (6, "fork join"),
        (7, "ended"),
    ];
    assert_eq!(codes, written(&expected));
    assert_eq!(codes, in_javascript("REASONS"));
}

#[test]
fn an_ending_keeps_its_number() {
    let codes = in_rust(&EndedBy::ALL, |by| by as u8, ended_by_word);
    let expected = [(0, "returned"), (1, "main returned"), (2, "panicked"), (3, "stopped")];
    assert_eq!(codes, written(&expected));
    assert_eq!(codes, in_javascript("ENDINGS"));
}

#[test]
fn an_operation_on_a_channel_keeps_its_number() {
    let codes = in_rust(&ChannelOp::ALL, |op| op as u8, channel_op_word);
    assert_eq!(codes, written(&[(0, "send"), (1, "receive"), (2, "close")]));
    assert_eq!(codes, in_javascript("CHANNEL_KINDS"));
}
