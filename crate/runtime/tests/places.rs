//! Each event holds the line at which the program called the runtime.

use std::time::Duration;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use runtime::trace::{Batch, ChannelOp, EndedBy, Event, Reason};
use runtime::{
    Outcome, Pool, Run, Settings, WaitGroup, channel, checkpoint, fork_join, go, launch, sleep,
    yield_now,
};

/// Runs `main` on one processor, and returns what was recorded.
fn recorded(settings: Settings, main: impl Future<Output = ()> + Send + 'static) -> Batch {
    let (end, batch) = Run::complete(&Pool::new(1), settings, main);
    assert_eq!(end.outcome, Outcome::Completed, "{}", end.message);
    batch
}

/// Returns the line of this file at which the event that `is` picks happened; `None` if that event
/// has no place. `is` has to pick exactly one event.
fn line(batch: &Batch, is: impl Fn(&Event) -> bool) -> Option<u32> {
    let mut events = batch.events.iter().filter(|(_, timed)| is(&timed.event));
    let (_, timed) = events.next().expect("there is such an event");
    assert_eq!(events.next(), None, "there is one");
    let place = &batch.places[usize::from(timed.place?)];
    assert_eq!(place.file, file!());
    Some(place.line)
}

#[test]
fn a_task_has_the_line_that_started_it_and_a_wait_its_own() {
    let began = line!();
    let batch = recorded(Settings::default(), async {
        let group = WaitGroup::new();
        launch(&group, "sleeper", sleep(Duration::from_micros(1))).await;
        go("yields", yield_now());
        group.wait().await;
    });
    let created = |id| {
        line(&batch, move |event| matches!(event, Event::TaskCreated { task, .. } if *task == id))
    };
    assert_eq!(created(0), None, "no line of the program starts main");
    assert_eq!(created(1), Some(began + 3));
    assert_eq!(created(2), Some(began + 4));
    let stopped = |why| {
        line(
            &batch,
            move |event| matches!(event, Event::TaskStopped { reason, .. } if *reason == why),
        )
    };
    assert_eq!(stopped(Reason::Sleep), Some(began + 3));
    assert_eq!(stopped(Reason::Yielded), Some(began + 4));
    assert_eq!(stopped(Reason::WaitGroup), Some(began + 5));
    let ready = |id| {
        line(&batch, move |event| matches!(event, Event::TaskReady { task, .. } if *task == id))
    };
    assert_eq!(ready(1), None, "a timer woke the sleeper");
    assert_eq!(ready(0), Some(began + 3), "the end of the task that this line launched");
    let ended =
        |event: &Event| matches!(event, Event::TaskEnded { task: 1, by: EndedBy::Returned, .. });
    assert_eq!(line(&batch, ended), None);
}

#[test]
fn both_sides_of_a_channel_have_their_own_line() {
    let began = line!();
    let batch = recorded(Settings::default(), async {
        let (sender, receiver) = channel(0);
        go("sender", async move {
            sender.send(1).await;
        });
        receiver.recv().await;
    });
    let operation =
        |kind| line(&batch, move |event| matches!(event, Event::Channel { op, .. } if *op == kind));
    assert_eq!(operation(ChannelOp::Send), Some(began + 4));
    assert_eq!(operation(ChannelOp::Receive), Some(began + 6), "the sender completed it");
    assert_eq!(line(&batch, main_waits), Some(began + 6));
    assert_eq!(line(&batch, main_is_ready), Some(began + 4));
}

#[test]
fn the_close_of_a_channel_has_a_line_and_wakes_the_receiver_there() {
    let began = line!();
    let batch = recorded(Settings::default(), async {
        let (sender, receiver) = channel::<()>(0);
        go("closer", async move { sender.close() });
        receiver.recv().await;
    });
    let close = |event: &Event| matches!(event, Event::Channel { op: ChannelOp::Close, .. });
    assert_eq!(line(&batch, close), Some(began + 3));
    assert_eq!(line(&batch, main_waits), Some(began + 4));
    assert_eq!(line(&batch, main_is_ready), Some(began + 3));
}

fn main_waits(event: &Event) -> bool {
    matches!(event, Event::TaskStopped { task: 0, channel: Some(0), .. })
}

fn main_is_ready(event: &Event) -> bool {
    matches!(event, Event::TaskReady { task: 0, .. })
}

#[test]
fn a_piece_has_its_line_and_its_task_the_line_of_the_fork() {
    let began = line!();
    let batch = recorded(Settings::default(), async {
        fork_join(|fork| {
            (0..1).into_par_iter().for_each(|_| {
                fork.piece("piece", || ());
            });
        })
        .await;
    });
    let piece = line(&batch, |event| matches!(event, Event::TaskCreated { task: 1, .. }));
    assert_eq!(piece, Some(began + 4));
    let fork = |event: &Event| matches!(event, Event::TaskStopped { reason: Reason::ForkJoin, .. });
    assert_eq!(line(&batch, fork), Some(began + 2));
}

#[test]
fn a_task_whose_slice_is_over_has_the_line_of_its_checkpoint() {
    let began = line!();
    let settings = Settings { time_slice: Duration::from_nanos(1), ..Settings::default() };
    let batch = recorded(settings, async {
        std::thread::sleep(Duration::from_micros(1));
        checkpoint().await;
    });
    let yielded =
        |event: &Event| matches!(event, Event::TaskStopped { reason: Reason::Yielded, .. });
    assert_eq!(line(&batch, yielded), Some(began + 4));
}
