//! A processor: a loop that takes ready tasks and runs them.

use std::rc::Rc;
use std::time::Duration;

use crossbeam_deque::Steal;

use super::context::{self, Context, Entered};
use super::deadlock;
use super::end::Outcome;
use super::idle::ParkDecision;
use super::queue::{Queue, SeededChoices};
use super::scheduler::{Runnable, Scheduler};
use super::steal_policy::{StealPolicy, back_off};
use crate::sync::{Arc, Ordering};
use crate::time::clock::{self, Axis};
use crate::trace::{Event, Nanos, ProcessorId};

/// The number of turns after which a processor takes from the global queue first, so no task
/// starves in that queue. Go uses the same number.
const GLOBAL_FIRST: u32 = 61;

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
    choices: SeededChoices,
    /// The number of turns until the processor takes from the global queue first. At that turn the
    /// processor also checks the stop word and the deadlines.
    until_round: u32,
    /// Whether the processor counts as one that searches for tasks.
    searching: bool,
    /// The policy that says when the processor may steal, and how long it searches.
    steal_policy: StealPolicy,
    /// The number of turns that the processor has given to tasks.
    turns: u32,
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
        queue: Queue<Runnable>,
        axis: Axis,
    ) -> Processor {
        scheduler.idle.register_this_thread(id);
        Processor {
            choices: SeededChoices::new(scheduler.settings.seed, id),
            until_round: GLOBAL_FIRST,
            searching: false,
            steal_policy: StealPolicy::new(scheduler.settings.processors),
            turns: 0,
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

    /// Runs a task if there is one.
    pub(crate) fn turn(&mut self) -> NextStep {
        // A processor checks for the end of the run at each turn. It reads the stop word only at
        // every 61st turn and after it was idle.
        if self.until_round == 0 || self.was_idle {
            self.context.end_if_told_to_stop();
        }
        if self.scheduler().is_ending() {
            self.context.leave();
            return NextStep::Done;
        }
        self.wake_sleepers();
        let Some(runnable) = self.find() else { return self.idle_step() };
        if std::mem::take(&mut self.searching) {
            self.scheduler().idle.search_ends(self.scheduler(), true);
            self.steal_policy.reset();
        }
        if std::mem::take(&mut self.was_idle) {
            self.scheduler().idle.ensure_timekeeper(self.scheduler());
        }
        self.turns = self.turns.wrapping_add(1);
        if self.scheduler().idle.searching() > 0 {
            self.scheduler().turn_counters.set(self.context.id, self.turns);
        }
        runnable.run();
        if self.context.has_deferred() {
            self.context.run_deferred();
        }
        NextStep::Ready
    }

    fn wake_sleepers(&self) {
        let Some(earliest) = self.scheduler().timers.earliest() else { return };
        // Without a trace there is no recent reading of the clock, and a new reading costs more
        // than a switch.
        let look = self.until_round == 0 || self.was_idle;
        let Some(now) = self.context.last_turn_end().or_else(|| look.then(|| self.now())) else {
            return;
        };
        if earliest <= now {
            self.scheduler()
                .timers
                .take_due(now, |deadline, waker| self.context.wake_at(deadline, None, waker));
        }
    }

    /// Takes the next task: the task that yielded to the host, else a task from the processor's own
    /// queue, else a task that a search finds. At every 61st turn the global queue comes before the
    /// processor's own queue.
    fn find(&mut self) -> Option<Runnable> {
        if let Some(runnable) = self.context.take_yielded_to_host() {
            return Some(runnable);
        }
        if self.until_round == 0 {
            self.until_round = GLOBAL_FIRST;
            if let Some(runnable) = self.take_global() {
                return Some(runnable);
            }
        }
        self.until_round -= 1;
        self.context.queue.take(&mut self.choices).or_else(|| self.search())
    }

    fn search(&mut self) -> Option<Runnable> {
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

    fn take_global(&self) -> Option<Runnable> {
        with_retries(|| self.scheduler().global.steal())
    }

    /// Steals half of another processor's queue. Checks each other processor once, beginning with a
    /// random processor. Go steals half of a queue, too: an uneven distribution becomes even after
    /// few steals.
    fn steal(&mut self) -> Option<Runnable> {
        let (own, others) = (self.context.id, self.scheduler().stealers.len());
        if others == 0 {
            return None;
        }
        let now = clock::read();
        let start = self.choices.index_below(others);
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
                let Some(runnable) = self.steal_from(other) else { break };
                self.context.queue.push(runnable);
            }
            Some(first)
        })
    }

    fn steal_from(&self, other: usize) -> Option<Runnable> {
        let runnable = with_retries(|| self.scheduler().stealers[other].steal())?;
        let (task, from) = (runnable.metadata().id, other as ProcessorId);
        self.context.record(self.context.stamp(), Event::TaskStolen { task, from });
        self.context.stole();
        Some(runnable)
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
