# shellcheck shell=bash
# Makes the wasm modules. build.sh reads this file.

# Runs a command with what shared-memory wasm needs:
# - RUSTC_BOOTSTRAP, BUILD_STD: compile the standard library with the flags below; the shipped one
#   has no atomics, and would abort where a panic has to unwind;
# - BUILD_STD_FEATURES: of several ways to the same end the standard library takes the small one, and
#   it brings no backtraces, which a browser has of its own;
# - inline-threshold: what costs more is inlined where it is marked; by itself the compiler takes 225;
# - TRIM_PATHS: no path of this machine, whose names would also make each machine's module another;
# - panic=unwind by wasm's final exception handling: a panic in a pool thread is caught there and
#   the pool lives on;
# - atomics … simd128: what every browser with that exception handling has;
# - shared-memory, import-memory, max-memory: one memory for all workers. Without them all compiles
#   and the page dies with a DataCloneError. 1 GiB, since iOS refuses to reserve more;
# - export=__…: what wasm-bindgen reads to give each thread its own stack and thread-locals.
wasm() {
  local flags="-Cpanic=unwind -Cllvm-args=-wasm-use-legacy-eh=false -Cllvm-args=-inline-threshold=25"
  flags+=" ${lean:-} -Ctarget-feature=+atomics,+bulk-memory,+mutable-globals,+simd128"
  flags+=" -Clink-arg=--shared-memory -Clink-arg=--import-memory -Clink-arg=--max-memory=1073741824"
  local name
  for name in __wasm_init_tls __tls_size __tls_align __tls_base __heap_base; do
    flags+=" -Clink-arg=--export=$name"
  done
  RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_unwind RUSTFLAGS=$flags \
    CARGO_UNSTABLE_TRIM_PATHS=true CARGO_PROFILE_PAGE_TRIM_PATHS=all \
    CARGO_UNSTABLE_BUILD_STD_FEATURES=panic-unwind,optimize_for_size "$@"
}

# The same for a module that is sent to readers:
# - fmt-debug, location-detail: what developers alone would read stays away. A panic says what
#   happened; where, say the tests and every other build;
# - panic-in-drop: a destructor that panics traps, so that nothing has to be ready to go on after it.
lean_wasm() {
  local lean="-Zfmt-debug=none -Zlocation-detail=none -Zpanic-in-drop=abort"
  wasm "$@"
}

# Each feature by its name: --all-features writes a module that no browser loads. Hardly anything is
# inlined, which the compiler has done: a second time makes no row of tests/peers quicker. Functions
# stand in the order of their names, since what has a name alike is alike, and compressed as such;
# what is computed twice stays so, for the same reason.
optimise() {
  local name features=()
  for name in threads bulk-memory bulk-memory-opt simd mutable-globals exception-handling \
    nontrapping-float-to-int sign-ext reference-types multivalue extended-const; do
    features+=("--enable-$name")
  done
  node_modules/.bin/wasm-opt -O3 "${features[@]}" \
    --always-inline-max-function-size 0 --flexible-inline-max-function-size 0 \
    --one-caller-inline-max-function-size 40 --skip-pass local-cse --strip-producers \
    --strip-target-features --reorder-functions-by-name "$1" -o "$1.opt"
  mv "$1.opt" "$1"
}

# A module $2 and its JavaScript under the name $3, in $target/bound/$1: cargo names its own folders
# in $target after profiles, and "page" is one of them. What they were made from is kept beside them,
# so that an unchanged module is not bound and optimised again.
bind() {
  local module=$target/wasm32-unknown-unknown/page/$2.wasm
  local made=$target/bound/$1
  mkdir -p "$target/bound"
  { cat scripts/module.sh package-lock.json "$module"; } >"$made.source.new"
  if ! { [ -d "$made" ] && cmp -s "$made.source.new" "$made.source"; }; then
    rm -rf "$made" "$made.source"
    "$tools/bin/wasm-bindgen" --target web --out-dir "$made" --out-name "$3" "$module"
    optimise "$made/$3_bg.wasm"
    mv "$made.source.new" "$made.source"
  fi
  rm -f "$made.source.new"
}

build_wasm() {
  lean_wasm "$CARGO" build --profile page --target wasm32-unknown-unknown --package page-module
  bind page page_module manyhands
}
