/** An isolated worker, seen from the host that starts it. */
export class IsolatedWorker {
  #worker;
  #signal;

  /**
   * Starts the worker. Runs in the host; both scripts lie in the same folder.
   * @param {number} limitMs
   * @param {AbortSignal} stop
   */
  constructor(limitMs, stop) {
    this.#worker = new Worker(new URL('isolated.js', self.location.href), { type: 'module', name: 'isolated' });
    this.#signal = AbortSignal.any([stop, AbortSignal.timeout(limitMs)]);
  }

  /** A promise of the worker's next message. It rejects if the worker fails or is aborted. */
  #next() {
    return new Promise((resolve, reject) => {
      if (this.#signal.aborted) reject(this.#signal.reason);
      this.#signal.addEventListener('abort', () => reject(this.#signal.reason), { once: true });
      this.#worker.onmessage = ({ data }) => resolve(data);
      this.#worker.onerror = (event) => reject(new Error(event.message || 'it did not load'));
    });
  }

  ready() {
    return this.#next();
  }

  /** @param {Uint8Array} payload moved to the worker, without a copy */
  handOver(payload) {
    this.#worker.postMessage(payload, [payload.buffer]);
    return this.#next();
  }

  /** @param {number} times */
  count(times) {
    this.#worker.postMessage(times);
    return this.#next();
  }

  end() {
    this.#worker.terminate();
  }
}
