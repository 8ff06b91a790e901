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
#   ./build.sh bench --against ROWS   the runtime alone: against the rows of another checkout, its
#                                   target/rows after bench --rows; --rounds N
#   ./build.sh bench --goroutines   the runtime alone: goroutines of a guest beside futures; --rounds N
#   ./build.sh bench --guests       the speed-up of guests on two processors beside Go's; --rounds N
#   ./build.sh bench --scale        the runtime alone: up to a million tasks, up to 64 processors
#   ./build.sh bench --guest-memory what the page holds while it runs a thousand guests
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

source scripts/setup.sh
source scripts/module.sh
source scripts/site.sh
source scripts/test.sh
source scripts/measure.sh

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
