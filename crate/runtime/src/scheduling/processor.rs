//! A processor: a loop that takes ready tasks and runs them.

use std::rc::Rc;
use std::time::Duration;

use crossbeam_deque::Steal;

use super::collection;
use super::context::{self, Context, Entered};
use super::deadlock;
use super::end::Outcome;
use super::guest_calls;
use super::idle::ParkDecision;
use super::queue::Queue;
use super::scheduler::{Ready, Scheduler};
use super::steal_policy::{StealPolicy, back_off};
use crate::sync::{Arc, Ordering};
use crate::time::clock::{self, Axis};
use crate::trace::{Event, Nanos, ProcessorId};

/// What a processor's driver has to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextStep {
    /// Call [`Processor::turn`] again.
    Ready,
    /// Wait until woken, or until the deadline if there is one. No task was found.
    Park(Option<Nanos>),
    /// Leave: the run is over.
    Done,
}

/// A processor.
#[derive(Debug)]
pub(crate) struct Processor {
    context: Rc<Context>,
    /// Whether the processor counts as one that searches for tasks.
    searching: bool,
    /// The policy that says when the processor may steal, and how long it searches.
    steal_policy: StealPolicy,
    parked_since: Option<Nanos>,
    /// Whether the processor has found no task since its last turn. It may have parked as the
    /// timekeeper since then.
    was_idle: bool,
}

impl Processor {
    #[cold]
    pub(crate) fn new(
        scheduler: Arc<Scheduler>,
        id: usize,
        queue: Queue<Ready>,
        axis: Axis,
    ) -> Processor {
        scheduler.idle.register_this_thread(id);
        Processor {
            searching: false,
            steal_policy: StealPolicy::new(scheduler.settings.processors),
            context: Rc::new(Context::new(scheduler, id, queue, axis)),
            parked_since: None,
            was_idle: false,
        }
    }

    /// Makes this processor's context the context of the calling thread, until the guard is
    /// dropped.
    pub(crate) fn enter(&self) -> Entered {
        context::enter(self.context.clone())
    }

    fn scheduler(&self) -> &Scheduler {
        &self.context.scheduler
    }

    pub(crate) fn now(&self) -> Nanos {
        self.context.now()
    }

    /// Sets the time from which the driving thread has to return to its host.
    pub(crate) fn set_budget(&self, ends: Nanos) {
        self.context.set_budget(ends);
    }

    /// Returns whether the driving thread has to return to its host.
    pub(crate) fn is_budget_over(&self) -> bool {
        self.context.is_budget_over()
    }

    /// Runs a task if there is one.
    pub(crate) fn turn(&mut self) -> NextStep {
        // A processor checks for the end of the run at each turn. It reads the stop word and looks at
        // the gate only at every 61st turn and after it was idle.
        let look = self.context.is_round() || self.was_idle;
        if look {
            self.context.end_if_told_to_stop();
            if self.scheduler().gate.is_closed() {
                collection::pass(&self.context);
            }
        }
        if self.scheduler().is_ending() {
            self.context.leave();
            return NextStep::Done;
        }
        self.context.wake_sleepers(look);
        let Some(ready) = self.find() else { return self.idle_step() };
        if std::mem::take(&mut self.searching) {
            self.scheduler().idle.search_ends(self.scheduler(), true);
            self.steal_policy.reset();
        }
        if std::mem::take(&mut self.was_idle) {
            self.scheduler().idle.ensure_timekeeper(self.scheduler());
        }
        self.context.count_turn();
        match ready {
            Ready::Future(runnable) => drop(runnable.run()),
            Ready::Goroutine(goroutine) => guest_calls::run(&self.context, goroutine),
        }
        if self.context.has_deferred() {
            self.context.run_deferred();
        }
        NextStep::Ready
    }

    /// Takes the next task: the task that has to come next, else a task from the processor's own
    /// queue, else a task that a search finds. At every 61st turn the global queue comes before the
    /// processor's own queue.
    fn find(&mut self) -> Option<Ready> {
        if let Some(ready) = self.context.take_next() {
            return Some(ready);
        }
        if self.context.is_round() {
            self.context.begin_round();
            if let Some(ready) = self.take_global() {
                return Some(ready);
            }
        }
        self.context.take_own().or_else(|| self.search())
    }

    fn search(&mut self) -> Option<Ready> {
        self.context.invalidate_reading();
        if !std::mem::replace(&mut self.searching, true) {
            self.scheduler().idle.search_begins();
        }
        let found = self.take_global();
        if found.is_some() {
            self.context.read_after_search();
        }
        found.or_else(|| self.steal())
    }

    fn take_global(&self) -> Option<Ready> {
        with_retries(|| self.scheduler().global.steal())
    }

    /// Steals half of another processor's queue. Checks each other processor once, beginning with a
    /// random processor. Go steals half of a queue, too: an uneven distribution becomes even after
    /// few steals.
    fn steal(&mut self) -> Option<Ready> {
        let (own, others) = (self.context.id, self.scheduler().stealers.len());
        if others == 0 {
            return None;
        }
        let now = clock::read();
        let start = self.context.choices.index_below(others);
        let mut order = (start..others).chain(0..start).filter(|other| *other != own);
        order.find_map(|other| {
            let Scheduler { stealers, turn_counters, .. } = &*self.context.scheduler;
            if !self.steal_policy.may_steal(now, other, !stealers[other].is_empty(), turn_counters)
            {
                return None;
            }
            self.context.read_after_search();
            let first = self.steal_from(other)?;
            for _ in 0..self.scheduler().stealers[other].len() / 2 {
                let Some(ready) = self.steal_from(other) else { break };
                self.context.queue.push(ready);
            }
            Some(first)
        })
    }

    fn steal_from(&self, other: usize) -> Option<Ready> {
        let ready = with_retries(|| self.scheduler().stealers[other].steal())?;
        let (task, from) = (ready.task().id, other as ProcessorId);
        self.context.record(self.context.stamp(), Event::TaskStolen { task, from });
        self.context.stole();
        Some(ready)
    }

    /// Decides what to do after no task was found: help a fork-join, search again, or park.
    fn idle_step(&mut self) -> NextStep {
        self.was_idle = true;
        if self.scheduler().forks.load(Ordering::SeqCst) > 0 {
            if rayon::yield_now() != Some(rayon::Yield::Executed) {
                std::hint::spin_loop();
            }
            return NextStep::Ready;
        }
        // One searcher is enough to see new tasks. A run's only processor has no other processor to
        // steal from, so it does not keep searching.
        let has_others = !self.scheduler().stealers.is_empty();
        if has_others
            && self.scheduler().idle.searching() == 1
            && self.steal_policy.keep_searching()
        {
            return NextStep::Ready;
        }
        if std::mem::take(&mut self.searching) {
            self.scheduler().idle.search_ends(self.scheduler(), false);
        }
        let now = self.now();
        match self.scheduler().idle.prepare_to_park(self.scheduler(), self.context.id, now) {
            ParkDecision::SearchAgain => {
                // Another processor's queue may hold a task that the steal policy leaves to that
                // processor.
                if has_others {
                    back_off();
                }
                NextStep::Ready
            }
            ParkDecision::Park(deadline) => {
                self.parked_since = Some(now);
                self.context.record(now, Event::ProcessorParked);
                self.context.flush();
                NextStep::Park(deadline)
            }
            ParkDecision::Deadlock(at) => {
                let sentence = deadlock::sentence(self.scheduler());
                self.scheduler().end(Outcome::Deadlock, sentence, at);
                NextStep::Ready
            }
        }
    }

    /// Parks the thread, as [`NextStep::Park`] asks.
    pub(crate) fn park(&mut self, deadline: Option<Nanos>) {
        let limit =
            deadline.map(|deadline| Duration::from_nanos(deadline.saturating_sub(self.now())));
        self.searching = self.scheduler().idle.park(self.context.id, limit);
        self.record_woken();
    }

    /// Ends a [`NextStep::Park`] for a driver whose thread has waited in its event loop.
    pub(crate) fn resume(&mut self) {
        if self.parked_since.is_some() {
            self.searching = self.scheduler().idle.resume(self.context.id);
            self.record_woken();
        }
    }

    /// Records that the processor is no longer parked, and resets the steal policy.
    fn record_woken(&mut self) {
        self.steal_policy.reset();
        let now = self.context.read_after_park();
        self.context.record(now, Event::ProcessorWoken);
        if let Some(since) = self.parked_since.take() {
            self.context.add_parked(since, now);
        }
    }
}

/// Repeats a steal that lost a race, until it succeeds or the queue is empty.
fn with_retries<T>(mut steal: impl FnMut() -> Steal<T>) -> Option<T> {
    loop {
        match steal() {
            Steal::Success(task) => return Some(task),
            Steal::Empty => return None,
            Steal::Retry => {}
        }
    }
}
