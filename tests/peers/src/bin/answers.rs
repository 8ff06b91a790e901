//! Prints the answers of programs in native runs, for the comparison with their twins in Go.
//!
//! Reads one JSON object a line, {"program": …, "params": …, "structures": …}. For each object it
//! prints a line with a list of {"structure": …, "processors": …, "answer": …}. The requested
//! program runs in each of the given structures, or in all of its structures if none is given, on
//! one processor and on two. If a request is refused or a run fails, `answers` prints an error
//! message and ends.
//!
//! If the argument is a number, `answers` only counts to that number. It then serves as an isolated
//! worker in a process of its own.
//!
//! No task sleeps in real time: if all tasks sleep, the clock jumps to the earliest deadline.

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

/// The machine of all runs. Its steps per millisecond only decide how long computing takes, and no
/// compared answer depends on that.
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
    let settings = Settings { clock: Clock::manual(), poller, ..request.settings() };
    let (end, _) = Run::complete(pool, settings, main);
    match (end.outcome, results.get()) {
        (Outcome::Completed, Some(results)) => Ok(results.answer.clone()),
        _ => Err(end.message),
    }
}

/// A poller that answers requests for `net/slow` as the page's service worker does. It refuses all
/// other requests.
#[derive(Debug)]
struct SlowSite;

impl Poller for SlowSite {
    fn submit(&self, asked: Request, completion: Completion) {
        thread::spawn(move || completion.complete(slow::answer(&asked)));
    }

    /// Performs the job in a process of its own. That process runs this program again, and only
    /// counts.
    fn submit_job(&self, job: Job, completion: Completion<JobAnswer>) {
        let Some(work) = IsolatedCount::from_job(job) else { return };
        thread::spawn(move || {
            let counted = count_isolated(&work).map(Counted::into_answer);
            completion.complete(counted.map_err(|error| error.to_string()));
        });
    }
}

fn count_isolated(work: &IsolatedCount) -> std::io::Result<Counted> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(work.increments.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let began = Instant::now();
    // This statement also closes the pipe, so the other process knows that the payload is complete.
    child.stdin.take().expect("it is piped").write_all(&work.payload)?;
    let mut answer = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut line = || answer.next().unwrap_or(Err(ErrorKind::UnexpectedEof.into()));
    line()?;
    let copying = began.elapsed();
    let count = line()?.parse().map_err(|_| std::io::Error::from(ErrorKind::InvalidData))?;
    child.wait()?;
    Ok(Counted { count, copying })
}

/// Does the part of the isolated worker: reads the payload, prints "received", counts, and prints
/// the count.
fn count(increments: u64) {
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("the payload arrives");
    println!("received");
    let counter = AtomicU64::new(0);
    for _ in 0..increments {
        counter.fetch_add(1, Ordering::Relaxed);
    }
    println!("{}", counter.into_inner());
}
