/**
 * The page's one frame loop: whoever changed something marks it, and one
 * request paints all that is marked. While nothing is marked nothing runs.
 */
export class Frame {
  /** @type {(() => void)[]} */
  #painters = [];
  #asked = false;

  /** @param {() => void} painter   paints what has changed */
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
   * Resolves when all that was marked is painted and the browser has shown it, so that nothing of
   * it is still to be done beside something that is measured. A page that nobody sees gets no
   * frames, and draws nothing either.
   */
  async rest() {
    while ((await nextFrame()) && (await nextFrame()) && this.#asked);
  }

  /** At once, where no frame comes in time: before printing. */
  paint() {
    for (const painter of this.#painters) painter();
  }
}

/** @returns {Promise<boolean>} whether there was one in time */
const nextFrame = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => resolve(true));
    setTimeout(() => resolve(false), 100);
  });
