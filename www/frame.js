/**
 * The page's one frame loop: whoever changed something marks it, and one
 * request paints all that is marked. While nothing is marked nothing runs.
 */
export class Frame {
  /** @type {(() => boolean)[]} */
  #painters = [];
  #asked = false;

  /** @param {() => boolean} painter   paints what has changed; true when it has more to do in the next frame */
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
    while (await nextFrame() && await nextFrame() && this.#asked);
  }

  /** At once, where no frame comes in time: before printing. */
  paint() {
    let more = false;
    for (const painter of this.#painters) more = painter() || more;
    if (more) this.mark();
  }
}

/** @returns {Promise<boolean>} whether there was one in time */
const nextFrame = () => new Promise((resolve) => {
  requestAnimationFrame(() => resolve(true));
  setTimeout(() => resolve(false), 100);
});
