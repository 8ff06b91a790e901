//! The requirements of a build. If one is not met, compilation fails with a message that says what
//! to do.

#[cfg(all(target_family = "wasm", not(all(target_arch = "wasm32", target_os = "unknown"))))]
compile_error!(
    "This package runs in browsers, and there its WebAssembly has to be built for the target \
     wasm32-unknown-unknown. `./build.sh build` does that."
);

#[cfg(all(target_arch = "wasm32", target_os = "unknown", not(target_feature = "atomics")))]
compile_error!(
    "The page's threads share one memory, so its WebAssembly has to be built with atomics and with \
     a standard library that has them, too. Run `./build.sh build`, which sets the flags for that."
);

#[cfg(not(panic = "unwind"))]
compile_error!(
    "The runtime catches the panics of tasks, so a panic has to unwind. Build with \
     `panic = \"unwind\"`; for WebAssembly run `./build.sh build`, which sets the flags for that."
);
