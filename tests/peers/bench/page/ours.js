// Our runtime, compiled to wasm, on a pool of threads.

import { newGuestMemory, startWorkers } from './pool.js';
import init, { blocked, initThreadPool, rows, runGoroutines, runGuest, runRow } from './rows/peers.js';

const questions = {
  /** @param {{threads: number}} question */
  async open({ threads }) {
    await init();
    globalThis.guestMemory = newGuestMemory();
    await startWorkers(initThreadPool, threads, globalThis.guestMemory);
  },
  rows: () => JSON.parse(rows()),
  /** Returns the nanoseconds for each operation. */
  row: ({ row, operations, processors, traced }) => runRow(row, operations, processors, traced),
  /** Does the same for goroutines of a guest. */
  goroutines: ({ row, operations, processors, traced }) => runGoroutines(row, operations, processors, traced),
  /** Returns the nanoseconds that a program of tests/guests takes. */
  guest: ({ program, work, goroutines, processors }) => runGuest(program, work, goroutines, processors),
  /** Returns the memory of each task in bytes, while `tasks` tasks are blocked at once. */
  blocked: ({ tasks, traced }) => blocked(tasks, traced),
};

self.onmessage = async ({ data }) => {
  try {
    postMessage({ answer: await questions[data.ask](data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
