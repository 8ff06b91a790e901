/**
 * A figure that changes in steps, such as the number of tasks in a state or the length of a queue.
 * The integral and the maximum are stored for blocks of 16 steps, for blocks of 16 such blocks, and
 * so on. At any zoom, the mean and the maximum of any period are computed from these blocks.
 */
import { STEPS_PER_YIELD } from '../../common/slices.js';
import { sortedTimes } from './sorted-times.js';

const FAN = 16;

/** @typedef {{size: number, integral: Float64Array, most: Float64Array}} Blocks */

export class Steps {
  /**
   * @param {Float64Array} atMs    start of each step, in order
   * @param {Float64Array} value   value of each step
   * @param {number} endMs         end of the last step
   */
  constructor(atMs, value, endMs) {
    this.atMs = atMs;
    this.value = value;
    this.endMs = endMs;
    /** @type {Blocks[]} */
    this.blocks = [];
  }

  /**
   * @param {Float64Array} atMs
   * @param {Float64Array} value
   * @param {number} endMs
   * @returns {Generator<void, Steps, void>}
   */
  static *of(atMs, value, endMs) {
    const steps = new Steps(atMs, value, endMs);
    const n = atMs.length;
    for (let size = FAN; n > 0; size *= FAN) {
      const length = Math.ceil(n / size);
      const block = { size, integral: new Float64Array(length), most: new Float64Array(length) };
      const below = steps.blocks.at(-1);
      const inner = below ? below.integral.length : n;
      for (let i = 0; i < inner; i++) {
        const b = Math.floor(i / FAN);
        block.integral[b] += below ? below.integral[i] : value[i] * (steps.until(i) - atMs[i]);
        block.most[b] = Math.max(block.most[b], below ? below.most[i] : value[i]);
        if (i % STEPS_PER_YIELD === 0) yield;
      }
      steps.blocks.push(block);
      if (length <= FAN) break;
    }
    return steps;
  }

  /** The highest value, or 0 if there are no steps. */
  get most() {
    return this.blocks.at(-1)?.most.reduce((most, n) => Math.max(most, n), 0) ?? 0;
  }

  /** @param {number} i */
  until(i) {
    return i + 1 < this.atMs.length ? this.atMs[i + 1] : this.endMs;
  }

  /**
   * Returns the index of the step that contains a time, or -1 before the first step.
   * @param {number} ms
   */
  at(ms) {
    let low = 0;
    let high = this.atMs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.atMs[middle] > ms) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** @param {number} ms */
  valueAt(ms) {
    const i = this.at(ms);
    return i < 0 || ms >= this.endMs ? 0 : this.value[i];
  }

  /**
   * Computes the mean and the maximum of the value in each pixel.
   * @param {number} fromMs
   * @param {number} pixelMs
   * @param {Float32Array} mean
   * @param {Float32Array} most
   */
  walk(fromMs, pixelMs, mean, most) {
    mean.fill(0);
    most.fill(0);
    const { atMs, value, blocks } = this;
    const n = atMs.length;
    let i = Math.max(0, this.at(fromMs));
    for (let pixel = 0; pixel < mean.length && i < n; pixel++) {
      const from = fromMs + pixel * pixelMs;
      const to = Math.min(from + pixelMs, this.endMs);
      if (to <= from) break;
      while (i < n && atMs[i] < to) {
        let block = null;
        if (atMs[i] >= from) {
          for (const next of blocks) {
            if (i % next.size !== 0 || i + next.size > n || this.until(i + next.size - 1) > to) break;
            block = next;
          }
        }
        if (block) {
          mean[pixel] += block.integral[i / block.size];
          most[pixel] = Math.max(most[pixel], block.most[i / block.size]);
          i += block.size;
          continue;
        }
        const until = this.until(i);
        mean[pixel] += value[i] * Math.max(0, Math.min(until, to) - Math.max(atMs[i], from));
        most[pixel] = Math.max(most[pixel], value[i]);
        if (until > to) break;
        i++;
      }
      mean[pixel] /= pixelMs;
    }
  }
}

/**
 * Counts how many intervals contain each time. The starts and the ends must be sorted.
 * @param {Float64Array} starts   in order
 * @param {Float64Array} ends     in order, as many as `starts`
 * @param {number} endMs
 * @returns {Generator<void, Steps, void>}
 */
export function* levelsOf(starts, ends, endMs) {
  const atMs = new Float64Array(2 * starts.length);
  const value = new Float64Array(2 * starts.length);
  let [s, e, n, level] = [0, 0, 0, 0];
  while (e < ends.length) {
    const ms = s < starts.length && starts[s] <= ends[e] ? starts[s] : ends[e];
    while (s < starts.length && starts[s] === ms) {
      s++;
      level++;
    }
    while (e < ends.length && ends[e] === ms) {
      e++;
      level--;
    }
    atMs[n] = ms;
    value[n++] = level;
    if ((n & (STEPS_PER_YIELD - 1)) === 0) yield;
  }
  return yield* Steps.of(atMs.slice(0, n), value.slice(0, n), endMs);
}

/**
 * Counts how many intervals contain each time. Unlike in {@link levelsOf}, the starts and the ends
 * may be in any order.
 * @param {Float64Array} starts
 * @param {Float64Array} ends     as many as `starts`
 * @param {number} endMs
 * @returns {Generator<void, Steps, void>}
 */
export function* levelsOfAny(starts, ends, endMs) {
  return yield* levelsOf(yield* sortedTimes(starts, endMs), yield* sortedTimes(ends, endMs), endMs);
}
