//! Modules that cannot be guests. Each is refused with a sentence, or its run ends with one.

use std::sync::Arc;

use native::{Interrupts, NativeGuest};
use runtime::{Main, Outcome, Pool, Run, Settings};

use crate::running::run;

/// Runs a module. Returns the sentence with which it is refused, or with which its run ends.
fn sentence(name: &str, processors: usize) -> String {
    let guest = match NativeGuest::new(guests::program(name), vec![]) {
        Ok(guest) => Arc::new(guest),
        Err(sentence) => return sentence,
    };
    let main = match guest.main((1, 1)) {
        Ok(main) => main,
        Err(sentence) => return sentence,
    };
    let _interrupts = Interrupts::start(guest.clone(), processors);
    let settings = Settings { processors, guest: Some(guest), ..Settings::default() };
    let (end, _) = Run::complete(&Pool::new(processors), settings, Main::Goroutine(main));
    assert_eq!(end.outcome, Outcome::Fatal, "{name}");
    end.message
}

#[test]
fn a_bad_module_ends_with_a_sentence_and_the_next_run_is_right() {
    let modules = [
        ("invalid", "The module can't be loaded: "),
        ("missing_import", "The module can't be started: unknown import"),
        ("own_memory", "The module can't be started: resource limit exceeded"),
        ("large_memory", "The module can't be started: incompatible import type"),
        ("large_table", "The module can't be started: "),
        ("start_traps", "The module can't be started: it reached code that must never be reached"),
        ("no_turns", "The module can't be started: "),
        ("no_main", "The module's main failed: "),
        ("no_goroutine", "The module's main gave no goroutine."),
        ("main_traps", "The module's main failed: it reached code that must never be reached"),
        ("no_interrupt", "The module's interrupt failed: "),
        ("interrupt_traps", "The module's interrupt failed: it reached code that must never"),
        ("turns_returns", "Task “main” failed: its module returned in the middle of a turn."),
        ("turns_traps", "Task “main” failed: it reached code that must never be reached"),
    ];
    for processors in [1, 2, 8] {
        for (name, expected) in modules {
            let sentence = sentence(name, processors);
            assert!(sentence.starts_with(expected), "{name}: {sentence}");
            assert!(sentence.ends_with('.') && sentence.lines().count() == 1, "{sentence}");
            let settings = Settings { processors, ..Settings::default() };
            let (end, answer) = run("yields", (3, 10), settings);
            assert_eq!((end.outcome, answer), (Outcome::Completed, 30), "after {name}");
        }
    }
}
