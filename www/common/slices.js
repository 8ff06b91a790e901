/**
 * Does long work in slices, so that the page answers between two slices. The work is a generator
 * that yields wherever it can pause.
 */

/** The steps of an inner loop between two yields. They take some tenths of a millisecond. */
export const STEPS_PER_YIELD = 1 << 14;

/** The limit of a slice. A frame has room for this time beside its own work. */
const SLICE_MS = 8;

/**
 * @template T
 * @param {Generator<unknown, T, unknown>} work
 * @param {() => boolean} [wanted]   is called between slices; false drops the work
 * @returns {Promise<T | null>} null: the work was dropped
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
 * Does the whole work without a pause. The page does not answer meanwhile.
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

/** Lets the event loop run once. Browsers delay a timer by 4 ms, so this uses a message. */
const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
