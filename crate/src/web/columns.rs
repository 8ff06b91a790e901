//! Reports as JavaScript's objects and typed arrays, in the shapes of `www/common/messages.js`.
//!
//! Each column of numbers or codes becomes a typed array of its own, outside the shared memory, so
//! that the array can be transferred. A missing value is -1 in a column of ids, NaN in a column of
//! times, [`NO_CODE`] in a column of codes, and [`NO_PLACE`] in a column of places.

use images::Image;
use js_sys::{Float64Array, Int32Array, Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array};
use wasm_bindgen::JsValue;

use super::json::{list, object, to_js};
use crate::report::{
    Cause, ChannelEvents, Level, Live, Losses, NO_CODE, NO_PLACE, Open, OutputChunk, Report,
    States, Tasks, Verdict,
};
use crate::sync::Arc;
use crate::trace::{PlaceId, SourceLine};

/// Returns `{nowMs, live}`: the time, and what was recorded since the last call. `live` also has
/// the present state of every task that has not ended.
pub(super) fn progress(live: &Live) -> JsValue {
    let tasks =
        [("id", ids(&live.task)), ("name", words(&live.name)), ("parent", maybe_ids(&live.parent))];
    let columns = [
        ("tasks", object(tasks)),
        ("states", states(&live.states)),
        ("open", open(&live.open)),
        ("output", output(&live.output)),
    ];
    object([("nowMs", live.now_ms.into()), ("live", object(columns))])
}

/// Returns the report as it is sent to the page, with the images that the program drew.
pub(super) fn report(report: &Report, drawn: &[Arc<Image>]) -> JsValue {
    let facts = &report.facts;
    object([
        ("program", facts.program.as_str().into()),
        ("params", to_js(&facts.params)),
        ("processors", facts.processors.into()),
        ("structure", facts.structure.into()),
        ("browserCores", facts.browser_cores.into()),
        ("seed", facts.seed.into()),
        ("outcome", facts.outcome.into()),
        ("message", facts.message.as_str().into()),
        ("wallMs", report.wall_ms.into()),
        ("startupMs", report.startup_ms.into()),
        ("busyMs", report.busy_ms.into()),
        ("answer", to_js(&facts.answer)),
        ("observed", to_js(&facts.observed)),
        ("concurrency", level(&report.concurrency)),
        ("parallelism", level(&report.parallelism)),
        ("severalMs", report.several_ms().into()),
        ("findings", words(&report.findings)),
        ("switches", count(report.switches)),
        ("steals", count(report.steals)),
        ("events", count(report.events)),
        ("eventsDropped", count(report.events_dropped)),
        ("droppedBytes", dropped_bytes(report.dropped_bytes)),
        ("blurredMs", report.blurred_ms.into()),
        ("clockStepMs", report.clock_step_ms.into()),
        ("lossesSentence", report.losses_sentence.as_str().into()),
        ("output", output(&report.output)),
        ("tasks", tasks(&report.tasks)),
        ("losses", losses(&report.losses)),
        ("states", states(&report.states)),
        ("channelEvents", channel_events(&report.channel_events)),
        ("places", places(&report.places)),
        ("images", images(drawn)),
    ])
}

/// Returns the verdict on the change from one lane to another. Either the structure or the number
/// of processors changes.
pub(super) fn verdict(verdict: &Verdict) -> JsValue {
    let lane = |(structure, processors): (&str, u32)| {
        object([("structure", structure.into()), ("processors", processors.into())])
    };
    object([
        ("step", verdict.step.word().into()),
        ("from", lane(verdict.from)),
        ("to", lane(verdict.to)),
        ("kind", verdict.kind.word().into()),
        ("beforeMs", verdict.before_ms.into()),
        ("afterMs", verdict.after_ms.into()),
        ("leastMs", verdict.least_ms.into()),
        ("uneven", verdict.uneven.into()),
        ("sentence", verdict.sentence.as_str().into()),
    ])
}

fn level(level: &Level) -> JsValue {
    object([("max", level.max.into()), ("mean", level.mean.into())])
}

/// Returns a count as a JavaScript number, which is exact up to 2^53.
fn count(count: u64) -> JsValue {
    (count as f64).into()
}

fn tasks(tasks: &Tasks) -> JsValue {
    object([
        ("id", ids(&tasks.id)),
        ("name", words(&tasks.name)),
        ("parent", maybe_ids(&tasks.parent)),
        ("place", place_ids(&tasks.place)),
        ("createdMs", maybe_times(&tasks.created_ms)),
        ("firstRunMs", maybe_times(&tasks.first_run_ms)),
        ("endedMs", maybe_times(&tasks.ended_ms)),
        ("runningMs", times(&tasks.running_ms)),
        ("readyMs", times(&tasks.ready_ms)),
        ("blockedMs", times(&tasks.blocked_ms)),
        ("endedBy", codes(&tasks.ended_by, |by| by.map_or(NO_CODE, |by| by as u8))),
    ])
}

/// Returns how each processor spent the wall time, with one row for each processor.
fn losses(losses: &[Losses]) -> JsValue {
    let part = |part: fn(&Losses) -> f64| times(&losses.iter().map(part).collect::<Vec<_>>());
    object([
        ("insideMs", part(|one| one.inside_ms)),
        ("schedulingMs", part(|one| one.scheduling_ms)),
        ("collectingMs", part(|one| one.collecting_ms)),
        ("idleMs", part(|one| one.idle_ms)),
        ("tailMs", part(|one| one.tail_ms)),
    ])
}

fn states(states: &States) -> JsValue {
    object([
        ("task", ids(&states.task)),
        ("state", codes(&states.state, |state| state.code())),
        ("reason", codes(&states.reason, cause)),
        ("channel", maybe_ids(&states.channel)),
        ("processor", maybe_ids(&states.processor)),
        ("by", maybe_ids(&states.by)),
        ("place", place_ids(&states.place)),
        ("fromPlace", place_ids(&states.from_place)),
        ("byPlace", place_ids(&states.by_place)),
        ("startMs", times(&states.start_ms)),
        ("endMs", times(&states.end_ms)),
    ])
}

fn open(open: &Open) -> JsValue {
    object([
        ("task", ids(&open.task)),
        ("state", codes(&open.state, |state| state.code())),
        ("reason", codes(&open.reason, cause)),
        ("channel", maybe_ids(&open.channel)),
        ("processor", maybe_ids(&open.processor)),
        ("startMs", times(&open.start_ms)),
    ])
}

fn channel_events(events: &ChannelEvents) -> JsValue {
    object([
        ("channel", ids(&events.channel)),
        ("kind", codes(&events.kind, |kind| kind as u8)),
        ("task", ids(&events.task)),
        ("operation", ids(&events.operation)),
        ("length", ids(&events.length)),
        ("place", place_ids(&events.place)),
        ("atMs", times(&events.at_ms)),
    ])
}

/// Returns the table of places, with a file and a line for each place.
fn places(places: &[SourceLine]) -> JsValue {
    let row =
        |place: &SourceLine| object([("file", (*place.file).into()), ("line", place.line.into())]);
    list(places.iter().map(row))
}

fn output(chunks: &[OutputChunk]) -> JsValue {
    let chunk = |chunk: &OutputChunk| {
        object([
            ("atMs", chunk.at_ms.into()),
            ("task", chunk.task.map_or(JsValue::NULL, JsValue::from)),
            ("stream", (chunk.stream as u32).into()),
            ("text", chunk.text.as_str().into()),
        ])
    };
    list(chunks.iter().map(chunk))
}

fn dropped_bytes([stdout, stderr]: [u64; 2]) -> JsValue {
    object([("stdout", count(stdout)), ("stderr", count(stderr))])
}

fn images(images: &[Arc<Image>]) -> JsValue {
    let image = |image: &Arc<Image>| {
        object([
            ("name", image.name.as_str().into()),
            ("width", image.width.into()),
            ("height", image.height.into()),
            ("pixels", Uint8ClampedArray::from(&image.pixels[..]).into()),
        ])
    };
    list(images.iter().map(image))
}

fn cause(cause: Option<Cause>) -> u8 {
    cause.map_or(NO_CODE, Cause::code)
}

fn ids(column: &[u32]) -> JsValue {
    Uint32Array::from(column).into()
}

fn maybe_ids(column: &[Option<u32>]) -> JsValue {
    let numbers: Vec<i32> = column.iter().map(|id| id.map_or(-1, |id| id as i32)).collect();
    Int32Array::from(&numbers[..]).into()
}

fn place_ids(column: &[Option<PlaceId>]) -> JsValue {
    let ids: Vec<u16> = column.iter().map(|place| place.unwrap_or(NO_PLACE)).collect();
    Uint16Array::from(&ids[..]).into()
}

fn times(column: &[f64]) -> JsValue {
    Float64Array::from(column).into()
}

fn maybe_times(column: &[Option<f64>]) -> JsValue {
    let numbers: Vec<f64> = column.iter().map(|ms| ms.unwrap_or(f64::NAN)).collect();
    Float64Array::from(&numbers[..]).into()
}

fn codes<T: Copy>(column: &[T], code: impl Fn(T) -> u8) -> JsValue {
    let codes: Vec<u8> = column.iter().map(|value| code(*value)).collect();
    Uint8Array::from(&codes[..]).into()
}

fn words(column: &[String]) -> JsValue {
    list(column.iter().map(|word| JsValue::from_str(word)))
}
