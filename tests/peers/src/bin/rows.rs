//! The rows, natively: `rows PROCESSORS traced|untraced [ROW …]` prints one JSON object a line.

use manyhands::runtime::{Outcome, Pool, Run};
use peers::{ROWS, settings};
use serde_json::json;

fn main() {
    let mut words = std::env::args().skip(1);
    let processors = words.next().and_then(|word| word.parse().ok()).unwrap_or(1);
    let traced = words.next().is_some_and(|word| word == "traced");
    let wanted: Vec<String> = words.collect();
    let pool = Pool::new(processors);
    for row in ROWS.iter().filter(|row| wanted.is_empty() || wanted.iter().any(|w| w == row.name)) {
        let settings = settings(processors, traced);
        let (end, _) = Run::complete(&pool, settings, (row.main)(row.operations));
        assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
        let ns = end.totals.main_ended - end.totals.main_started;
        println!("{}", json!({"row": row.name, "operations": row.operations, "ns": ns}));
    }
}
