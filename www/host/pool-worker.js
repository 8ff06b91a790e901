/**
 * What a worker of the pool loads. wasm-bindgen-rayon's script for workers imports this file, and
 * passes on what the host has posted (pool.js).
 */

/** @type {{wbg_rayon_start_worker: (receiver: number) => void}} */
let wasm;

/**
 * Loads the module.
 * @param {WebAssembly.Module} module
 * @param {import('./pool.js').Memories} memories
 */
export default async function load(module, { memory, guestMemory, mainJS }) {
  globalThis.guestMemory = guestMemory;
  const loaded = await import(mainJS);
  await loaded.default({ module_or_path: module, memory });
  wasm = loaded;
}

/** @param {number} receiver */
export const wbg_rayon_start_worker = (receiver) => wasm.wbg_rayon_start_worker(receiver);
