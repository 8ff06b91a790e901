# shellcheck shell=bash
# Makes dist/, the static site, and serves it. build.sh reads this file.

# Makes dist/ from nothing, so it never has files that are no longer in the source. pack.js compares
# dist/ with the list of files in site-files.js.
build() {
  setup
  say "Building dist/"
  build_wasm
  catalogue
  rm -rf dist
  mkdir -p dist/www
  # A service worker may answer only for its own folder and the folders below, so it is at the top.
  cp index.html www/service-worker.js dist/
  cp www/check.js www/icon.svg dist/www/
  bundle
  copy_modules
  # The small module of the isolated workers.
  node_modules/.bin/wasm-as www/host/counter.wat --output dist/www/host/counter.wasm
  copy_code
  node scripts/pack.js
}

# Writes what the page needs to know about the Rust code before the module has started: the
# programs, and the facts that Rust and JavaScript share. See www/page/catalogue.js and
# crate/src/shared_facts.rs.
catalogue() {
  local name
  for name in catalogue shared_facts; do
    "$CARGO" run --quiet --package manyhands --example "$name" >"tools/$name.json.new"
    mv "tools/$name.json.new" "tools/$name.json"
  done
}

# Copies the files of the page's two modules that a browser loads. Only `check` uses the types that
# wasm-bindgen writes.
copy_modules() {
  copy_module page dist/www/wasm
  copy_module guests dist/www/wasm-guests
  mkdir -p tools/types
  rm -rf tools/types/wasm
  cp -R "$target/bound/guests" tools/types/wasm
}

# Copies the module that was made under the name $1 to the folder $2.
copy_module() {
  local made=$target/bound/$1
  mkdir -p "$2"
  cp "$made/manyhands.js" "$made/manyhands_bg.wasm" "$2/"
  cp -R "$made/snippets" "$2/"
}

# Bundles the entry point of the page, and of each kind of worker, with all its imports into one
# file. Requests for a hundred small files would take longer than all other steps of the start.
# Source maps lead back to the small files.
bundle() {
  node_modules/.bin/esbuild www/main.js www/host/host.js www/host/isolated.js www/host/pool-worker.js \
    www/timeline/drawing/live-worker.js www/style/style.css \
    --bundle --minify --sourcemap --format=esm --target=esnext --external:'../wasm/*' \
    --outbase=www --outdir=dist/www --log-level=warning
}

# Copies the code that the page shows, and the highlighter that colours the code. The page shows the
# programs that it runs, and their twins in Go.
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

# Checks the port before the build, so a port that is in use is reported immediately.
serve() {
  local port=8080
  if [ "${1:-}" = --port ]; then
    port=${2:-}
    { [ $# -eq 2 ] && [[ $port =~ ^[0-9]{1,5}$ ]] && [ "$port" -le 65535 ]; } ||
      die "--port takes a whole number from 0 (any that is free) to 65535, not \"${*:2}\"."
  elif [ $# -gt 0 ]; then
    usage >&2
    die "serve knows --port N, not \"$*\"."
  fi
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    die "Port $port is taken: end what listens there, or name another with --port N."
  fi
  build
  exec node scripts/serve.js "$port"
}
