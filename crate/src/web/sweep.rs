//! The figures of a sweep (runs of one program on different numbers of processors), in the shape of
//! `www/common/messages.js`.

use wasm_bindgen::JsValue;

use super::json::{list, object};
use crate::report::scaling::{Laws, Measured, Point, Prediction, Scaling, Usl, scaling};

/// Computes the figures of a sweep from the number of processors and the wall time of each run.
/// `cores` is the number of processors that the browser reports. `growing` says whether the work
/// grew with the processors.
pub(super) fn figures(processors: &[u32], walls_ms: &[f64], cores: u32, growing: bool) -> JsValue {
    let mut points: Vec<Point> = Vec::new();
    for (&processors, &wall) in processors.iter().zip(walls_ms) {
        match points.iter_mut().find(|point| point.processors == processors) {
            Some(point) => point.walls_ms.push(wall),
            None => points.push(Point { processors, walls_ms: vec![wall] }),
        }
    }
    let Scaling { points, laws } = scaling(&points, cores, growing);
    let (laws, why_not) = match laws {
        Ok(laws) => (fitted(&laws), JsValue::NULL),
        Err(sentence) => (JsValue::NULL, sentence.into()),
    };
    object([
        ("points", list(points.iter().map(measured))),
        ("laws", laws),
        ("whyNot", why_not),
        ("growing", growing.into()),
    ])
}

fn measured(point: &Measured) -> JsValue {
    object([
        ("processors", point.processors.into()),
        ("medianMs", finite(point.median_ms)),
        ("leastMs", finite(point.least_ms)),
        ("mostMs", finite(point.most_ms)),
        ("speedup", finite(point.speedup)),
        ("efficiency", finite(point.efficiency)),
        ("karpFlatt", point.karp_flatt.map_or(JsValue::NULL, finite)),
        ("oversubscribed", point.oversubscribed.into()),
    ])
}

fn fitted(laws: &Laws) -> JsValue {
    let usl = |usl: Usl| object([("sigma", finite(usl.sigma)), ("kappa", finite(usl.kappa))]);
    object([
        ("serial", finite(laws.serial.value)),
        ("serialError", finite(laws.serial.error)),
        ("usl", laws.usl.map_or(JsValue::NULL, usl)),
        ("predictions", predictions(&laws.predictions)),
        ("curve", predictions(&laws.curve)),
    ])
}

fn predictions(predictions: &[Prediction]) -> JsValue {
    list(predictions.iter().map(|prediction| {
        object([
            ("processors", prediction.processors.into()),
            ("amdahl", finite(prediction.amdahl)),
            ("usl", prediction.usl.map_or(JsValue::NULL, finite)),
        ])
    }))
}

/// Returns a finite number as a number, and any other as null.
fn finite(number: f64) -> JsValue {
    if number.is_finite() { number.into() } else { JsValue::NULL }
}
