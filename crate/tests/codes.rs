//! The numbers that stand for words in a column of codes. Recorded runs hold these numbers, so no
//! number may ever change its meaning. A new word takes a number that no other word has.

use manyhands::report::{Cause, State, channel_op_word, ended_by_word};
use manyhands::trace::{ChannelOp, EndedBy, Reason, Stream};

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
        (8, "select"),
        (9, "mutex"),
        (10, "condition"),
        (11, "semaphore"),
        (12, "nil channel"),
        (13, "collector"),
        (14, "call"),
    ];
    assert_eq!(codes, written(&expected));
}

#[test]
fn an_ending_keeps_its_number() {
    let codes = in_rust(&EndedBy::ALL, |by| by as u8, ended_by_word);
    let expected = [(0, "returned"), (1, "main returned"), (2, "panicked"), (3, "stopped")];
    assert_eq!(codes, written(&expected));
}

#[test]
fn an_operation_on_a_channel_keeps_its_number() {
    let codes = in_rust(&ChannelOp::ALL, |op| op as u8, channel_op_word);
    assert_eq!(codes, written(&[(0, "send"), (1, "receive"), (2, "close")]));
}

/// The numbers are the file descriptors of the streams.
#[test]
fn a_stream_keeps_its_number() {
    assert_eq!([Stream::Stdout as u8, Stream::Stderr as u8], [1, 2]);
}
