/** The part of the time axis that is in view. A viewport never changes. */

/**
 * The highest zoom: the length of the whole axis / the length in view. At a higher zoom, one step
 * of the clock would fill the view.
 */
const MOST_ZOOM = 1e6;

export class Viewport {
  /**
   * @param {number} startMs
   * @param {number} endMs
   * @param {number} wholeMs   end of the axis, which begins at 0
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
   * Returns a viewport with another zoom, in which the time `ms` has the same place on the screen.
   * @param {number} ms
   * @param {number} factor   above 1: zoom in
   */
  zoom(ms, factor) {
    const length = Math.min(Math.max(this.lengthMs / factor, this.wholeMs / MOST_ZOOM), this.wholeMs);
    const share = (ms - this.startMs) / this.lengthMs;
    const start = ms - share * length;
    return new Viewport(start, start + length, this.wholeMs);
  }

  /** @param {number} ms   distance to move: above 0 later, below 0 earlier */
  pan(ms) {
    return new Viewport(this.startMs + ms, this.endMs + ms, this.wholeMs);
  }

  /**
   * Returns a viewport that shows a period with some room before and after the period.
   * @param {number} startMs
   * @param {number} endMs
   */
  show(startMs, endMs) {
    const room = Math.max((endMs - startMs) / 4, this.wholeMs / MOST_ZOOM / 4);
    return new Viewport(startMs - room, endMs + room, this.wholeMs);
  }

  /**
   * Returns the viewport of the same period on a longer or shorter axis.
   * @param {number} wholeMs
   */
  onAxis(wholeMs) {
    return wholeMs === this.wholeMs ? this : new Viewport(this.startMs, this.endMs, wholeMs);
  }
}
