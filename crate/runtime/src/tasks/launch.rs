//! Launching tasks. The run's structure decides whether the tasks overlap.

use std::future::Future;
use std::panic::Location;

use super::cell::{Function, start};
use super::wait_group::WaitGroup;
use crate::scheduling::context;
use crate::scheduling::settings::Structure;
use crate::trace::{Name, Place};

/// Starts a task that `group` counts, as Go's `WaitGroup.Go` does. In a sequential run, `launch`
/// also waits for the group, so one task has ended before the next is launched.
///
/// # Panics
///
/// When awaited outside a task.
#[track_caller]
pub fn launch(
    group: &WaitGroup,
    name: impl Into<Name>,
    future: impl Future<Output = ()> + Send + 'static,
) -> impl Future<Output = ()> {
    let place = Location::caller();
    let done = group.clone();
    let function = async move {
        future.await;
        done.add_at(-1, place);
    };
    start_counted(group, name.into(), Box::pin(function), place)
}

/// Launches a boxed future: the part of [`launch`] that all types of future share.
async fn start_counted(group: &WaitGroup, name: Name, function: Function, place: Place) {
    group.add_at(1, place);
    start(name, function, place);
    if context::with(|context| context.scheduler.settings.structure) == Structure::Sequential {
        group.wait_at(place).await;
    }
}
