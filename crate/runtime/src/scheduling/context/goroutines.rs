//! The part of a processor's context that goroutines need.

use super::{Context, Goroutine, Ready};
use crate::scheduling::accounting::RunEnd;
use crate::trace::{Nanos, PlaceCode};

impl Context {
    /// Returns what stands for a guest's line in an event. `line` is the index of the line plus 1.
    #[inline]
    pub(crate) fn guest_line(&self, line: u32) -> PlaceCode {
        self.scheduler.recorder.guest_line(line)
    }

    /// Enters a goroutine.
    #[inline]
    pub(crate) fn enter_goroutine(&self, goroutine: Goroutine) {
        self.goroutine.set(Some(goroutine));
    }

    /// Leaves the goroutine that the processor is inside; `None` if it is inside none.
    #[inline]
    pub(crate) fn leave_goroutine(&self) -> Option<Goroutine> {
        self.goroutine.take()
    }

    /// Calls `f` with the goroutine that the processor is inside. Returns `None` if it is inside
    /// none.
    pub(crate) fn with_goroutine<T>(&self, f: impl FnOnce(&mut Goroutine) -> T) -> Option<T> {
        let mut goroutine = self.goroutine.take();
        let result = goroutine.as_mut().map(f);
        self.goroutine.set(goroutine);
        result
    }

    /// Takes the goroutine whose turn comes next. Returns `None` if the processor has something
    /// else to do first.
    #[inline]
    pub(crate) fn take_goroutine(&self) -> Option<Goroutine> {
        if self.is_round() || self.is_on_host.get() || self.scheduler.is_ending() {
            return None;
        }
        if self.scheduler.gate.is_closed() {
            self.look_around();
            return None;
        }
        self.wake_sleepers(false);
        match self.take_own()? {
            Ready::Goroutine(goroutine) => {
                self.count_turn();
                Some(goroutine)
            }
            future => {
                self.taken.set(Some(future));
                None
            }
        }
    }

    /// Wakes the goroutine with this number, if it waits or is about to wait.
    pub(crate) fn wake_goroutine(&self, number: u32, place: PlaceCode) {
        if let Some(goroutine) = self.scheduler.goroutines.wake(number) {
            self.make_goroutine_ready(goroutine, place, false);
        }
    }

    /// Does what [`Self::make_ready`] does for a goroutine that is woken at `place`, but is not
    /// inlined. Most goroutines become ready in this function, so it is in the module only once.
    #[inline(never)]
    pub(crate) fn make_goroutine_ready(
        &self,
        goroutine: Goroutine,
        place: PlaceCode,
        woken_while_running: bool,
    ) {
        self.record_ready(goroutine.task(), place, woken_while_running);
        self.push(Ready::Goroutine(goroutine));
    }

    /// Makes a goroutine's turn the next one on this processor, before any other task. If another
    /// task already has to come next, that task is queued.
    pub(crate) fn make_next(&self, goroutine: Goroutine, place: PlaceCode) {
        self.record_ready(goroutine.task(), place, false);
        if let Some(other) = self.taken.replace(Some(Ready::Goroutine(goroutine))) {
            self.push(other);
        }
        self.look_around();
    }

    /// Keeps a goroutine that has stopped until the gate has opened.
    pub(crate) fn keep_at_gate(&self, goroutine: Goroutine) {
        self.at_gate.borrow_mut().push(goroutine);
        self.look_around();
    }

    /// Notes that the processor has been at the gate since `began`. If it has `passed` the gate, the
    /// goroutines that waited there are ready.
    pub(crate) fn leave_gate(&self, began: Nanos, passed: bool) {
        let now = self.read_after_park();
        self.last_turn_end.set(None);
        let collecting = now.min(self.scheduler.ended_at()).saturating_sub(began);
        self.buffer.tally(|totals| totals.collecting += collecting);
        if passed {
            for goroutine in self.at_gate.take() {
                self.make_goroutine_ready(goroutine, 0, false);
            }
        }
    }

    /// Makes the next turn one with a round, so the processor looks at the gate and takes the task
    /// that has to come next.
    fn look_around(&self) {
        self.until_round.set(0);
    }

    /// Keeps a goroutine that has ended, so that a new goroutine can use its memory.
    #[inline]
    pub(crate) fn keep_goroutine(&self, goroutine: Goroutine) {
        self.ended_goroutines.keep(goroutine, &self.scheduler.ended_goroutines);
    }

    /// Takes a goroutine that has ended; `None` if there is none.
    #[inline]
    pub(crate) fn take_ended_goroutine(&self) -> Option<Goroutine> {
        self.ended_goroutines.take(&self.scheduler.ended_goroutines)
    }
}
