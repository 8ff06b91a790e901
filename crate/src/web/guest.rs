//! Guests in a browser. Each worker has an instance of the guest of its run. All instances share one
//! memory, which the host has made and each worker has been given (`www/host/pool.js`).

use std::cell::Cell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::guest_exports;
use crate::programs::GuestModule;
use crate::runtime::{Guest, Trap, TrapKind};
use crate::sync::{AtomicU32, Ordering};
use crate::trace::{ProcessorId, SourceLine};

#[wasm_bindgen(module = "/src/web/guest.js")]
extern "C" {
    #[wasm_bindgen(js_name = enterGuest, catch)]
    fn enter_guest(bytes: &[u8], calls: &JsValue, panicking: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = clearMemory)]
    fn clear_memory();
    #[wasm_bindgen(js_name = callGuest, catch)]
    fn call_guest(name: &str, arguments: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = turns)]
    fn guest_turns(handle: u32, processor: u32) -> bool;
    #[wasm_bindgen(js_name = collect)]
    fn guest_collect(processor: u32, processors: u32) -> bool;
    #[wasm_bindgen(js_name = startInterrupts)]
    fn start_interrupts(processors: u32) -> i32;
    #[wasm_bindgen(js_name = endInterrupts)]
    fn end_interrupts(timer: i32);
    #[wasm_bindgen(js_name = trapMessage)]
    fn trap_message() -> String;
    #[wasm_bindgen(js_name = trapOffset)]
    fn trap_offset() -> i32;
}

/// Returns an object with what a guest may call. These are the module's own functions, so a guest
/// calls them without JavaScript.
fn calls() -> JsValue {
    let calls = Object::new();
    for (name, exported) in guest_exports::CALLS {
        Reflect::set(&calls, &(*name).into(), &export(exported)).expect("a new object");
    }
    calls.into()
}

/// Returns a function that this module exports.
fn export(name: &str) -> JsValue {
    Reflect::get(&wasm_bindgen::exports(), &name.into()).expect("an object of exports")
}

thread_local! {
    /// The id of the guest that this thread has an instance of; 0 if it has none.
    static ENTERED: Cell<u32> = const { Cell::new(0) };
}

/// A guest.
#[derive(Debug)]
pub struct WebGuest {
    /// Tells the guests of the page apart.
    id: u32,
    bytes: Vec<u8>,
    /// The lines of source at which the guest calls the runtime.
    lines: Vec<SourceLine>,
}

impl WebGuest {
    /// Starts a guest: clears the memory, and makes the goroutine `main`. Returns the guest and the
    /// goroutine's handle.
    ///
    /// # Errors
    ///
    /// A sentence, if the browser refuses the module, or if the module cannot make the goroutine.
    pub fn start(module: GuestModule) -> Result<(WebGuest, u32), String> {
        static IDS: AtomicU32 = AtomicU32::new(1);
        let guest = WebGuest {
            id: IDS.fetch_add(1, Ordering::Relaxed),
            bytes: module.bytes,
            lines: module.lines,
        };
        clear_memory();
        guest.enter()?;
        let (first, second) = module.arguments;
        guest.call("interrupt", &[0.into()])?;
        let handle = guest.call("main", &[first.into(), second.into()])?;
        match handle.as_f64() {
            Some(handle) if handle != 0.0 => Ok((guest, handle as i32 as u32)),
            _ => Err("The module's main gave no goroutine.".to_owned()),
        }
    }

    /// Makes all goroutines on this number of processors poll every 10 ms, until the returned value is
    /// dropped. Must be called on the thread that started the guest.
    pub(super) fn interrupts(processors: usize) -> Interrupts {
        Interrupts(start_interrupts(processors as u32))
    }

    /// Returns the guest's answer after its run; `None` if it has none.
    pub(super) fn answer(&self) -> Option<i64> {
        self.enter().and_then(|()| self.call("answer", &[])).ok()?.try_into().ok()
    }

    /// Calls a function of the guest that executes no goroutine.
    fn call(&self, name: &str, arguments: &[JsValue]) -> Result<JsValue, String> {
        call_guest(name, &arguments.iter().collect())
            .map_err(|error| format!("The module's {name} failed: {}.", trap(message(&error), -1)))
    }
}

/// A timer of the host that interrupts goroutines. It ends when this value is dropped.
#[derive(Debug)]
pub(super) struct Interrupts(i32);

impl Drop for Interrupts {
    fn drop(&mut self) {
        end_interrupts(self.0);
    }
}

impl Guest for WebGuest {
    fn lines(&self) -> Vec<SourceLine> {
        self.lines.clone()
    }

    fn enter(&self) -> Result<(), String> {
        if ENTERED.get() == self.id {
            return Ok(());
        }
        let panicking = export("is_panicking");
        enter_guest(&self.bytes, &calls(), &panicking)
            .map(|()| ENTERED.set(self.id))
            .map_err(|error| format!("The module can't be started: {}.", message(&error)))
    }

    fn turns(&self, handle: u32, processor: ProcessorId) -> Result<(), Trap> {
        trapped(guest_turns(handle, processor))
    }

    fn collect(&self, processor: ProcessorId, processors: usize) -> Result<(), Trap> {
        trapped(guest_collect(processor, processors as u32))
    }
}

fn message(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => format!("{error:?}"),
    }
}

/// The words of Chromium, Firefox and Safari for each kind of trap. A message contains one of them.
const WORDS: [(TrapKind, &[&str]); 8] = [
    (TrapKind::Unreachable, &["unreachable"]),
    (TrapKind::TableBounds, &["table index is out of bounds", "call_indirect is out of bounds"]),
    (TrapKind::Callee, &["signature", "null function", "indirect call to null"]),
    (TrapKind::Alignment, &["unaligned"]),
    (TrapKind::DivisionByZero, &["by zero"]),
    (TrapKind::Overflow, &["unrepresentable", "integer overflow", "conversion to integer"]),
    (TrapKind::Stack, &["call stack", "too much recursion"]),
    (TrapKind::MemoryBounds, &["out of bounds"]),
];

/// Returns an error with the last trap if the guest has trapped.
fn trapped(has_trapped: bool) -> Result<(), Trap> {
    if has_trapped { Err(trap(trap_message(), trap_offset())) } else { Ok(()) }
}

/// Returns the trap that a browser describes with `message`. `at` is negative if the browser does
/// not say where.
fn trap(message: String, at: i32) -> Trap {
    // This takes less room in the module than the library's search, which is made for long texts.
    let says = |word: &&str| {
        let mut parts = message.as_bytes().windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    let known = WORDS.into_iter().find(|(_, words)| words.iter().any(says));
    let kind = known.map_or(TrapKind::Other(message), |(kind, _)| kind);
    Trap { kind, at: u32::try_from(at).ok() }
}
