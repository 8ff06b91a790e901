/**
 * Long work in slices, so that the page answers in between. The work is a
 * generator that yields wherever it could pause.
 */

/** How many steps of an inner loop lie between two places to pause: some tenths of a millisecond. */
export const STRETCH = 1 << 14;

/** How long a slice may take. A frame has room for it beside its own work. */
const SLICE_MS = 8;

/**
 * @template T
 * @param {Generator<unknown, T, unknown>} work
 * @param {() => boolean} [wanted]   asked between slices; when it says no, the work is dropped
 * @returns {Promise<T | null>} null: dropped
 */
export async function inSlices(work, wanted = () => true) {
  for (;;) {
    const deadline = performance.now() + SLICE_MS;
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < deadline);
    await pause();
    if (!wanted()) return null;
  }
}

/**
 * The whole work at once, where nobody waits for an answer meanwhile.
 * @template T
 * @param {Generator<unknown, T, unknown>} work
 * @returns {T}
 */
export function atOnce(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** One turn of the event loop. A message is quicker than a timer, which browsers hold back for 4 ms. */
const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
