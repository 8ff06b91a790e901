/**
 * Rows of intervals, indexed for drawing at any zoom. The intervals are sorted by row. The total
 * times of the states are stored for blocks of 16 intervals, for blocks of 16 such blocks, and so
 * on. At any zoom, a pixel therefore costs some dozens of additions. The total times are 32-bit
 * floats, so the shares of a pixel are right to about seven digits.
 *
 * The intervals of one row don't overlap.
 */
import { NONE, STATES } from '../../common/messages.js';
import { STEPS_PER_YIELD } from '../../common/slices.js';

const RUNNING = STATES.indexOf('running');

/** The number of intervals in the smallest blocks, and of blocks in a block of the next size. */
const FAN = 16;

/**
 * @typedef {object} Rows             columns of equal length; one row's intervals are in time order
 * @property {number} rows            number of rows
 * @property {Uint32Array | Int32Array} row   row of each interval; intervals of a negative row are
 *   ignored
 * @property {Float64Array} startMs
 * @property {Float64Array} endMs
 * @property {Uint8Array} state       into STATES
 * @property {Int32Array} processor   processor that ran the task, or -1
 */

/**
 * The total times and the numbers of turns in each block of intervals, for blocks of one size.
 * @typedef {object} Blocks
 * @property {number} size                 number of intervals in a block
 * @property {Float32Array[]} inState      by state, then block: ms
 * @property {Float32Array[]} onProcessor  by processor, then block: running ms
 * @property {Uint32Array} turns           by block: number of running intervals
 */

/** What a row's pixels show. {@link Tracks.walk} overwrites the object, so it serves many rows. */
export class Shares {
  /**
   * @param {number} width        in pixels
   * @param {number} processors
   */
  constructor(width, processors) {
    this.width = width;
    /** By state: the share of each pixel's time in the state. */
    this.inState = STATES.map(() => new Float32Array(width));
    /** The number of running intervals that begin in each pixel. */
    this.turns = new Uint32Array(width);
    /** For each pixel, the processor with the largest part of the running time. */
    this.owner = new Uint8Array(width);
    this.ms = new Float64Array(Math.max(1, processors));
  }

  clear() {
    for (const share of this.inState) share.fill(0);
    this.turns.fill(0);
    this.owner.fill(0);
  }
}

export class Tracks {
  /**
   * @param {Uint32Array} offset     a row's intervals are offset[row] to offset[row + 1] - 1
   * @param {Uint32Array} order      index of each interval in the columns that `of` was given
   * @param {Float64Array} startMs
   * @param {Float64Array} endMs
   * @param {Uint8Array} state
   */
  constructor(offset, order, startMs, endMs, state) {
    this.offset = offset;
    this.order = order;
    this.startMs = startMs;
    this.endMs = endMs;
    this.state = state;
    /** The processor that runs each interval's task, or NONE. */
    this.processor = new Uint8Array(order.length).fill(NONE);
    this.processors = 0;
    /** @type {Blocks[]} from small blocks to large ones */
    this.blocks = [];
  }

  get rows() {
    return this.offset.length - 1;
  }

  /**
   * Sorts intervals into their rows.
   * @param {Rows} from
   * @returns {Generator<void, Tracks, void>}
   */
  static *of({ rows, row, startMs, endMs, state, processor }) {
    const offset = new Uint32Array(rows + 1);
    for (let i = 0; i < row.length; i++) {
      if (row[i] >= 0) offset[row[i] + 1]++;
      if (i % STEPS_PER_YIELD === 0) yield;
    }
    for (let r = 0; r < rows; r++) offset[r + 1] += offset[r];
    const next = offset.slice();
    const n = offset[rows];
    const tracks = new Tracks(offset, new Uint32Array(n), new Float64Array(n), new Float64Array(n), new Uint8Array(n));
    for (let i = 0; i < row.length; i++) {
      if (i % STEPS_PER_YIELD === 0) yield;
      if (row[i] < 0) continue;
      const at = next[row[i]]++;
      tracks.order[at] = i;
      tracks.startMs[at] = startMs[i];
      tracks.endMs[at] = endMs[i];
      tracks.state[at] = state[i];
      tracks.processor[at] = processor[i] < 0 ? NONE : processor[i];
    }
    return tracks;
  }

  /**
   * Computes the total times and the numbers of turns of all blocks.
   * @param {number} processors
   * @returns {Generator<void, void, void>}
   */
  *sum(processors) {
    this.processors = processors;
    const n = this.order.length;
    const first = blocksOf(Math.ceil(n / FAN), FAN, processors);
    for (let i = 0; i < n; i++) {
      const block = Math.floor(i / FAN);
      const ms = this.endMs[i] - this.startMs[i];
      first.inState[this.state[i]][block] += ms;
      if (this.state[i] === RUNNING) {
        first.turns[block]++;
        if (this.processor[i] < processors) first.onProcessor[this.processor[i]][block] += ms;
      }
      if (i % STEPS_PER_YIELD === 0) yield;
    }
    this.blocks = [first];
    for (let below = first; below.turns.length > FAN; ) {
      const above = blocksOf(Math.ceil(below.turns.length / FAN), below.size * FAN, processors);
      for (let i = 0; i < below.turns.length; i++) {
        const block = Math.floor(i / FAN);
        above.turns[block] += below.turns[i];
        for (let s = 0; s < STATES.length; s++) above.inState[s][block] += below.inState[s][i];
        for (let p = 0; p < processors; p++) above.onProcessor[p][block] += below.onProcessor[p][i];
        if (i % STEPS_PER_YIELD === 0) yield;
      }
      this.blocks.push(above);
      below = above;
    }
  }

  /**
   * Returns the row's interval at a time, or -1. If one interval ends and another starts at that
   * time, returns the interval that starts.
   * @param {number} row
   * @param {number} ms
   */
  at(row, ms) {
    const i = this.after(row, ms);
    return i < this.offset[row + 1] && this.startMs[i] <= ms ? i : -1;
  }

  /**
   * Returns the row's first interval that ends after a time. If there is none, returns
   * `offset[row + 1]`.
   * @param {number} row
   * @param {number} ms
   */
  after(row, ms) {
    let low = this.offset[row];
    let high = this.offset[row + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.endMs[middle] > ms) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * Computes the shares of a row's pixels. Intervals that last at least `wideMs` do not count.
   * They are passed to `wide`, because each of them is drawn as a mark of its own.
   * @param {number} row
   * @param {number} fromMs      time of the first pixel's left edge
   * @param {number} pixelMs     duration of a pixel
   * @param {number} wideMs      more than `pixelMs`
   * @param {Shares} shares      is overwritten
   * @param {(interval: number) => void} wide
   */
  walk(row, fromMs, pixelMs, wideMs, shares, wide) {
    shares.clear();
    const { startMs, endMs, state, processor } = this;
    const last = this.offset[row + 1];
    let i = this.after(row, fromMs);
    let told = -1;
    for (let pixel = 0; pixel < shares.width && i < last; pixel++) {
      const from = fromMs + pixel * pixelMs;
      const to = from + pixelMs;
      // No interval is in this pixel: skip to the next interval.
      if (startMs[i] >= to) {
        pixel = Math.max(pixel, Math.floor((startMs[i] - fromMs) / pixelMs) - 2);
        continue;
      }
      let any = false;
      shares.ms.fill(0);
      while (i < last && startMs[i] < to) {
        const block = startMs[i] >= from ? this.#blockAt(i, last, to) : null;
        if (block) {
          const b = i / block.size;
          for (let s = 0; s < STATES.length; s++) shares.inState[s][pixel] += block.inState[s][b];
          for (let p = 0; p < this.processors; p++) shares.ms[p] += block.onProcessor[p][b];
          shares.turns[pixel] += block.turns[b];
          any = true;
          i += block.size;
          continue;
        }
        const start = startMs[i];
        const end = endMs[i];
        if (end - start >= wideMs) {
          if (told !== i) wide(i);
          told = i;
          if (end > to) break;
        } else {
          const ms = Math.min(end, to) - Math.max(start, from);
          shares.inState[state[i]][pixel] += ms;
          if (state[i] === RUNNING) {
            if (start >= from) shares.turns[pixel]++;
            if (processor[i] !== NONE) shares.ms[processor[i]] += ms;
          }
          any = true;
          if (end > to) break;
        }
        i++;
      }
      if (any) {
        for (const share of shares.inState) share[pixel] /= pixelMs;
        shares.owner[pixel] = most(shares.ms);
      }
      // A wide interval adds nothing to the pixels inside it: skip them.
      if (i === told && endMs[i] > to) pixel = Math.max(pixel, Math.floor((endMs[i] - fromMs) / pixelMs) - 2);
    }
  }

  /**
   * Returns the largest block that begins at interval `i`, lies within the row and ends by `to`.
   * @param {number} i
   * @param {number} last   end of the row's intervals
   * @param {number} to     in ms
   */
  #blockAt(i, last, to) {
    let found = null;
    for (const block of this.blocks) {
      if (i % block.size !== 0 || i + block.size > last || this.endMs[i + block.size - 1] > to) break;
      found = block;
    }
    return found;
  }
}

/**
 * @param {number} blocks
 * @param {number} size
 * @param {number} processors
 * @returns {Blocks}
 */
const blocksOf = (blocks, size, processors) => ({
  size,
  inState: STATES.map(() => new Float32Array(blocks)),
  onProcessor: Array.from({ length: processors }, () => new Float32Array(blocks)),
  turns: new Uint32Array(blocks),
});

/** @param {Float64Array} figures */
function most(figures) {
  let place = 0;
  for (let i = 1; i < figures.length; i++) if (figures[i] > figures[place]) place = i;
  return place;
}
