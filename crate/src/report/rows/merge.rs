//! The merge of all logs into one order.
//!
//! A task moves from processor to processor. So the task's events lie in several logs, and a reader
//! may get a later event before an earlier event. The times of the events do not give their order,
//! because clocks differ by a step. The transition numbers of the events give their order.
//!
//! Each log is consumed from its front. An event at the front is *due* when all earlier transitions
//! of its task have passed. Until then it stays at the front. Every writer records events in the
//! order in which they happened. So at least one log has a due event at its front, unless events
//! are missing. The missing events arrive with a later batch, or were not kept because a log was
//! full.

use std::collections::VecDeque;

use crate::trace::{Event, Nanos, PlaceId, ProcessorId, TaskId, Timed};

/// An event of a task that is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Due {
    pub writer: ProcessorId,
    pub at: Nanos,
    pub place: Option<PlaceId>,
    pub event: Event,
    /// Whether events of this task are missing before this event.
    pub gap: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Merge {
    logs: Vec<VecDeque<Timed>>,
    /// The log that is being consumed.
    current: usize,
    /// The number of each task's next transition, by task.
    next: Vec<u32>,
}

impl Merge {
    pub fn new(writers: usize) -> Merge {
        Merge { logs: vec![VecDeque::new(); writers], current: 0, next: Vec::new() }
    }

    /// Takes the next event of a log. Returns the event if it is due, and holds it if it is not.
    pub fn offer(&mut self, writer: ProcessorId, timed: Timed) -> Option<Due> {
        let (task, transition) = transition(timed.event)?;
        let log = writer as usize;
        if self.logs[log].is_empty() && transition == self.expected(task) {
            return Some(self.pass(writer, timed, false));
        }
        self.logs[log].push_back(timed);
        None
    }

    /// Returns the next event that is due, from any log.
    pub fn due(&mut self) -> Option<Due> {
        let mut fruitless = 0;
        while fruitless < self.logs.len() {
            if let Some(&timed) = self.logs[self.current].front()
                && let Some((task, transition)) = transition(timed.event)
                && transition <= self.expected(task)
            {
                self.logs[self.current].pop_front();
                // A smaller number belongs to an event that was earlier given up as missing.
                if transition == self.next[task as usize] {
                    return Some(self.pass(self.current as ProcessorId, timed, false));
                }
                fruitless = 0;
            } else {
                self.current = (self.current + 1) % self.logs.len();
                fruitless += 1;
            }
        }
        None
    }

    /// Returns the earliest event that is held, and gives up the missing events before it. Call it
    /// only when no event is due and no more events will come.
    pub fn after_gap(&mut self) -> Option<Due> {
        let fronts = self.logs.iter().enumerate();
        let held = fronts.filter_map(|(log, events)| Some((events.front()?.at, log)));
        let (_, log) = held.min()?;
        let timed = self.logs[log].pop_front()?;
        Some(self.pass(log as ProcessorId, timed, true))
    }

    fn expected(&mut self, task: TaskId) -> u32 {
        let task = task as usize;
        if task >= self.next.len() {
            self.next.resize(task + 1, 0);
        }
        self.next[task]
    }

    fn pass(&mut self, writer: ProcessorId, timed: Timed, gap: bool) -> Due {
        let Timed { at, place, event } = timed;
        if let Some((task, transition)) = transition(event) {
            self.next[task as usize] = transition + 1;
        }
        Due { writer, at, place, event, gap }
    }
}

/// Returns the task and the number of the transition that an event records, if it records one.
pub(super) fn transition(event: Event) -> Option<(TaskId, u32)> {
    match event {
        Event::TaskCreated { task, .. } => Some((task, 0)),
        Event::TaskReady { task, transition, .. }
        | Event::TaskStarted { task, transition }
        | Event::TaskStopped { task, transition, .. }
        | Event::TaskEnded { task, transition, .. } => Some((task, transition)),
        Event::TaskStolen { .. }
        | Event::Channel { .. }
        | Event::Output { .. }
        | Event::ProcessorParked
        | Event::ProcessorWoken => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Reason;

    fn created(at: Nanos, task: TaskId) -> Timed {
        Timed { at, place: None, event: Event::TaskCreated { task, parent: None } }
    }

    fn started(at: Nanos, task: TaskId, transition: u32) -> Timed {
        Timed { at, place: None, event: Event::TaskStarted { task, transition } }
    }

    fn stopped(at: Nanos, task: TaskId, transition: u32) -> Timed {
        let reason = Reason::Yielded;
        Timed {
            at,
            place: None,
            event: Event::TaskStopped { task, transition, reason, channel: None },
        }
    }

    fn drain(merge: &mut Merge) -> Vec<Nanos> {
        std::iter::from_fn(|| merge.due()).map(|due| due.at).collect()
    }

    #[test]
    fn what_is_due_passes_at_once() {
        let mut merge = Merge::new(1);
        let due = merge.offer(0, created(7, 0)).unwrap();
        assert_eq!((due.writer, due.at, due.gap), (0, 7, false));
        assert!(merge.offer(0, started(8, 0, 1)).is_some());
    }

    #[test]
    fn an_event_waits_for_its_predecessor_in_another_log() {
        let mut merge = Merge::new(2);
        assert_eq!(merge.offer(0, started(2, 0, 1)), None);
        assert_eq!(merge.due(), None);
        // Later events of the same log wait, too, so that the processor's own order is kept.
        assert_eq!(merge.offer(0, created(3, 1)), None);
        assert!(merge.offer(1, created(5, 0)).is_some());
        assert_eq!(drain(&mut merge), [2, 3]);
    }

    #[test]
    fn the_order_is_by_number_though_clocks_disagree() {
        let mut merge = Merge::new(2);
        merge.offer(0, started(40, 0, 3));
        merge.offer(0, stopped(41, 0, 4));
        merge.offer(1, created(50, 0));
        merge.offer(1, started(60, 0, 1));
        merge.offer(1, stopped(70, 0, 2));
        assert_eq!(drain(&mut merge), [40, 41]);
        assert!(merge.logs.iter().all(VecDeque::is_empty));
    }

    #[test]
    fn at_the_end_it_goes_on_without_what_is_missing() {
        let mut merge = Merge::new(2);
        merge.offer(0, created(1, 0));
        merge.offer(0, started(9, 0, 3));
        merge.offer(1, stopped(7, 0, 2));
        assert_eq!(merge.due(), None);
        let due = merge.after_gap().unwrap();
        assert_eq!((due.at, due.gap), (7, true));
        assert_eq!(drain(&mut merge), [9]);
        assert_eq!(merge.after_gap(), None);
    }

    #[test]
    fn what_turns_up_after_it_was_given_up_is_passed_over() {
        let mut merge = Merge::new(2);
        merge.offer(0, created(1, 0));
        merge.offer(0, stopped(5, 0, 2));
        assert!(merge.after_gap().is_some());
        assert_eq!(merge.offer(1, started(4, 0, 1)), None);
        assert_eq!(merge.offer(1, started(6, 0, 3)), None);
        assert_eq!(drain(&mut merge), [6]);
    }
}
