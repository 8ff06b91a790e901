// Our runtime, compiled to wasm, on a pool of threads. The module comes with the first question.

import { newGuestMemory, startWorkers } from './pool.js';

/** @type {any} the module's exports */
let module;

const questions = {
  /** @param {{folder: 'rows' | 'rows-guests', threads: number}} question */
  async open({ folder, threads }) {
    module = await import(`./${folder}/peers.js`);
    await module.default();
    globalThis.guestMemory = newGuestMemory();
    await startWorkers(module.initThreadPool, threads, globalThis.guestMemory);
  },
  rows: () => JSON.parse(module.rows()),
  /** Returns the nanoseconds for each operation. */
  row: ({ row, operations, processors, traced }) => module.runRow(row, operations, processors, traced),
  /** Does the same for goroutines of a guest. */
  goroutines: ({ row, operations, processors, traced }) => module.runGoroutines(row, operations, processors, traced),
  /** Returns the nanoseconds that a program of tests/guests takes. */
  guest: ({ program, work, goroutines, processors }) => module.runGuest(program, work, goroutines, processors),
  /** Returns the memory of each task in bytes, while `tasks` tasks are blocked at once. */
  blocked: ({ tasks, traced }) => module.blocked(tasks, traced),
};

self.onmessage = async ({ data }) => {
  try {
    postMessage({ answer: await questions[data.ask](data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
