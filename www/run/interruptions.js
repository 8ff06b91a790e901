/**
 * Records the interruptions that disturb the times of a run. Browsers slow down hidden pages, or
 * freeze them. While the machine sleeps, nothing runs.
 */

/**
 * `TICK_MS` is the period of the page's timer. If a tick is late by more than `PAUSE_MS`, the page
 * was frozen, or the machine slept.
 */
const TICK_MS = 1000;
const PAUSE_MS = 4000;

export class InterruptionWatch {
  #hidden = document.hidden;
  #pausedMs = 0;
  #tickedAt = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticks;

  constructor() {
    const hide = () => {
      this.#hidden = true;
    };
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) hide();
    });
    document.addEventListener('freeze', hide);
    addEventListener('pagehide', hide);
  }

  /** Begins to watch a run. */
  begin() {
    this.#hidden = document.hidden;
    this.#pausedMs = 0;
    // performance.now() is not used, because in some browsers it stops while the machine sleeps.
    this.#tickedAt = Date.now();
    clearInterval(this.#ticks);
    this.#ticks = setInterval(() => this.#tick(), TICK_MS);
  }

  /**
   * Ends the watch, and returns the interruptions of the run.
   * @returns {import('../common/messages.js').Interruptions}
   */
  end() {
    this.#tick();
    clearInterval(this.#ticks);
    return { hidden: this.#hidden, pausedMs: this.#pausedMs };
  }

  #tick() {
    const now = Date.now();
    const late = now - this.#tickedAt - TICK_MS;
    if (late > PAUSE_MS) this.#pausedMs += late;
    this.#tickedAt = now;
  }
}
