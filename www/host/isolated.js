/**
 * A worker that shares nothing: it has its own WebAssembly instance and its own memory. The worker
 * sends a message when it is ready. It answers bytes with their number. It answers a number n by
 * adding 1 to its counter n times, and returns the counter.
 */
const response = await fetch(new URL('counter.wasm', import.meta.url));
const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());
const count = /** @type {(times: bigint) => bigint} */ (instance.exports.count);

self.onmessage = ({ data }) => {
  self.postMessage(data instanceof Uint8Array ? data.length : Number(count(BigInt(data))));
};
self.postMessage('ready');
