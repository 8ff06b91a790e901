//! The life of every task, transition by transition. Each transition closes a state.
//!
//! Clocks differ by a step, and the event of a timer has the timer's deadline as its time. So an
//! event may have an earlier time than the event before it in the same task or processor. Such an
//! event gets the time of the event before it. So no task is in two states at once, and no
//! processor is inside two tasks at once.

use super::merge::Due;
use super::states::{Cause, OpenState, State, StateRow};
use crate::trace::{ChannelId, EndedBy, Event, Nanos, PlaceId, Reason, TaskId};

/// Everything that is known about one task.
#[derive(Clone, Debug, Default)]
pub(super) struct Life {
    pub parent: Option<TaskId>,
    pub created: Option<Nanos>,
    /// The place at which the task was started.
    pub place: Option<PlaceId>,
    pub first_run: Option<Nanos>,
    /// The current state. `None` if the task has ended, and while events are missing.
    pub open: Option<OpenState>,
    pub ended: Option<(Nanos, EndedBy)>,
    /// Whether the task's `TaskSums` have arrived. If so, the task has ended, even if no event says
    /// so.
    pub summed: bool,
    /// The time of the task's last transition.
    last: Nanos,
}

impl Life {
    pub fn over(&self) -> bool {
        self.summed || self.ended.is_some()
    }
}

/// Why and where a running task stopped.
#[derive(Clone, Copy)]
struct Stop {
    cause: Cause,
    channel: Option<ChannelId>,
    place: Option<PlaceId>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Processor {
    inside: Option<TaskId>,
    /// The time at which the processor left its last task.
    left: Nanos,
}

#[derive(Clone, Debug)]
pub(super) struct Lives {
    /// The lives of the tasks, by id.
    pub tasks: Vec<Life>,
    /// The ids of the created tasks, in the order of their creation.
    pub created: Vec<TaskId>,
    pub states: Vec<StateRow>,
    processors: Vec<Processor>,
}

impl Lives {
    pub fn new(writers: usize) -> Lives {
        Lives {
            tasks: Vec::new(),
            created: Vec::new(),
            states: Vec::new(),
            processors: vec![Processor::default(); writers],
        }
    }

    /// Applies a task's next transition.
    pub fn apply(&mut self, Due { writer, at, place, event, gap }: Due) {
        match event {
            Event::TaskCreated { task, parent } => {
                let life = self.life(task);
                life.parent = parent;
                life.created = Some(at);
                life.place = place;
                life.last = at;
                self.created.push(task);
                self.open(task, State::Ready).place = place;
            }
            Event::TaskReady { task, by, .. } => {
                self.forget_if(gap, task);
                // The time may be a deadline that lies before the task's missing stop.
                if gap && by.is_none() {
                    return;
                }
                let waited = self.close(task, at, None);
                let ready = self.open(task, State::Ready);
                (ready.by, ready.by_place) = (by, place);
                if let Some(waited) = waited {
                    (ready.reason, ready.channel) = (waited.reason, waited.channel);
                    ready.place = waited.place;
                }
            }
            Event::TaskStarted { task, .. } => {
                self.forget_if(gap, task);
                // The stop of the processor's last task is missing, so the time of that stop is
                // unknown.
                if let Some(other) = self.processors[writer as usize].inside {
                    self.forget_if(true, other);
                }
                let at = at.max(self.processors[writer as usize].left);
                let ready = self.close(task, at, None);
                let running = self.open(task, State::Running);
                running.processor = Some(writer);
                running.from_place = ready.and_then(|ready| ready.place);
                self.processors[writer as usize].inside = Some(task);
                let life = self.life(task);
                life.first_run = life.first_run.or(Some(life.last));
            }
            Event::TaskStopped { task, reason, channel, .. } => {
                self.forget_if(gap, task);
                let cause = Cause::Stopped(reason);
                self.close(task, at, Some(Stop { cause, channel, place }));
                let yielded = reason == Reason::Yielded;
                let next = self.open(task, if yielded { State::Ready } else { State::Blocked });
                next.reason = Some(cause);
                next.channel = channel;
                next.place = place;
            }
            Event::TaskEnded { task, by, .. } => {
                self.forget_if(gap, task);
                let stop = Stop { cause: Cause::Ended, channel: None, place: None };
                self.close(task, at, Some(stop));
                let life = self.life(task);
                life.ended = Some((life.last, by));
            }
            Event::TaskStolen { .. }
            | Event::Channel { .. }
            | Event::Output { .. }
            | Event::ProcessorParked
            | Event::ProcessorWoken => {}
        }
    }

    /// Forgets the states of sleeping tasks, for a run with missing events. A sleeping task becomes
    /// ready at its deadline, but the event that says so may be missing.
    pub fn forget_sleepers(&mut self) {
        let sleep = Some(Cause::Stopped(Reason::Sleep));
        for life in &mut self.tasks {
            life.open.take_if(|open| open.state == State::Blocked && open.reason == sleep);
        }
    }

    /// Closes all open states at `at`, the last time for which they are known.
    pub fn cut(&mut self, at: Nanos) {
        for task in 0..self.tasks.len() {
            if self.tasks[task].open.is_some_and(|open| open.start <= at) {
                self.close(task as TaskId, at, None);
            }
        }
    }

    /// Returns the life of a task. The life of a new task is empty.
    pub fn life(&mut self, task: TaskId) -> &mut Life {
        let task = task as usize;
        if task >= self.tasks.len() {
            self.tasks.resize(task + 1, Life::default());
        }
        &mut self.tasks[task]
    }

    fn open(&mut self, task: TaskId, state: State) -> &mut OpenState {
        let life = self.life(task);
        life.open.insert(OpenState {
            state,
            reason: None,
            channel: None,
            by: None,
            place: None,
            from_place: None,
            by_place: None,
            processor: None,
            start: life.last,
        })
    }

    /// Closes the task's current state and returns it. `stop` says why and where a running task
    /// stopped.
    fn close(&mut self, task: TaskId, at: Nanos, stop: Option<Stop>) -> Option<OpenState> {
        let life = self.life(task);
        let end = at.max(life.last);
        life.last = end;
        let mut open = life.open.take()?;
        if open.state == State::Running
            && let Some(Stop { cause, channel, place }) = stop
        {
            open.reason = Some(cause);
            open.channel = channel;
            open.place = place;
        }
        self.states.push(open.closed(task, end));
        if let Some(processor) = open.processor {
            self.processors[processor as usize] = Processor { inside: None, left: end };
        }
        Some(open)
    }

    /// Forgets the task's current state after a gap, because the end of that state is unknown.
    fn forget_if(&mut self, gap: bool, task: TaskId) {
        if gap
            && let Some(open) = self.life(task).open.take()
            && let Some(processor) = open.processor
        {
            self.processors[processor as usize].inside = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::rows::merge::{Merge, transition};
    use crate::report::testing::{MS, Script};
    use crate::trace::{MAIN, ProcessorId};

    /// Returns the lives that a script gives if the transitions in `lost` are missing.
    fn lives(script: &mut Script, lost: &[(TaskId, u32)]) -> Lives {
        let (mut merge, mut lives) = (Merge::new(3), Lives::new(3));
        for (writer, timed) in script.batch().events {
            if !lost.contains(&transition(timed.event).unwrap())
                && let Some(due) = merge.offer(writer, timed)
            {
                lives.apply(due);
            }
        }
        while let Some(due) = merge.due().or_else(|| merge.after_gap()) {
            lives.apply(due);
        }
        lives
    }

    /// Returns a task's states as (state, start, end), in milliseconds.
    fn states(lives: &Lives, task: TaskId) -> Vec<(State, Nanos, Nanos)> {
        let rows = lives.states.iter().filter(|row| row.task == task);
        rows.map(|row| (row.state, row.start / MS, row.end / MS)).collect()
    }

    fn spans(lives: &Lives, processor: ProcessorId) -> Vec<(TaskId, Nanos, Nanos)> {
        let rows = lives.states.iter().filter(|row| row.processor == Some(processor));
        rows.map(|row| (row.task, row.start / MS, row.end / MS)).collect()
    }

    use State::{Blocked, Ready, Running};

    #[test]
    fn a_life_is_states_without_a_gap_and_reasons_from_where_they_are_known() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.started(0, 2, 1);
        script.stopped(0, 5, 1, Reason::Yielded);
        script.started(0, 6, 1);
        script.stopped(0, 9, 1, Reason::Receive);
        script.ready(1, 20, 1, Some(7));
        script.started(1, 21, 1);
        script.ended(1, 25, 1);
        let lives = lives(&mut script, &[]);
        let yielded = Some(Cause::Stopped(Reason::Yielded));
        let receive = Some(Cause::Stopped(Reason::Receive));
        let rows: Vec<_> = lives.states.iter().map(|row| (row.state, row.reason, row.by)).collect();
        assert_eq!(
            rows,
            [
                (Ready, None, None),
                (Running, yielded, None),
                (Ready, yielded, None),
                (Running, receive, None),
                (Blocked, receive, None),
                (Ready, receive, Some(7)),
                (Running, Some(Cause::Ended), None),
            ]
        );
        let times: Vec<_> = states(&lives, 1).iter().map(|row| (row.1, row.2)).collect();
        assert_eq!(times, [(0, 2), (2, 5), (5, 6), (6, 9), (9, 20), (20, 21), (21, 25)]);
        assert_eq!(spans(&lives, 0), [(1, 2, 5), (1, 6, 9)]);
        assert_eq!(spans(&lives, 1), [(1, 21, 25)]);
        assert_eq!(lives.tasks[1].first_run, Some(2 * MS));
        assert_eq!(lives.tasks[1].ended, Some((25 * MS, EndedBy::Returned)));
        assert_eq!(lives.tasks[1].open, None);
    }

    #[test]
    fn the_channel_of_a_wait_is_that_of_the_states_before_and_after_it() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.started(0, 1, 1);
        script.waited(0, 2, 1, Reason::Send, 3);
        script.ready(0, 5, 1, None);
        script.started(0, 6, 1);
        script.stopped(0, 7, 1, Reason::Sleep);
        script.ready(0, 8, 1, None);
        script.started(0, 9, 1);
        script.waited(0, 10, 1, Reason::Receive, 0);
        let mut lives = lives(&mut script, &[]);
        lives.cut(12 * MS);
        let rows: Vec<_> = lives.states.iter().map(|row| (row.state, row.channel)).collect();
        assert_eq!(
            rows,
            [
                (Ready, None),
                (Running, Some(3)),
                (Blocked, Some(3)),
                (Ready, Some(3)),
                (Running, None),
                (Blocked, None),
                (Ready, None),
                (Running, Some(0)),
                // The task waits until the cut, and the channel is known.
                (Blocked, Some(0)),
            ]
        );
    }

    #[test]
    fn a_state_has_the_place_of_its_reason_and_the_place_it_comes_from() {
        let mut script = Script::default();
        script.at(4).created(0, 0, 1, MAIN);
        script.started(0, 1, 1);
        script.at(5).stopped(0, 2, 1, Reason::Yielded);
        script.started(0, 3, 1);
        script.at(6).waited(0, 4, 1, Reason::Receive, 0);
        script.at(7).ready(1, 5, 1, Some(9));
        script.started(1, 6, 1);
        script.ended(1, 7, 1);
        let lives = lives(&mut script, &[]);
        let places = lives.states.iter().map(|row| (row.from_place, row.place, row.by_place));
        assert_eq!(
            places.collect::<Vec<_>>(),
            [
                (None, Some(4), None),
                (Some(4), Some(5), None),
                (None, Some(5), None),
                (Some(5), Some(6), None),
                (None, Some(6), None),
                (None, Some(6), Some(7)),
                (Some(6), None, None),
            ]
        );
        assert_eq!(lives.tasks[1].place, Some(4));
    }

    #[test]
    fn after_a_gap_it_is_unknown_from_where_a_task_goes_on() {
        let mut script = Script::default();
        script.at(4).created(0, 0, 1, MAIN);
        script.started(0, 1, 1);
        script.at(5).stopped(0, 2, 1, Reason::Yielded);
        script.started(0, 3, 1);
        let mut lives = lives(&mut script, &[(1, 2)]);
        lives.cut(9 * MS);
        let last = lives.states.last().unwrap();
        assert_eq!((last.start, last.from_place, last.place), (3 * MS, None, None));
    }

    #[test]
    fn a_deadline_before_its_task_fell_asleep_counts_from_there() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.started(0, 0, 1);
        script.stopped(0, 9, 1, Reason::Sleep);
        script.ready(0, 7, 1, None);
        script.started(0, 12, 1);
        let lives = lives(&mut script, &[]);
        assert_eq!(states(&lives, 1)[2..], [(Blocked, 9, 9), (Ready, 9, 12)]);
    }

    #[test]
    fn a_processor_whose_clock_is_behind_enters_no_task_before_another_left_it() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.created(0, 0, 2, MAIN);
        script.started(0, 1, 1);
        script.stopped(0, 10, 1, Reason::Yielded);
        // Processor 1's clock is 2 ms behind: it shows 8 at 10, and 9 at 11.
        script.started(1, 8, 1);
        script.stopped(1, 9, 1, Reason::Sleep);
        script.started(1, 9, 2);
        script.stopped(1, 15, 2, Reason::Sleep);
        let lives = lives(&mut script, &[]);
        assert_eq!(spans(&lives, 1), [(1, 10, 10), (2, 10, 15)]);
        assert_eq!(states(&lives, 1)[1..], [(Running, 1, 10), (Ready, 10, 10), (Running, 10, 10)]);
    }

    #[test]
    fn what_a_task_did_before_a_gap_has_no_end() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.started(0, 1, 1);
        script.stopped(0, 3, 1, Reason::Sleep);
        script.ready(1, 5, 1, None);
        script.started(1, 6, 1);
        script.ended(1, 8, 1);
        // Transition 2 is the stop. The ready event's time may be a deadline before the stop, so
        // the start of the ready state is unknown, too.
        let lives = lives(&mut script, &[(1, 2)]);
        assert_eq!(states(&lives, 1), [(Ready, 0, 1), (Running, 6, 8)]);
        assert_eq!(spans(&lives, 0), []);
        assert_eq!(spans(&lives, 1), [(1, 6, 8)]);
    }

    #[test]
    fn a_processor_in_another_task_has_left_its_last_at_an_unknown_time() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.created(0, 0, 2, MAIN);
        script.started(0, 1, 1);
        script.stopped(0, 3, 1, Reason::Sleep);
        script.started(0, 4, 2);
        let mut lives = lives(&mut script, &[(1, 2)]);
        lives.cut(9 * MS);
        assert_eq!(states(&lives, 1), [(Ready, 0, 1)]);
        assert_eq!(states(&lives, 2), [(Ready, 0, 4), (Running, 4, 9)]);
        assert_eq!(spans(&lives, 0), [(2, 4, 9)]);
    }

    #[test]
    fn the_cut_closes_what_had_begun_by_then() {
        let mut script = Script::default();
        script.created(0, 0, 1, MAIN);
        script.created(0, 8, 2, MAIN);
        script.started(0, 3, 1);
        let mut lives = lives(&mut script, &[]);
        lives.cut(5 * MS);
        assert_eq!(states(&lives, 1), [(Ready, 0, 3), (Running, 3, 5)]);
        assert_eq!(lives.states[1].reason, None);
        assert_eq!(states(&lives, 2), []);
    }
}
