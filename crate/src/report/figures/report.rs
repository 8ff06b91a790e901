//! The report on one run, as data.

use serde_json::Value;

use super::levels::Level;
use super::losses::Losses;
use crate::report::rows::{ChannelEvents, OutputChunk, States, Tasks};
use crate::trace::SourceLine;

/// The facts about a run that the trace does not hold. The host provides them.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The program's id.
    pub program: String,
    /// The program's parameters by name, with defaults filled in.
    pub params: Value,
    /// The program's structure: "sequential" or "concurrent".
    pub structure: &'static str,
    /// The number of processors that executed the run.
    pub processors: u32,
    /// The number of logical processors that the browser reports.
    pub browser_cores: u32,
    /// The seed of the random choices among ready tasks.
    pub seed: u32,
    /// The outcome: "completed", "deadlock", "panicked" or "stopped".
    pub outcome: &'static str,
    /// A sentence that explains the outcome. It is empty for a run that completed.
    pub message: String,
    /// The program's answer, which is the same in every lane.
    pub answer: Value,
    /// The values that this run measured.
    pub observed: Value,
    /// Whether the program's runs are compared by their times.
    pub compares_times: bool,
}

/// The report on one run. The columns of a table have equal length.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The program, how it was executed, and its answer.
    pub facts: Facts,
    /// Milliseconds from main's first instruction to main's end.
    pub wall_ms: f64,
    /// Milliseconds from the start of the run to main's first instruction.
    pub startup_ms: f64,
    /// Milliseconds inside tasks, summed over the processors.
    pub busy_ms: f64,
    /// The chunks of text that tasks wrote, in the order in which they were written.
    pub output: Vec<OutputChunk>,
    /// The table of all tasks, in the order of their ids.
    pub tasks: Tasks,
    /// The number of rows in the table of tasks, without main's row.
    pub tasks_besides_main: u32,
    /// The tasks' states with their times. The states of one task are in order, and have no gap if
    /// every event was kept. The running states of one processor are in order, too.
    pub states: States,
    /// The operations on channels, in the order of channels and operation numbers.
    pub channel_events: ChannelEvents,
    /// The table of places. A column of places holds indices of this table.
    pub places: Vec<SourceLine>,
    /// The concurrency level: the number of tasks that are created and not ended, main included.
    pub concurrency: Level,
    /// The parallelism level: the number of processors inside a task. The mean is busy time / wall
    /// time, and is exact. The maximum comes from the states, so it is a lower bound if events were
    /// not kept.
    pub parallelism: Level,
    /// At index `n`, the milliseconds for which `n` processors were inside tasks at once. The
    /// values come from the states.
    pub parallel_ms: Vec<f64>,
    /// Milliseconds in which at least one task was ready. The value comes from the states.
    pub some_ready_ms: f64,
    /// Milliseconds in which tasks were ready, summed over the tasks.
    pub ready_ms: f64,
    /// Each processor's time, split into work and losses.
    pub losses: Vec<Losses>,
    /// The sentence on the largest loss. It may be empty.
    pub losses_sentence: String,
    /// The sentences that follow from this run's figures.
    pub findings: Vec<String>,
    /// The number of turns that tasks got.
    pub switches: u64,
    /// The number of tasks that one processor stole from another's queue.
    pub steals: u64,
    /// The number of events that were recorded.
    pub events: u64,
    /// The number of events that were not kept, because there was no room.
    pub events_dropped: u64,
    /// The number of bytes of standard output, and of standard error, that were not kept, because
    /// the stream was full.
    pub dropped_bytes: [u64; 2],
    /// The part of `busy_ms`, in milliseconds, that belongs to timing batches that took too long.
    /// Each turn of such a batch was expected to be too short to be timed, so only the order of the
    /// turns is known, and not their lengths.
    pub blurred_ms: f64,
    /// One step of the coarsest clock, in milliseconds.
    pub clock_step_ms: f64,
}

impl Report {
    /// Whether the run completed. If it did, its wall time is the time of the whole program.
    pub fn completed(&self) -> bool {
        self.facts.outcome == "completed"
    }

    /// Whether the run had more processors than the browser reports. If so, its processors shared
    /// cores.
    pub fn is_oversubscribed(&self) -> bool {
        self.facts.processors > self.facts.browser_cores
    }

    /// Milliseconds in which more than one processor was inside a task, according to the states.
    pub fn several_ms(&self) -> f64 {
        self.parallel_ms.iter().skip(2).sum()
    }

    /// Returns the report without its tables, which may be large. Comparing reports needs no
    /// tables.
    pub fn without_tables(self) -> Report {
        Report {
            output: Vec::new(),
            tasks: Tasks::default(),
            states: States::default(),
            channel_events: ChannelEvents::default(),
            places: Vec::new(),
            ..self
        }
    }
}
