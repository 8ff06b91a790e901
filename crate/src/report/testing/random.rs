//! Random traces, for tests of properties that hold for every trace.

use super::facts;
use crate::report::{Fold, Report, State};
use crate::trace::{
    Batch, EndedBy, Event, MAIN, Name, Named, Nanos, ProcessorId, ProcessorTotals, Reason, TaskId,
    TaskSums, Timed, Totals,
};

/// A random run. Its processors take tasks, give them up, and create, wake and end tasks. They
/// record these events with clocks that may disagree.
#[derive(Debug)]
pub struct Random {
    rng: fastrand::Rng,
    /// The true time.
    now: Nanos,
    /// How far each writer's clock is ahead of the true time.
    ahead: Vec<Nanos>,
    /// The step of all clocks.
    step: Nanos,
    /// The number of events for which a log has room.
    room: usize,
    full_since: Option<Nanos>,
    first_dropped: Option<Nanos>,
    logs: Vec<Vec<Timed>>,
    dropped: u64,
    inside: Vec<Option<TaskId>>,
    ready: Vec<TaskId>,
    blocked: Vec<(TaskId, Reason)>,
    tasks: Vec<Sums>,
    names: Vec<Named>,
    busy: Vec<Nanos>,
    main_started: Nanos,
}

/// The data that a random run keeps about each task, apart from the trace.
#[derive(Clone, Debug)]
struct Sums {
    transition: u32,
    state: State,
    since: Nanos,
    sums: TaskSums,
}

/// The parts of a random run that a reader gets.
#[derive(Debug)]
pub struct Trace {
    pub logs: Vec<Vec<Timed>>,
    pub names: Vec<Named>,
    pub ended: Vec<TaskSums>,
    pub totals: Totals,
}

impl Random {
    /// Returns the trace of a run of `actions` actions. The clocks differ by at most `skew`
    /// nanoseconds, and their step is `skew` nanoseconds long. If `skew` is 0, the clocks are
    /// exact. Each log has room for about `room` events.
    pub fn trace(seed: u64, processors: usize, actions: usize, skew: Nanos, room: usize) -> Trace {
        let mut rng = fastrand::Rng::with_seed(seed);
        let writers = processors + 1;
        let mut random = Random {
            now: 1_000,
            ahead: (0..writers).map(|_| rng.u64(0..=skew)).collect(),
            step: if skew == 0 { 1 } else { skew },
            room,
            full_since: None,
            first_dropped: None,
            logs: vec![Vec::new(); writers],
            dropped: 0,
            inside: vec![None; processors],
            ready: Vec::new(),
            blocked: Vec::new(),
            tasks: Vec::new(),
            names: Vec::new(),
            busy: vec![0; processors],
            main_started: 0,
            rng,
        };
        random.create(processors, None);
        random.now += 5_000;
        random.start(0, 0);
        random.main_started = random.tasks[0].since;
        for _ in 0..actions {
            random.act();
        }
        random.end()
    }

    fn clock(&self, writer: usize) -> Nanos {
        (self.now + self.ahead[writer]) / self.step * self.step
    }

    fn record(&mut self, writer: usize, at: Nanos, event: Event) {
        let place = self.rng.bool().then(|| self.rng.u16(..9));
        // When one log is full, the other writers notice this a little later. Not all logs have the
        // same room.
        let noticed =
            self.full_since.is_some_and(|since| self.now > since + writer as Nanos * 40_000);
        if noticed || self.logs[writer].len() >= self.room.saturating_add(7 * writer) {
            self.full_since = self.full_since.or(Some(self.now));
            self.first_dropped = Some(self.first_dropped.map_or(at, |before| before.min(at)));
            self.dropped += 1;
        } else {
            self.logs[writer].push(Timed { at, place, event });
        }
    }

    fn act(&mut self) {
        // Many events happen within one step of a clock.
        self.now += if self.rng.bool() { 0 } else { self.rng.u64(1..2_000) };
        let processor = self.rng.usize(..self.inside.len());
        let Some(task) = self.inside[processor] else {
            if !self.ready.is_empty() {
                let next = self.rng.usize(..self.ready.len());
                self.start(processor, next);
            } else {
                let at = self.clock(processor);
                self.record(processor, at, Event::ProcessorParked);
                self.record(processor, at, Event::ProcessorWoken);
            }
            return;
        };
        match self.rng.u8(..10) {
            0..3 => self.create(processor, Some(task)),
            3..5 if !self.blocked.is_empty() => {
                let which = self.rng.usize(..self.blocked.len());
                self.wake(processor, which, Some(task));
            }
            5 if !self.blocked.is_empty() => {
                let which = self.rng.usize(..self.blocked.len());
                self.wake(processor, which, None);
            }
            6 if task != MAIN => {
                let at = self.leave(processor, task);
                let transition = self.change(task, State::Ready, at);
                self.record(
                    processor,
                    at,
                    Event::TaskEnded { task, transition, by: EndedBy::Returned },
                );
                self.tasks[task as usize].sums.ended_by = EndedBy::Returned;
            }
            _ => {
                let channels = [Reason::Send, Reason::Receive];
                let reasons = if self.rng.u8(..4) == 0 { &channels[..] } else { &Reason::ALL[..] };
                let reason = reasons[self.rng.usize(..reasons.len())];
                let at = self.leave(processor, task);
                let yielded = reason == Reason::Yielded;
                let state = if yielded { State::Ready } else { State::Blocked };
                if yielded {
                    self.ready.push(task);
                } else {
                    self.blocked.push((task, reason));
                }
                let on_channel = matches!(reason, Reason::Send | Reason::Receive);
                let channel = on_channel.then(|| self.rng.u32(..4));
                let transition = self.change(task, state, at);
                let event = Event::TaskStopped { task, transition, reason, channel };
                self.record(processor, at, event);
            }
        }
    }

    fn create(&mut self, writer: usize, parent: Option<TaskId>) {
        let task = self.tasks.len() as TaskId;
        let at = self.clock(writer);
        self.ready.push(task);
        let sums = TaskSums {
            task,
            created: at,
            first_run: None,
            ended: 0,
            ended_by: EndedBy::MainReturned,
            running: 0,
            ready: 0,
            blocked: 0,
        };
        self.tasks.push(Sums { transition: 0, state: State::Ready, since: at, sums });
        self.names.push(Named { task, parent, name: Name::numbered("task", task) });
        self.record(writer, at, Event::TaskCreated { task, parent });
    }

    fn start(&mut self, processor: usize, next: usize) {
        let task = self.ready.swap_remove(next);
        let at = self.clock(processor);
        let transition = self.change(task, State::Running, at);
        let first_run = &mut self.tasks[task as usize].sums.first_run;
        *first_run = first_run.or(Some(at));
        self.inside[processor] = Some(task);
        self.record(processor, at, Event::TaskStarted { task, transition });
    }

    fn leave(&mut self, processor: usize, task: TaskId) -> Nanos {
        let at = self.clock(processor);
        self.busy[processor] += at.saturating_sub(self.tasks[task as usize].since);
        self.inside[processor] = None;
        at
    }

    fn wake(&mut self, writer: usize, which: usize, by: Option<TaskId>) {
        let (task, reason) = self.blocked.swap_remove(which);
        // The event of a timer has the deadline as its time. The deadline may lie before the task's
        // stop.
        let timer = reason == Reason::Sleep;
        let late = if timer { self.rng.u64(..3_000) } else { 0 };
        let by = by.filter(|_| !timer);
        let at = self.clock(writer).saturating_sub(late).max(self.main_started);
        let transition = self.change(task, State::Ready, at);
        self.ready.push(task);
        self.record(writer, at, Event::TaskReady { task, transition, by });
    }

    fn change(&mut self, task: TaskId, state: State, at: Nanos) -> u32 {
        let task = &mut self.tasks[task as usize];
        let sum = match task.state {
            State::Running => &mut task.sums.running,
            State::Ready => &mut task.sums.ready,
            State::Blocked => &mut task.sums.blocked,
        };
        *sum += at.saturating_sub(task.since);
        task.since = task.since.max(at);
        task.sums.ended = task.since;
        task.state = state;
        task.transition += 1;
        task.transition
    }

    /// Makes main return, on processor 0 unless main is inside another processor.
    fn end(mut self) -> Trace {
        self.now += 10_000;
        let host = self.inside.len();
        if let Some(which) = self.blocked.iter().position(|(task, _)| *task == MAIN) {
            self.wake(host, which, None);
        }
        let processor = match self.inside.iter().position(|task| *task == Some(MAIN)) {
            Some(processor) => processor,
            None => {
                if let Some(task) = self.inside[0] {
                    let at = self.leave(0, task);
                    let transition = self.change(task, State::Ready, at);
                    let reason = Reason::Yielded;
                    let event = Event::TaskStopped { task, transition, reason, channel: None };
                    self.record(0, at, event);
                    self.ready.push(task);
                }
                let which = self.ready.iter().position(|task| *task == MAIN).unwrap();
                self.start(0, which);
                0
            }
        };
        self.now += 10_000;
        let main_ended = self.leave(processor, MAIN);
        let transition = self.change(MAIN, State::Ready, main_ended);
        let by = EndedBy::Returned;
        self.record(processor, main_ended, Event::TaskEnded { task: MAIN, transition, by });
        self.tasks[MAIN as usize].sums.ended_by = by;
        for (processor, task) in self.inside.iter().enumerate() {
            if let Some(task) = task {
                let since = self.tasks[*task as usize].since;
                self.busy[processor] += main_ended.saturating_sub(since);
            }
        }
        for task in 1..self.tasks.len() {
            if self.tasks[task].sums.ended_by == EndedBy::MainReturned {
                let state = self.tasks[task].state;
                self.change(task as TaskId, state, main_ended);
            }
        }
        let one = |busy: &Nanos| ProcessorTotals { busy: *busy, ..Default::default() };
        let totals = Totals {
            main_started: self.main_started,
            main_ended,
            startup: self.main_started,
            processors: self.busy.iter().map(one).collect(),
            events: self.logs.iter().map(|log| log.len() as u64).sum(),
            dropped: self.dropped,
            first_dropped: self.first_dropped,
            dropped_bytes: [0; 2],
            clock_step: self.step,
        };
        let ended = self.tasks.iter().map(|task| task.sums).collect();
        Trace { logs: self.logs, names: self.names, ended, totals }
    }
}

impl Trace {
    /// Returns the report if all events are read at once.
    pub fn report(&self) -> Report {
        let mut fold = Fold::new(self.totals.processors.len());
        fold.add(&self.batch(|_, log| 0..log.len()));
        self.finish(fold)
    }

    /// Returns the report of a fold that has read all events.
    pub fn finish(&self, mut fold: Fold) -> Report {
        let (names, ended) = (self.names.clone(), self.ended.clone());
        fold.add(&Batch { names, ended, ..Batch::default() });
        let processors = self.totals.processors.len() as u32;
        fold.finish(&self.totals, facts("concurrent", processors))
    }

    /// Returns, for each log, the events in the range that `range` returns for the log's writer.
    pub fn batch(&self, mut range: impl FnMut(usize, &[Timed]) -> std::ops::Range<usize>) -> Batch {
        let logs = self.logs.iter().enumerate();
        let events = logs.flat_map(|(writer, log)| {
            log[range(writer, log)].iter().map(move |timed| (writer as ProcessorId, *timed))
        });
        Batch { events: events.collect(), ..Batch::default() }
    }
}
