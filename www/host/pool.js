/**
 * Starts the pool so that each of its workers gets the memory of guests. A worker of the pool never
 * returns to its event loop, so the memory has to come with the first message. wasm-bindgen-rayon
 * posts that message, and has no place in it for anything else.
 *
 * @typedef {object} Memories   what a worker gets instead of the module's memory alone
 * @property {WebAssembly.Memory} memory
 * @property {WebAssembly.Memory} guestMemory
 * @property {string} mainJS    the URL of the script that loads the module
 */

/** The size of the memory of guests, in pages of 64 KiB: 16 MiB of addresses. */
const GUEST_PAGES = 256;

/** The script of pool-worker.js, which stands beside this one. */
const POOL_WORKER = new URL('pool-worker.js', import.meta.url).href;

/** Makes the memory of guests. Throws a RangeError if the browser has no room for it. */
export const newGuestMemory = () =>
  new WebAssembly.Memory({ initial: GUEST_PAGES, maximum: GUEST_PAGES, shared: true });

/**
 * Calls wasm-bindgen-rayon's `initThreadPool`.
 * @param {(threads: number) => Promise<unknown>} initThreadPool
 * @param {number} threads
 * @param {WebAssembly.Memory} guestMemory
 */
export async function startWorkers(initThreadPool, threads, guestMemory) {
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    /** @param {{memory: WebAssembly.Memory, mainJS: string}} message */
    postMessage(message) {
      const { memory, mainJS } = message;
      super.postMessage({ ...message, memory: { memory, guestMemory, mainJS }, mainJS: POOL_WORKER });
    }
  };
  try {
    await initThreadPool(threads);
  } finally {
    globalThis.Worker = Worker;
  }
}
