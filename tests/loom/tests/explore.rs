//! Explores every model, and prints how many executions each model took.

#![cfg(loom)]

macro_rules! models {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            let executions = models::models::$name();
            println!("{}: {executions} executions", stringify!($name));
            assert!(executions > 1, "a model with one execution explores nothing");
        }
    )*};
}

models! {
    park_and_wake hand_over deadlock_against_io true_deadlock rendezvous goroutine_woken
    gate_passed gate_and_end gate_wakes_the_parked
    writer_waits_for_reader writer_waits_at_the_end
}
