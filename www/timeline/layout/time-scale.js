/** Converts times to pixels and back. A scale never changes. */
export class TimeScale {
  /**
   * @param {number} startMs
   * @param {number} endMs     after `startMs`
   * @param {number} left      x of `startMs`, in CSS pixels
   * @param {number} width     distance from `startMs` to `endMs`, in CSS pixels
   */
  constructor(startMs, endMs, left, width) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.left = left;
    this.width = width;
    this.pixelsPerMs = width / (endMs - startMs);
    Object.freeze(this);
  }

  /** @param {number} ms */
  x(ms) {
    return this.left + (ms - this.startMs) * this.pixelsPerMs;
  }

  /** @param {number} x */
  ms(x) {
    return this.startMs + (x - this.left) / this.pixelsPerMs;
  }

  /** @param {TimeScale | null} other */
  equals(other) {
    return (
      other !== null &&
      this.startMs === other.startMs &&
      this.endMs === other.endMs &&
      this.left === other.left &&
      this.width === other.width
    );
  }
}
