# shellcheck shell=bash
# Measures the page and the runtime. build.sh reads this file.

# Builds the page that measures: the rows of tests/peers as a module, in Rust and in Go. Like the
# course's page, it has one module that executes no guests, and one that does.
build_rows_page() {
  local site=$target/rows
  setup_go || die "The rows are compared with those of Go $GO, which can't be had here (Python 3 with pip installs it)."
  say "Building what is measured"
  local build=(build --profile page --target wasm32-unknown-unknown --package peers --lib)
  lean_wasm "$CARGO" "${build[@]}" --features guests
  bind rows-guests peers peers
  lean_wasm "$CARGO" "${build[@]}"
  bind rows-module peers peers
  rm -rf "$site"
  cp -R tests/peers/bench/page "$site"
  cp -R "$target/bound/rows-module" "$site/rows"
  cp -R "$target/bound/rows-guests" "$site/rows-guests"
  cp www/host/pool.js www/host/pool-worker.js "$site/"
  GOOS=js GOARCH=wasm "$go" build -o "$site/rows.wasm" tests/peers/rows.go
  cp "$("$go" env GOROOT)/lib/wasm/wasm_exec.js" "$site/"
}

# Builds that page, and the rows natively, in Rust and in Go.
build_rows() {
  build_rows_page
  "$CARGO" build --release --package peers --bin rows
  "$go" build -o "$target/rows-go" tests/peers/rows.go
}

bench_rows() {
  build_rows
  node tests/peers/bench/rows.js "$target/rows" "$target/release/rows" "$target/rows-go" "$@"
}

# Measures programs of tests/guests beside the same programs in Go.
bench_guests() {
  build_rows_page
  "$go" build -o "$target/guests-go" tests/peers/guests.go
  node tests/peers/bench/guests.js "$target/rows" "$target/guests-go" "$@"
}

# Walks through the course in a browser. WebKitGTK's driver needs a display, which xvfb provides.
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
    --against) shift; build_rows; node tests/peers/bench/against.js "$1" "$target/rows" "${@:2}" ;;
    --claims) shift; build; node tests/measure/check-claims.js "$@" ;;
    --goroutines) shift; build_rows; node tests/peers/bench/goroutines.js "$target/rows" "$@" ;;
    --guests) shift; bench_guests "$@" ;;
    --scale) shift; build_rows; node tests/peers/bench/scale.js "$target/rows" "$target/rows-go" "$@" ;;
    --walk) shift; build; walk "$@" ;;
    --guest-memory)
      build
      guest_modules
      node tests/measure/guest-memory.js
      ;;
    --visit-memory | --busy-machine | --single-task | --first-visit | --stop)
      build
      node "tests/measure/${1#--}.js"
      ;;
    *)
      bench_rows "$@"
      build
      node tests/measure/page.js
      "$CARGO" build --quiet --release --package manyhands --example run
      node tests/measure/programs.js "$target/release/examples/run"
      node tests/measure/timeline.js
      node tests/measure/stop.js
      node tests/measure/first-visit.js
      ;;
  esac
}

soak() {
  setup_browser
  build
  node tests/soak/soak.js
}
