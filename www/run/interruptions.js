/**
 * Notes what makes the times of a run tell little. Browsers slow down pages that
 * nobody sees, and freeze them. While the machine sleeps, all stands still.
 */

/** The page's timer comes every second. What holds it up for longer than this is no busy page. */
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

  /** A run begins. */
  begin() {
    this.#hidden = document.hidden;
    this.#pausedMs = 0;
    // Not performance.now(): in some browsers it stands still while the machine sleeps.
    this.#tickedAt = Date.now();
    clearInterval(this.#ticks);
    this.#ticks = setInterval(() => this.#tick(), TICK_MS);
  }

  /**
   * The run has ended.
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
