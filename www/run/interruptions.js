/**
 * Notes what disturbs the times of a run. Browsers slow down hidden pages, or freeze them. While
 * the machine sleeps, nothing runs.
 */

/**
 * The period of the page's timer, and the delay that only a frozen page or a sleeping machine
 * explains.
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
    // Not performance.now(): in some browsers it stands still while the machine sleeps.
    this.#tickedAt = Date.now();
    clearInterval(this.#ticks);
    this.#ticks = setInterval(() => this.#tick(), TICK_MS);
  }

  /**
   * Ends the watch, and returns what disturbed the run.
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
