/**
 * Starts a host: loads the module, starts the pool and opens the host. Opening the host measures
 * the machine. An error says which of these steps failed and what the reader can do.
 *
 * @typedef {import('../wasm/manyhands.js').Host} Host
 */
import { newGuestMemory, startWorkers } from './pool.js';

/** The module that executes guests, and has everything that the other module has. */
const WITH_GUESTS = '../wasm-guests/manyhands.js';

/** The error of a failed step of the start. The page shows its message to the reader. */
class StartError extends Error {
  /**
   * @param {string} sentence
   * @param {unknown} [cause]
   */
  constructor(sentence, cause) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    super(sentence + detail);
    this.name = 'StartError';
  }
}

/**
 * @param {number} processors     threads for the pool; without isolation there is no pool
 * @param {boolean} guests         whether the host has to execute guests
 * @param {number} poolWithinMs   the limit for the pool's start
 * @param {string} faults         the channel on which the pool’s threads report that they failed
 * @returns {Promise<Host>}
 */
export async function start(processors, guests, poolWithinMs, faults) {
  const threads = self.crossOriginIsolated ? processors : 0;
  /** @type {Promise<typeof import('../wasm/manyhands.js')>} */
  const loading = guests ? import(WITH_GUESTS) : import('../wasm/manyhands.js');
  const wasm = await loading.catch((error) => {
    throw new StartError(
      'A file of this page did not load. Reload the page. If that does not help, the site may not be complete.',
      error,
    );
  });
  await wasm.default().catch((error) => {
    throw new StartError(
      'This browser cannot run the programs of this page. ' +
        'Chrome and Edge 137, Firefox 131, Safari 18.4 and later versions can.',
      error,
    );
  });
  if (guests) {
    try {
      globalThis.guestMemory = newGuestMemory();
    } catch (error) {
      throw new StartError('There is not enough memory for this program. Close other pages.', error);
    }
  }
  const startThreads = guests
    ? (/** @type {number} */ count) => startWorkers(wasm.initThreadPool, count, globalThis.guestMemory)
    : wasm.initThreadPool;
  if (threads > 0) await startPool(startThreads, threads, poolWithinMs);
  return wasm.open(navigator.hardwareConcurrency || 1, threads, faults);
}

/**
 * Starts the pool within a limit of time. The limit is needed because a worker that fails to load
 * never answers.
 * @param {(threads: number) => Promise<unknown>} startThreads
 * @param {number} threads
 * @param {number} withinMs
 */
async function startPool(startThreads, threads, withinMs) {
  const workers = threads === 1 ? 'The worker for the one processor' : `The workers for the ${threads} processors`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let limit;
  const tooLate = new Promise((_, reject) => {
    const sentence =
      `${workers} did not start within ${withinMs / 1000} s. ` +
      "Perhaps a file did not load, or the site’s content security policy has no “worker-src 'self' blob:”.";
    limit = setTimeout(() => reject(new StartError(sentence)), withinMs);
  });
  const started = startThreads(threads).catch((error) => {
    throw new StartError(`${workers} could not be started.`, error);
  });
  await Promise.race([started, tooLate]).finally(() => clearTimeout(limit));
}
