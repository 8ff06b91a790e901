// Our runtime, compiled to wasm, on a pool of threads.

import init, { blocked, initThreadPool, rows, runRow } from './rows/peers.js';

const questions = {
  /** @param {{threads: number}} question */
  async open({ threads }) {
    await init();
    await initThreadPool(threads);
  },
  rows: () => JSON.parse(rows()),
  /** Returns the nanoseconds for each operation. */
  row: ({ row, operations, processors, traced }) => runRow(row, operations, processors, traced),
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
