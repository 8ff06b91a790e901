//! Helpers of the report's tests: reports with given figures, and traces that a test writes event
//! by event.

pub mod random;

use serde_json::json;

use crate::report::{Facts, Level, Report};
use crate::trace::{Batch, ChannelId, EndedBy, Event, MAIN, Nanos, ProcessorId};
use crate::trace::{PlaceId, ProcessorTotals, Reason, TaskId, Timed, Totals};

/// Returns the facts of a kitchen run that completed.
pub fn facts(structure: &'static str, processors: u32) -> Facts {
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
        compares_times: true,
    }
}

/// Returns a report with these figures, four tasks besides main, empty tables, and a clock step of
/// 5 µs. Its parallelism level is that of one processor at a time.
pub fn report(structure: &'static str, processors: u32, wall_ms: f64, busy_ms: f64) -> Report {
    Report {
        facts: facts(structure, processors),
        wall_ms,
        startup_ms: 1.0,
        busy_ms,
        output: Vec::new(),
        tasks: Default::default(),
        tasks_besides_main: 4,
        states: Default::default(),
        channel_events: Default::default(),
        places: Default::default(),
        concurrency: Level { max: 1, mean: 1.0 },
        parallelism: Level { max: 1, mean: (busy_ms / wall_ms).min(1.0) },
        parallel_ms: Vec::new(),
        some_ready_ms: 0.0,
        ready_ms: 0.0,
        losses: Vec::new(),
        losses_sentence: String::new(),
        findings: Vec::new(),
        switches: 10,
        steals: 0,
        events: 100,
        events_dropped: 0,
        dropped_bytes: [0; 2],
        blurred_ms: 0.0,
        clock_step_ms: 0.005,
    }
}

/// One millisecond.
pub const MS: Nanos = 1_000_000;

/// A trace that a test writes event by event. Times are in milliseconds, and events are written in
/// the order in which they happened. The script numbers the transitions.
#[derive(Debug, Default)]
pub struct Script {
    events: Vec<(ProcessorId, Timed)>,
    transitions: Vec<u32>,
    place: Option<PlaceId>,
}

impl Script {
    /// Gives the next event a place.
    pub fn at(&mut self, place: PlaceId) -> &mut Script {
        self.place = Some(place);
        self
    }

    pub fn created(&mut self, writer: ProcessorId, at: Nanos, task: TaskId, parent: TaskId) {
        let parent = (task != MAIN).then_some(parent);
        self.next(task);
        self.event(writer, at, Event::TaskCreated { task, parent });
    }

    pub fn started(&mut self, writer: ProcessorId, at: Nanos, task: TaskId) {
        let transition = self.next(task);
        self.event(writer, at, Event::TaskStarted { task, transition });
    }

    pub fn stopped(&mut self, writer: ProcessorId, at: Nanos, task: TaskId, reason: Reason) {
        let transition = self.next(task);
        self.event(writer, at, Event::TaskStopped { task, transition, reason, channel: None });
    }

    /// Records that the task stopped and waits on a channel.
    pub fn waited(
        &mut self,
        writer: ProcessorId,
        at: Nanos,
        task: TaskId,
        reason: Reason,
        channel: ChannelId,
    ) {
        let (transition, channel) = (self.next(task), Some(channel));
        self.event(writer, at, Event::TaskStopped { task, transition, reason, channel });
    }

    pub fn ready(&mut self, writer: ProcessorId, at: Nanos, task: TaskId, by: Option<TaskId>) {
        let transition = self.next(task);
        self.event(writer, at, Event::TaskReady { task, transition, by });
    }

    pub fn ended(&mut self, writer: ProcessorId, at: Nanos, task: TaskId) {
        let transition = self.next(task);
        self.event(writer, at, Event::TaskEnded { task, transition, by: EndedBy::Returned });
    }

    pub fn event(&mut self, writer: ProcessorId, at: Nanos, event: Event) {
        self.events.push((writer, Timed { at: at * MS, place: self.place.take(), event }));
    }

    /// Returns the events that were written since the last call, ordered by writer, as a reader
    /// gets them.
    pub fn batch(&mut self) -> Batch {
        let mut events = std::mem::take(&mut self.events);
        events.sort_by_key(|(writer, _)| *writer);
        Batch { events, ..Batch::default() }
    }

    fn next(&mut self, task: TaskId) -> u32 {
        let task = task as usize;
        if task >= self.transitions.len() {
            self.transitions.resize(task + 1, 0);
        }
        self.transitions[task] += 1;
        self.transitions[task] - 1
    }
}

/// Returns the totals of a run. Main's life lasts from `started` to `ended`, and `processors` holds
/// each processor's busy time and parked time. All times are in milliseconds.
pub fn totals(started: Nanos, ended: Nanos, processors: &[(Nanos, Nanos)]) -> Totals {
    let one = |&(busy, parked): &(Nanos, Nanos)| ProcessorTotals {
        busy: busy * MS,
        parked: parked * MS,
        collecting: 0,
        switches: 5,
        steals: 1,
        blurred: 0,
    };
    Totals {
        main_started: started * MS,
        main_ended: ended * MS,
        startup: started * MS,
        processors: processors.iter().map(one).collect(),
        events: 20,
        dropped: 0,
        first_dropped: None,
        dropped_bytes: [0; 2],
        clock_step: 5_000,
    }
}
