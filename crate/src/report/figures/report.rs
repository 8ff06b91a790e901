//! The report on one run, as data.

use serde_json::Value;

use super::levels::Level;
use super::losses::Losses;
use crate::report::rows::{ChannelEvents, OutputLine, States, Tasks};

/// What the trace can't know and only the host can tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The program's id.
    pub program: String,
    /// Its parameters, by name, defaults filled in.
    pub params: Value,
    /// "sequential" or "concurrent".
    pub structure: &'static str,
    /// How many processors executed it.
    pub processors: u32,
    /// Logical processors, as the browser reports them.
    pub browser_cores: u32,
    /// What decided which of the ready tasks went first.
    pub seed: u32,
    /// "completed", "deadlock", "panicked" or "stopped".
    pub outcome: &'static str,
    /// A sentence that explains the outcome; empty for a run that completed.
    pub message: String,
    /// What the program computed: the same in every lane.
    pub answer: Value,
    /// What this run measured.
    pub observed: Value,
    /// Whether the program's runs are compared by their times.
    pub compares_times: bool,
}

/// What a run came to. The columns of one table have equal length.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What was executed, how, and what it answered.
    pub facts: Facts,
    /// Milliseconds from main's first instruction to main's end.
    pub wall_ms: f64,
    /// Milliseconds from the start of the run to main's first instruction.
    pub startup_ms: f64,
    /// Milliseconds inside tasks, summed over the processors.
    pub busy_ms: f64,
    /// Lines that tasks wrote, by their time.
    pub output: Vec<OutputLine>,
    /// Every task, by its id.
    pub tasks: Tasks,
    /// How many rows the table of tasks has besides main's.
    pub tasks_besides_main: u32,
    /// When which task was doing what; one task's states are in order, and leave no gap where
    /// every event was kept. The running states of one processor are in order, too.
    pub states: States,
    /// What was done to channels, by channel and operation number.
    pub channel_events: ChannelEvents,
    /// Tasks created and not ended, main included.
    pub concurrency: Level,
    /// Processors inside a task. The mean is busy time / wall time, and exact. The maximum is
    /// read from the states, so that it is a lower bound where events were not kept.
    pub parallelism: Level,
    /// Milliseconds for which so many processors were inside tasks at once, by their number: read
    /// from the states, as the maximum is.
    pub parallel_ms: Vec<f64>,
    /// Milliseconds in which some task could run and had no processor: read from the states.
    pub some_ready_ms: f64,
    /// Milliseconds in which tasks could run and had none, summed over the tasks.
    pub ready_ms: f64,
    /// Where each processor's time went.
    pub losses: Vec<Losses>,
    /// What follows from the largest part of that; may be empty.
    pub losses_sentence: String,
    /// The sentences that this run's figures carry.
    pub findings: Vec<String>,
    /// Turns given to tasks.
    pub switches: u64,
    /// Tasks that one processor took from another's queue.
    pub steals: u64,
    /// Events that were recorded.
    pub events: u64,
    /// Events and lines of output that were not kept for want of room.
    pub events_dropped: u64,
    /// Milliseconds of `busy_ms` of which only the order of the turns in them is known, not how
    /// much each took: every turn in them was expected to be too short to be timed.
    pub blurred_ms: f64,
    /// Milliseconds that one step of the coarsest clock takes.
    pub clock_step_ms: f64,
}

impl Report {
    /// Whether the run did all that it was meant to do, so that its wall time means something.
    pub fn completed(&self) -> bool {
        self.facts.outcome == "completed"
    }

    /// Whether the run had more processors than the browser reports, so that they shared the real
    /// ones.
    pub fn is_oversubscribed(&self) -> bool {
        self.facts.processors > self.facts.browser_cores
    }

    /// Milliseconds in which more than one processor was inside a task: read from the states.
    pub fn several_ms(&self) -> f64 {
        self.parallel_ms.iter().skip(2).sum()
    }

    /// The figures without the tables, which may fill a good part of the memory. Comparing looks
    /// at nothing else.
    pub fn without_tables(self) -> Report {
        Report {
            output: Vec::new(),
            tasks: Tasks::default(),
            states: States::default(),
            channel_events: ChannelEvents::default(),
            ..self
        }
    }
}
