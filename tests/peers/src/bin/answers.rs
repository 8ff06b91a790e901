//! What programs answer natively, for comparing with their twins in Go.
//!
//! Reads one JSON object a line, {"program": …, "params": …, "structures": …}, and prints one for
//! each: a list of {"structure": …, "processors": …, "answer": …}, for every structure that is
//! wanted (all that the program offers when none is named) on one processor and on two. What is
//! refused, or ends badly, ends this program with a sentence.
//!
//! Called with a number it counts to it: that is an isolated worker, in a process of its own.
//!
//! Nothing waits in real time: where all tasks sleep, the clock is turned to the first that wakes.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use manyhands::clock::Clock;
use manyhands::programs::{Counted, IsolatedCount, Machine, RunRequest, structure_word};
use manyhands::runtime::io::{Completion, Job, JobAnswer, Poller, Request};
use manyhands::runtime::{Outcome, Pool, Run, Settings};
use serde_json::{Value, json};

#[path = "../../../../crate/examples/native/slow.rs"]
mod slow;

const PROCESSORS: [usize; 2] = [1, 2];

/// The steps in a millisecond count for how long computing takes, and no answer tells that.
const MACHINE: Machine = Machine { cores: 2, isolated: true, steps_per_ms: 1000.0 };

fn main() {
    if let Some(increments) = std::env::args().nth(1) {
        return count(increments.parse().expect("a number of additions"));
    }
    let pool = Pool::new(PROCESSORS[1]);
    for line in std::io::stdin().lock().lines() {
        let asked: Value =
            serde_json::from_str(&line.expect("a line of text")).expect("an object a line");
        let answers = answers(&pool, &asked).unwrap_or_else(|sentence| {
            eprintln!("{asked}: {sentence}");
            std::process::exit(1);
        });
        println!("{}", Value::from(answers));
        std::io::stdout().flush().expect("somebody reads");
    }
}

fn answers(pool: &Pool, asked: &Value) -> Result<Vec<Value>, String> {
    let id = asked["program"].as_str().unwrap_or_default();
    let program = manyhands::programs::find(id).ok_or("there is no such program")?;
    let wanted = asked["structures"].as_array();
    let mut answers = Vec::new();
    for structure in program.structures.iter().map(|structure| structure_word(*structure)) {
        if wanted.is_some_and(|wanted| !wanted.contains(&json!(structure))) {
            continue;
        }
        for processors in PROCESSORS {
            let options = json!({ "structure": structure, "processors": processors });
            let answer = answer(pool, id, &asked["params"], &options)?;
            answers.push(
                json!({ "structure": structure, "processors": processors, "answer": answer }),
            );
        }
    }
    Ok(answers)
}

fn answer(pool: &Pool, id: &str, params: &Value, options: &Value) -> Result<Value, String> {
    let request = RunRequest::check(&MACHINE, id, params, options)
        .map_err(|refusals| refusals[0].sentence.clone())?;
    let (main, results) = request.main(MACHINE);
    let poller: Option<Arc<dyn Poller>> = Some(Arc::new(SlowSite));
    let settings = Settings { clock: Clock::hand_turned(), poller, ..request.settings() };
    let (end, _) = Run::complete(pool, settings, main);
    match (end.outcome, results.get()) {
        (Outcome::Completed, Some(results)) => Ok(results.answer.clone()),
        _ => Err(end.message),
    }
}

/// Answers requests for `net/slow` as the page's service worker does, and no others.
#[derive(Debug)]
struct SlowSite;

impl Poller for SlowSite {
    fn submit(&self, asked: Request, completion: Completion) {
        thread::spawn(move || completion.complete(slow::answer(&asked)));
    }

    /// In a process of its own: this program once more, which then counts and does nothing else.
    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        let Some(work) = IsolatedCount::from_job(job) else { return };
        thread::spawn(move || {
            let counted = count_apart(&work).map(Counted::into_answer);
            completion.complete(counted.map_err(|error| error.to_string()));
        });
    }
}

fn count_apart(work: &IsolatedCount) -> std::io::Result<Counted> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(work.increments.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let began = Instant::now();
    // The pipe is closed with the end of this statement: then the payload is whole.
    child.stdin.take().expect("it is piped").write_all(&work.payload)?;
    let mut answer = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut line = || answer.next().unwrap_or(Err(ErrorKind::UnexpectedEof.into()));
    line()?;
    let copying = began.elapsed();
    let count = line()?.parse().map_err(|_| std::io::Error::from(ErrorKind::InvalidData))?;
    child.wait()?;
    Ok(Counted { count, copying })
}

/// What the other process does: it takes the payload, says so, counts, and says how far.
fn count(increments: u64) {
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("the payload arrives");
    println!("received");
    let counter = AtomicU64::new(0);
    for _ in 0..increments {
        counter.fetch_add(1, Ordering::Relaxed);
    }
    println!("{}", counter.into_inner());
}
