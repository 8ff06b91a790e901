//! The facts that this crate and the page share. The build writes them to a JSON file, and the
//! page's modules read that file. So each fact is defined in one place.

use serde_json::{Value, json};

use crate::params::Param;
use crate::programs::run_request::{self, MOST_PROCESSORS};
use crate::programs::support::uploaded_images::{MOST_IMAGES, MOST_PIXELS};
use crate::programs::{lesson_programs, programs_for_scripts};
use crate::report::{self, Cause, State, channel_op_word, ended_by_word};
use crate::trace::{ChannelOp, EndedBy, Reason};

/// Returns all shared facts as one JSON object. In a list of words, a word's index is its code in a
/// column.
pub fn shared_facts() -> Value {
    let causes = Reason::ALL.map(Cause::Stopped).into_iter().chain([Cause::Ended]);
    json!({
        "states": by_code(State::ALL.map(|state| (state.code(), state.word()))),
        "reasons": by_code(causes.map(|cause| (cause.code(), cause.word()))),
        "endings": by_code(EndedBy::ALL.map(|by| (by as u8, ended_by_word(by)))),
        "channelKinds": by_code(ChannelOp::ALL.map(|op| (op as u8, channel_op_word(op)))),
        "noCode": report::NO_CODE,
        "noPlace": report::NO_PLACE,
        "laneNames": {
            "sequential": report::SEQUENTIAL,
            "concurrent": report::CONCURRENT,
            "parallel": report::PARALLEL,
        },
        "options": run_request::option_fields().iter().map(Param::to_json).collect::<Value>(),
        "guestPrograms": guest_programs(),
        "mostProcessors": MOST_PROCESSORS,
        "mostImages": MOST_IMAGES,
        "mostPixels": MOST_PIXELS,
        "reportsKept": report::MOST_KEPT,
        "difference": {
            "clockSteps": report::CLOCK_STEPS,
            "machineMs": report::MACHINE_MS,
            "repeatShare": report::REPEAT_SHARE,
        },
    })
}

/// Returns the ids of the programs that run a guest.
fn guest_programs() -> Value {
    let programs = lesson_programs().iter().chain(programs_for_scripts());
    programs.filter(|program| program.guest.is_some()).map(|program| json!(program.id)).collect()
}

/// Returns the words in the order of their codes.
///
/// # Panics
///
/// If the codes are not 0, 1, 2 and so on without a gap.
fn by_code(words: impl IntoIterator<Item = (u8, &'static str)>) -> Vec<&'static str> {
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort();
    assert!(words.iter().map(|(code, _)| *code).eq(0..words.len() as u8), "codes have a gap");
    words.into_iter().map(|(_, word)| word).collect()
}
