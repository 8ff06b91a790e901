// Go's runtime, compiled to wasm by Go. Each message runs the program of rows.go from its start.
// The module is compiled only once.

/** @type {any} a worker's globals, and Go, which the script below adds to them */
const worker = self;
worker.importScripts('wasm_exec.js');

const compiled = WebAssembly.compileStreaming(fetch('rows.wasm'));

/** @type {string[]} */
let lines = [];
// The Go program prints its lines through this function.
console.log = (line) => lines.push(line);

self.onmessage = async ({ data }) => {
  try {
    lines = [];
    const go = new worker.Go();
    go.argv = ['rows', ...data.args];
    await go.run(await WebAssembly.instantiate(await compiled, go.importObject));
    postMessage({ answer: lines });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
