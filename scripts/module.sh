# shellcheck shell=bash
# Makes the wasm modules. build.sh reads this file.

# Runs a command with the settings that shared-memory wasm needs:
# - RUSTC_BOOTSTRAP, BUILD_STD: compile the standard library with the flags below. The shipped
#   library has no atomics, and aborts on a panic, but a panic has to unwind.
# - BUILD_STD_FEATURES: the standard library uses its smaller algorithms, and has no backtraces,
#   because a browser has its own.
# - inline-threshold: a function whose cost is above 25 is inlined only if it is marked. The
#   compiler's default is 225.
# - TRIM_PATHS: the module contains no path of this machine. Paths would also make the module
#   differ from one machine to another.
# - panic=unwind with wasm's final exception handling: a panic in a pool thread is caught in that
#   thread, and the pool goes on.
# - atomics … simd128: features of every browser that has the final exception handling.
# - shared-memory, import-memory, max-memory: one memory for all workers. Without these flags the
#   code compiles, but the page fails with a DataCloneError. The maximum is 1 GiB, because iOS
#   refuses to reserve more.
# - export=__…: symbols that wasm-bindgen needs to give each thread its stack and thread-locals.
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

# Runs a command with the settings of `wasm`, and with these settings for a module that readers
# download:
# - fmt-debug, location-detail: leave out texts that only developers read. A panic still says what
#   happened. The tests and all other builds also say where. The package with the programs keeps
#   files and lines, because events hold the line of the program that caused them. These options
#   are in the profile, because only a profile can give a package its own options.
# - panic-in-drop: a panic in a destructor is a trap, so the module needs no code to continue after
#   such a panic.
lean_wasm() {
  local lean="-Zfmt-debug=none -Zpanic-in-drop=abort" page=profile.page
  CARGO_UNSTABLE_PROFILE_RUSTFLAGS=true wasm "$@" \
    --config "$page.rustflags = ['-Zlocation-detail=none']" \
    --config "$page.package.manyhands.rustflags = ['-Zlocation-detail=file,line']"
}

# Optimises the module $1. Features are enabled one by one, because --all-features writes a module
# that no browser loads. Almost nothing is inlined: the compiler has done that already, and inlining
# again makes no row of tests/peers quicker. Functions with similar names are similar, so sorting
# them by name makes the module compress better. The pass local-cse is skipped, because code that
# repeats a computation compresses better.
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

# Makes the module $2 and its JavaScript under the name $3 in $target/bound/$1. The folder "bound"
# is needed because cargo names its own folders in $target after profiles, and "page" is a profile.
# The sources are kept beside the result, so that an unchanged module is not bound and optimised
# again.
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

# Makes two modules. The page starts with the one that executes no guests, because it is smaller.
build_wasm() {
  local build=(build --profile page --target wasm32-unknown-unknown --package page-module)
  lean_wasm "$CARGO" "${build[@]}" --features guests
  bind guests page_module manyhands
  lean_wasm "$CARGO" "${build[@]}"
  bind page page_module manyhands
}
