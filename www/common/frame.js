/**
 * The page's only frame loop. A part that has changed calls {@link Frame.mark}, and one request
 * for a frame then calls all painters. While nothing is marked, nothing runs.
 */
export class Frame {
  /** @type {(() => void)[]} */
  #painters = [];
  #asked = false;

  /** @param {() => void} painter   paints what has changed in its part */
  add(painter) {
    this.#painters.push(painter);
  }

  mark() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.paint();
    });
  }

  /**
   * Resolves when all marked parts are painted and the browser has shown them. After that, no
   * drawing can disturb a measurement. A hidden page gets no frames and draws nothing, so the
   * promise resolves after 100 ms.
   */
  async whenDrawn() {
    while ((await nextFrame()) && (await nextFrame()) && this.#asked);
  }

  /** Paints at once. Printing needs this method, because the browser prints without a frame. */
  paint() {
    for (const painter of this.#painters) painter();
  }
}

/** @returns {Promise<boolean>} whether a frame came within 100 ms */
const nextFrame = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => resolve(true));
    setTimeout(() => resolve(false), 100);
  });
