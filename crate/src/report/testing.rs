//! What the report's tests share: reports with given figures, and traces written by hand.

use serde_json::json;

use super::{Facts, Level, Report};

/// The facts of a kitchen run that completed.
pub(super) fn facts(structure: &'static str, processors: u32) -> Facts {
    Facts {
        program: "kitchen".into(),
        params: json!({"dishes": 4}),
        structure,
        processors,
        browser_cores: 8,
        seed: 1,
        outcome: "completed",
        message: String::new(),
        answer: json!({"served": ["rice", "soup"]}),
        observed: json!({}),
    }
}

/// A report with these figures, empty tables, and a clock step of 5 µs. Its parallelism level
/// is what one processor at a time gives.
pub(super) fn report(
    structure: &'static str,
    processors: u32,
    wall_ms: f64,
    busy_ms: f64,
) -> Report {
    Report {
        facts: facts(structure, processors),
        wall_ms,
        startup_ms: 1.0,
        busy_ms,
        output: Vec::new(),
        tasks: Default::default(),
        spans: Default::default(),
        states: Default::default(),
        channel_events: Default::default(),
        concurrency: Level { max: 1, mean: 1.0 },
        parallelism: Level { max: 1, mean: (busy_ms / wall_ms).min(1.0) },
        losses: Default::default(),
        findings: Vec::new(),
        switches: 10,
        steals: 0,
        events: 100,
        events_dropped: 0,
        clock_step_ms: 0.005,
    }
}
