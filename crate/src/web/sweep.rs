//! A sweep's figures, in the shape of `www/messages.js`.

use serde_json::{Value as Json, json};

use crate::report::scaling::{Laws, Measured, Point, Scaling, scaling};

/// Works out runs of one program: each with its number of processors and its wall time.
pub(super) fn figures(processors: &[u32], walls_ms: &[f64], cores: u32, growing: bool) -> Json {
    let mut points: Vec<Point> = Vec::new();
    for (&processors, &wall) in processors.iter().zip(walls_ms) {
        match points.iter_mut().find(|point| point.processors == processors) {
            Some(point) => point.walls_ms.push(wall),
            None => points.push(Point { processors, walls_ms: vec![wall] }),
        }
    }
    let Scaling { points, laws } = scaling(&points, cores, growing);
    let (laws, why_not) = match laws {
        Ok(laws) => (fitted(&laws), Json::Null),
        Err(sentence) => (Json::Null, sentence.into()),
    };
    json!({
        "points": points.iter().map(measured).collect::<Vec<_>>(),
        "laws": laws, "whyNot": why_not, "growing": growing,
    })
}

fn measured(point: &Measured) -> Json {
    // What is not a number has none in JSON: null.
    json!({
        "processors": point.processors, "medianMs": point.median_ms,
        "leastMs": point.least_ms, "mostMs": point.most_ms,
        "speedup": point.speedup, "efficiency": point.efficiency,
        "karpFlatt": point.karp_flatt, "oversubscribed": point.oversubscribed,
    })
}

fn fitted(laws: &Laws) -> Json {
    let predictions = laws.predictions.iter().map(|prediction| {
        json!({
            "processors": prediction.processors,
            "amdahl": prediction.amdahl, "usl": prediction.usl,
        })
    });
    json!({
        "serial": laws.serial.value, "serialError": laws.serial.error,
        "usl": laws.usl.map(|usl| json!({ "sigma": usl.sigma, "kappa": usl.kappa })),
        "predictions": predictions.collect::<Vec<_>>(),
    })
}
