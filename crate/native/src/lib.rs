//! Runs guests natively: wasmtime executes the guest beside the native runtime. So a guest is tested
//! on real threads, without a browser.

mod interrupts;

use std::cell::RefCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

pub use interrupts::Interrupts;
use runtime::trace::{ProcessorId, SourceLine};
use runtime::{Guest, Trap, TrapKind, guest_calls};
use wasmtime::{
    Config, Engine, Instance, Linker, MemoryType, Module, SharedMemory, Store, StoreLimits,
    StoreLimitsBuilder, TypedFunc, WasmBacktrace, WasmParams, WasmResults,
};

/// The size of the memory of a guest, in pages of 64 KiB: 16 MiB.
pub const PAGES: u32 = 256;

/// The largest number of entries in a table of a guest. Browsers allow no more.
const MOST_ENTRIES: usize = 10_000_000;

/// A guest and its memory.
pub struct NativeGuest {
    /// Tells the guests of this process apart.
    id: u64,
    engine: Engine,
    module: Module,
    memory: SharedMemory,
    lines: Vec<SourceLine>,
}

/// A thread's instance of a guest.
struct Entered {
    /// The guest's id.
    id: u64,
    store: Store<StoreLimits>,
    instance: Instance,
    turns: TypedFunc<(u32, u32), ()>,
    /// The guest's collector, if it has one.
    collect: Option<TypedFunc<(u32, u32), ()>>,
}

thread_local! {
    static ENTERED: RefCell<Option<Entered>> = const { RefCell::new(None) };
}

/// Calls `f` with the calling thread's instance of the guest that the thread has entered.
fn with_entered<T>(f: impl FnOnce(&mut Entered) -> T) -> T {
    ENTERED.with_borrow_mut(|entered| f(entered.as_mut().expect("the thread has entered")))
}

impl NativeGuest {
    /// Compiles a guest, and makes a memory of its own for it. `lines` are the lines of source at
    /// which the guest calls the runtime.
    ///
    /// # Errors
    ///
    /// A sentence, if the module is not valid.
    pub fn new(module: &[u8], lines: Vec<SourceLine>) -> Result<NativeGuest, String> {
        let make = || {
            let mut config = Config::new();
            config.shared_memory(true).wasm_threads(true).wasm_tail_call(true);
            let engine = Engine::new(&config)?;
            let module = Module::new(&engine, module)?;
            NativeGuest::with_memory(engine, module, lines)
        };
        make().map_err(|error| format!("The module can't be loaded: {error:#}."))
    }

    /// Returns this guest with a new memory, so that it can run once more. It is not compiled again.
    ///
    /// # Errors
    ///
    /// A sentence, if the system provides no memory.
    pub fn renewed(&self) -> Result<NativeGuest, String> {
        NativeGuest::with_memory(self.engine.clone(), self.module.clone(), self.lines.clone())
            .map_err(|error| format!("The module gets no memory: {error:#}."))
    }

    fn with_memory(
        engine: Engine,
        module: Module,
        lines: Vec<SourceLine>,
    ) -> wasmtime::Result<NativeGuest> {
        static IDS: AtomicU64 = AtomicU64::new(0);
        let memory = SharedMemory::new(&engine, MemoryType::shared(PAGES, PAGES))?;
        let id = IDS.fetch_add(1, Ordering::Relaxed);
        Ok(NativeGuest { id, engine, module, memory, lines })
    }

    fn instantiate(&self) -> wasmtime::Result<Entered> {
        // A memory of the module's own would be another one on each thread.
        let limits = StoreLimitsBuilder::new().memories(0).table_elements(MOST_ENTRIES).build();
        let mut store = Store::new(&self.engine, limits);
        store.limiter(|limits| limits);
        let mut linker = Linker::new(&self.engine);
        linker.define(&mut store, "env", "memory", self.memory.clone())?;
        macro_rules! link {
            ($($name:ident = $exported:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
                $(linker.func_wrap("manyhands", stringify!($name), |$($argument: $type),*| {
                    guest_calls::$name($($argument),*)
                })?;)*
            };
        }
        runtime::guest_calls!(link);
        let instance = linker.instantiate(&mut store, &self.module)?;
        let turns = instance.get_typed_func(&mut store, "turns")?;
        let collect = instance.get_typed_func(&mut store, "collect").ok();
        Ok(Entered { id: self.id, store, instance, turns, collect })
    }

    /// Makes the goroutine `main` on the calling thread, and returns its handle.
    ///
    /// # Errors
    ///
    /// A sentence, if the module cannot be a guest, or if it cannot make the goroutine.
    pub fn main(&self, arguments: (u32, u32)) -> Result<u32, String> {
        let failed = |name| move |error| format!("The module's {name} failed: {error}.");
        self.enter()?;
        self.call::<u32, ()>("interrupt", 0).map_err(failed("interrupt"))?;
        match self.call("main", arguments).map_err(failed("main"))? {
            0 => Err("The module's main gave no goroutine.".to_owned()),
            handle => Ok(handle),
        }
    }

    /// Calls an exported function that executes no goroutine, on the calling thread.
    ///
    /// # Errors
    ///
    /// A sentence, if the module has no such function, or if the function traps.
    pub fn call<A: WasmParams, R: WasmResults>(
        &self,
        name: &str,
        arguments: A,
    ) -> Result<R, String> {
        self.enter()?;
        with_entered(|Entered { store, instance, .. }| {
            let function = instance.get_typed_func::<A, R>(&mut *store, name);
            function
                .and_then(|function| function.call(store, arguments))
                .map_err(|error| trap(&error).to_string())
        })
    }
}

impl Guest for NativeGuest {
    fn lines(&self) -> Vec<SourceLine> {
        self.lines.clone()
    }

    fn enter(&self) -> Result<(), String> {
        ENTERED.with_borrow_mut(|entered| {
            if entered.as_ref().is_none_or(|entered| entered.id != self.id) {
                let instance = self.instantiate();
                *entered = Some(instance.map_err(|error| {
                    let why = match trap(&error) {
                        Trap { kind: TrapKind::Other(text), .. } => text,
                        trap => trap.to_string(),
                    };
                    format!("The module can't be started: {why}.")
                })?);
            }
            Ok(())
        })
    }

    fn collect(&self, processor: ProcessorId, processors: usize) -> Result<(), Trap> {
        with_entered(|Entered { store, collect, .. }| {
            let Some(collect) = collect else {
                let kind = TrapKind::Other("its module has no collector".to_owned());
                return Err(Trap { kind, at: None });
            };
            collect.call(store, (processor, processors as u32)).map_err(|error| trap(&error))
        })
    }

    fn turns(&self, handle: u32, processor: ProcessorId) -> Result<(), Trap> {
        with_entered(|Entered { store, turns, .. }| {
            turns.call(store, (handle, processor)).map_err(|error| trap(&error))
        })
    }
}

/// Returns what the guest did, and where.
fn trap(error: &wasmtime::Error) -> Trap {
    use wasmtime::Trap as Wasm;
    let kind = match error.downcast_ref::<Wasm>() {
        Some(Wasm::UnreachableCodeReached) => TrapKind::Unreachable,
        Some(Wasm::MemoryOutOfBounds) => TrapKind::MemoryBounds,
        Some(Wasm::HeapMisaligned) => TrapKind::Alignment,
        Some(Wasm::IntegerDivisionByZero) => TrapKind::DivisionByZero,
        Some(Wasm::IntegerOverflow | Wasm::BadConversionToInteger) => TrapKind::Overflow,
        Some(Wasm::TableOutOfBounds) => TrapKind::TableBounds,
        Some(Wasm::IndirectCallToNull | Wasm::BadSignature) => TrapKind::Callee,
        Some(Wasm::StackOverflow) => TrapKind::Stack,
        _ => TrapKind::Other(format!("{error:#}")),
    };
    let frames = error.downcast_ref::<WasmBacktrace>().map(WasmBacktrace::frames);
    let at = frames.and_then(|frames| frames.first()?.module_offset());
    Trap { kind, at: at.and_then(|at| u32::try_from(at).ok()) }
}

impl fmt::Debug for NativeGuest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeGuest").field("id", &self.id).finish_non_exhaustive()
    }
}
