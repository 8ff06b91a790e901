/**
 * A worker that shares nothing: a WebAssembly instance and a memory of its own.
 * It says when it is ready. A payload is answered by its length, which it has
 * then arrived with, and a number of additions by what the counter has come to.
 */
const response = await fetch(new URL('counter.wasm', import.meta.url));
const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());
const count = /** @type {(times: bigint) => bigint} */ (instance.exports.count);

self.onmessage = ({ data }) => {
  self.postMessage(data instanceof Uint8Array ? data.length : Number(count(BigInt(data))));
};
self.postMessage('ready');
