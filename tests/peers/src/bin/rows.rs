//! Runs the benchmark rows natively: `rows PROCESSORS traced|untraced [ROW …]` prints one JSON
//! object a row.

use manyhands::runtime::{Outcome, Pool, Run};
use peers::{ROWS, Row};
use serde_json::json;

fn main() {
    let mut words = std::env::args().skip(1);
    let processors = words.next().and_then(|word| word.parse().ok()).unwrap_or(1);
    let traced = words.next().is_some_and(|word| word == "traced");
    let wanted: Vec<String> = words.collect();
    let pool = Pool::new(processors);
    for row in ROWS.iter().filter(|row| wanted.is_empty() || wanted.iter().any(|w| w == row.name)) {
        // As in the browser, the first execution is not counted. It touches memory for the first
        // time, and that takes extra time.
        execute(&pool, row, processors, traced);
        let ns = execute(&pool, row, processors, traced);
        println!("{}", json!({"row": row.name, "operations": row.operations, "ns": ns}));
    }
}

/// Executes a row. Returns the nanoseconds from `main`'s first instruction to the end of `main`.
fn execute(pool: &Pool, row: &Row, processors: usize, traced: bool) -> u64 {
    let (end, _) =
        Run::complete(pool, row.settings(processors, traced), (row.main)(row.operations));
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    end.totals.main_ended - end.totals.main_started
}
