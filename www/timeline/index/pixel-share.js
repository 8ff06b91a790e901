/**
 * The share of each pixel's time that intervals cover. If intervals are shorter than a pixel, or
 * too many to be drawn one by one, this share is what a timeline can show of them truthfully.
 * Adding an interval takes constant time: the pixels that the interval covers completely are stored
 * as one step up and one step down.
 */
export class PixelShare {
  #ends;
  #steps;

  /** @param {number} width   in pixels */
  constructor(width) {
    this.#ends = new Float64Array(width + 1);
    this.#steps = new Float64Array(width + 2);
  }

  /**
   * @param {number} from   pixels from the left edge
   * @param {number} to     not before `from`
   */
  add(from, to) {
    const last = this.#ends.length - 1;
    const start = Math.min(Math.max(from, 0), last);
    const end = Math.min(Math.max(to, start), last);
    const first = Math.floor(start);
    const final = Math.floor(end);
    if (first === final) {
      this.#ends[first] += end - start;
      return;
    }
    this.#ends[first] += first + 1 - start;
    this.#ends[final] += end - final;
    this.#steps[first + 1] += 1;
    this.#steps[final] -= 1;
  }

  /** @returns {PixelShare} a copy: adding to the copy does not change this object */
  copy() {
    const copy = new PixelShare(this.#ends.length - 1);
    copy.#ends.set(this.#ends);
    copy.#steps.set(this.#steps);
    return copy;
  }

  /**
   * @returns {Float64Array} for each pixel: covered time / the pixel's time; above 1 if intervals
   *   overlap
   */
  shares() {
    const shares = new Float64Array(this.#ends.length - 1);
    let inside = 0;
    for (let pixel = 0; pixel < shares.length; pixel++) {
      inside += this.#steps[pixel] ?? 0;
      shares[pixel] = inside + (this.#ends[pixel] ?? 0);
    }
    return shares;
  }
}
