/**
 * From nothing to a host: the module, the pool, the calibration. Each step that
 * can fail says which it was and what helps.
 *
 * @typedef {import('../wasm/manyhands.js').Host} Host
 */

/** A worker that fails to load never answers, so the pool's start has a limit. */
const POOL_WITHIN_MS = 10_000;

/** A step of the start failed; the message is a sentence for the reader. */
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
 * @param {number} processors threads for the pool; without isolation there is none
 * @param {string} faults      the channel on which the pool’s threads tell when they fail
 * @returns {Promise<Host>}
 */
export async function start(processors, faults) {
  const threads = self.crossOriginIsolated ? processors : 0;
  const wasm = await import('../wasm/manyhands.js').catch((error) => {
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
  if (threads > 0) await startPool(wasm.initThreadPool, threads);
  return wasm.open(navigator.hardwareConcurrency || 1, threads, faults);
}

/**
 * @param {(threads: number) => Promise<unknown>} initThreadPool
 * @param {number} threads
 */
async function startPool(initThreadPool, threads) {
  const workers = threads === 1 ? 'The worker for the one processor' : `The workers for the ${threads} processors`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let limit;
  const tooLate = new Promise((_, reject) => {
    const sentence =
      `${workers} did not start within ${POOL_WITHIN_MS / 1000} s. ` +
      "Perhaps a file did not load, or the site’s content security policy has no “worker-src 'self' blob:”.";
    limit = setTimeout(() => reject(new StartError(sentence)), POOL_WITHIN_MS);
  });
  const started = initThreadPool(threads).catch((error) => {
    throw new StartError(`${workers} could not be started.`, error);
  });
  await Promise.race([started, tooLate]).finally(() => clearTimeout(limit));
}
