/** The part of the time axis that is looked at: a value that never changes. */

/** So many times as long as what is looked at is the whole, at most: beyond, a clock's step fills the view. */
const MOST_ZOOM = 1e6;

export class Viewport {
  /**
   * @param {number} startMs
   * @param {number} endMs
   * @param {number} wholeMs   the axis goes from 0 to here
   */
  constructor(startMs, endMs, wholeMs) {
    const length = Math.min(Math.max(endMs - startMs, wholeMs / MOST_ZOOM), wholeMs);
    this.startMs = Math.min(Math.max(startMs, 0), wholeMs - length);
    this.endMs = this.startMs + length;
    this.wholeMs = wholeMs;
    Object.freeze(this);
  }

  get lengthMs() {
    return this.endMs - this.startMs;
  }

  /** Whether all of the axis is in view. */
  get whole() {
    return this.lengthMs >= this.wholeMs * (1 - 1e-9);
  }

  /**
   * What lies at a time stays where it is.
   * @param {number} ms
   * @param {number} factor   above 1: nearer
   */
  zoom(ms, factor) {
    const length = Math.min(Math.max(this.lengthMs / factor, this.wholeMs / MOST_ZOOM), this.wholeMs);
    const share = (ms - this.startMs) / this.lengthMs;
    const start = ms - share * length;
    return new Viewport(start, start + length, this.wholeMs);
  }

  /** @param {number} ms   later, or earlier below 0 */
  pan(ms) {
    return new Viewport(this.startMs + ms, this.endMs + ms, this.wholeMs);
  }

  /**
   * A stretch, with some room around it.
   * @param {number} startMs
   * @param {number} endMs
   */
  show(startMs, endMs) {
    const room = Math.max((endMs - startMs) / 4, this.wholeMs / MOST_ZOOM / 4);
    return new Viewport(startMs - room, endMs + room, this.wholeMs);
  }

  /**
   * The same stretch of a longer or shorter axis.
   * @param {number} wholeMs
   */
  on(wholeMs) {
    return wholeMs === this.wholeMs ? this : new Viewport(this.startMs, this.endMs, wholeMs);
  }
}
