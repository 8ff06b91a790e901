//! How all processors of a run stop while the guest's collector looks for unused memory.
//!
//! A goroutine that needs a collection stops for [`Reason::Collector`](crate::trace::Reason), which
//! closes the gate (`gate.rs`). The guest makes the goroutines on the other processors poll, and they
//! stop for the same reason. All of them go on when the gate has opened.

use super::context::Context;
use super::end::Outcome;
use super::scheduler::Goroutine;
use super::settings::Settings;
use crate::trace::ProcessorId;

/// Keeps a goroutine that has stopped until the gate has opened, and closes the gate.
#[cold]
pub(super) fn wait(context: &Context, goroutine: Goroutine) {
    context.keep_at_gate(goroutine);
    if context.scheduler.gate.close() {
        context.scheduler.idle.wake_all();
    }
}

/// Takes this processor through the gate, and makes its goroutines ready that waited for it.
#[cold]
pub(super) fn pass(context: &Context) {
    let scheduler = &context.scheduler;
    let Settings { processors, guest, .. } = &scheduler.settings;
    let guest = guest.as_ref().expect("only a guest closes the gate");
    let began = context.now();
    let passed = scheduler.gate.pass(*processors, || {
        if let Err(trap) = guest.collect(context.id as ProcessorId, *processors) {
            let message = format!("The collector of unused memory failed: {trap}.");
            scheduler.end(Outcome::Fatal, message, context.now());
        }
    });
    context.leave_gate(began, passed);
}
