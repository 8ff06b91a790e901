/**
 * Does long work in slices. Between two slices, the page handles events. The work is a generator
 * that yields at every point at which it can pause.
 */

/** The number of steps of an inner loop between two yields: some tenths of a millisecond. */
export const STEPS_PER_YIELD = 1 << 14;

/** The longest time of a slice. A frame has room for a slice and the page's own work. */
const SLICE_MS = 8;

/**
 * @template T
 * @param {Generator<unknown, T, unknown>} work
 * @param {() => boolean} [wanted]   is called between slices; if false, the work is dropped
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
 * Does the whole work without a pause. During the work, the page handles no events.
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

/** Lets the event loop run once. It uses a message, because browsers delay a timer by 4 ms. */
const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
