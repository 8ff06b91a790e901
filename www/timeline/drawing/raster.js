/**
 * A pixel buffer for intervals that are too dense to be drawn one by one. Drawing thousands of
 * shares costs only as much as filling an array. Units are device pixels.
 *
 * @typedef {import('../index/tracks.js').Shares} Shares
 * @typedef {import('./palette.js').Palette} Palette
 */
import { STATES } from '../../common/messages.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');
const BLOCKED = STATES.indexOf('blocked');

/** The least height of a share that is not zero. A smaller share could not be seen. */
const LEAST = 2;

/**
 * The limit for enlarging a group's running bands. All bands together have a height of at least
 * LEAST for each processor, or of MOST_SEEN if that is less. A higher limit would suggest that more
 * tasks of the group are running than really are.
 */
const MOST_SEEN = 4 * LEAST;

/**
 * @typedef {object} Colours   numbers, as {@link packed} returns them
 * @property {Uint32Array} processors
 * @property {number} ready
 * @property {number} blocked
 * @property {number} waits       for tasks blocked at a channel
 * @property {number[]} states    for stacks, by state
 */

/**
 * The number of a group's tasks in each state, by pixel.
 * @typedef {object} GroupPixels
 * @property {ArrayLike<number>[]} running   by processor; processors that ran none of the tasks
 *   may be missing
 * @property {ArrayLike<number>} [ready]
 * @property {ArrayLike<number>} [blocked]
 */

export class Raster {
  /**
   * @param {number} width
   * @param {number} height
   * @param {Uint32Array} [pixels]   row after row
   */
  constructor(width, height, pixels = new Uint32Array(width * height)) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /**
   * Fills a part of one column.
   * @param {number} x
   * @param {number} top
   * @param {number} height
   * @param {number} colour
   */
  column(x, top, height, colour) {
    const from = Math.max(0, Math.round(top));
    const to = Math.min(this.height, Math.round(top + height));
    for (let at = from * this.width + x, end = to * this.width + x; at < end; at += this.width)
      this.pixels[at] = colour;
  }

  /**
   * Draws one row from its shares. The filled part of the height is the share of the time in which
   * the task ran. The light part is the share in which the task was ready. A pixel in which exactly
   * one turn begins is filled over the whole height.
   * @param {Shares} shares
   * @param {number} top
   * @param {number} height
   * @param {Colours} colours
   * @param {number} [from]   first column to draw
   * @param {number} [to]     first column not to draw
   */
  row(shares, top, height, colours, from = 0, to = shares.width) {
    const middle = top + height / 2;
    const thin = Math.max(1, Math.round(height / 16));
    for (let x = from; x < to; x++) {
      const running = shares.inState[RUNNING][x];
      const ready = shares.inState[READY][x];
      const blocked = shares.inState[BLOCKED][x];
      const turns = shares.turns[x];
      if (turns === 0 && running + ready + blocked === 0) continue;
      const filled =
        turns === 1 ? height : turns > 0 || running > 0 ? Math.max(LEAST, Math.min(1, running) * height) : 0;
      const light = Math.min(Math.min(1, ready) * height, height - filled);
      if (blocked > 0) this.column(x, middle - thin / 2, thin, colours.blocked);
      if (light > 0) this.column(x, middle - (filled + light) / 2, filled + light, colours.ready);
      if (filled > 0) this.column(x, middle - filled / 2, filled, hue(colours, shares.owner[x]));
    }
  }

  /**
   * Draws a processor's row in the strip. The height is the share of the time in which the
   * processor was inside tasks. A pixel in which exactly one turn begins is filled over the whole
   * height.
   * @param {Shares} shares
   * @param {number} top
   * @param {number} height
   * @param {number} processor
   * @param {Colours} colours
   * @param {number} [from]   first column to draw
   * @param {number} [to]     first column not to draw
   */
  strip(shares, top, height, processor, colours, from = 0, to = shares.width) {
    for (let x = from; x < to; x++) {
      const share = shares.inState[RUNNING][x];
      if (share === 0 && shares.turns[x] === 0) continue;
      const filled = shares.turns[x] === 1 ? height : Math.max(Math.min(LEAST, height), Math.min(1, share) * height);
      this.column(x, top + height - filled, filled, hue(colours, processor));
    }
  }

  /**
   * Draws levels one above the other, from the bottom.
   * @param {ArrayLike<number>[]} levels
   * @param {number} bottom
   * @param {number} unit       height of a level of one
   * @param {number[]} colours
   * @param {number} [to]       first column not to draw
   */
  stack(levels, bottom, unit, colours, to = this.width) {
    for (let x = 0; x < to; x++) {
      let y = bottom;
      for (let i = 0; i < levels.length; i++) {
        const height = levels[i][x] * unit;
        if (height <= 0) continue;
        this.column(x, y - height, height, colours[i]);
        y -= height;
      }
    }
  }

  /**
   * Draws a row that shows a group as a whole: how many of its tasks are running, ready and
   * blocked, one above the other. Running tasks have the colours of their processors. If a state
   * has any tasks, its band is at least LEAST high. The highest band loses the height that this
   * adds.
   * @param {GroupPixels} pixels
   * @param {number} top
   * @param {number} height
   * @param {number} full      number of tasks that fill the height
   * @param {Colours} colours
   * @param {number} [to]      first column not to draw
   */
  group({ running, ready, blocked }, top, height, full, colours, to = this.width) {
    const unit = height / Math.max(1, full);
    const others = [ready, blocked];
    const heights = new Float64Array(1 + others.length);
    /** @type {number[]} processors that ran some of the tasks */
    const processors = [];
    running.forEach((_, processor) => processors.push(processor));
    for (let x = 0; x < to; x++) {
      let level = 0;
      let inside = 0;
      for (const processor of processors) {
        const share = running[processor][x];
        if (share > 0) inside++;
        level += share;
      }
      heights[0] = seen(level * unit, Math.min(inside * LEAST, MOST_SEEN));
      let over = heights[0] - level * unit;
      let most = 0;
      for (let i = 0; i < others.length; i++) {
        const exact = Math.max(0, others[i]?.[x] ?? 0) * unit;
        heights[i + 1] = seen(exact, LEAST);
        over += heights[i + 1] - exact;
        if (heights[i + 1] > heights[most]) most = i + 1;
      }
      heights[most] = Math.max(0, heights[most] - over);
      let y = top + height;
      for (let i = 0; inside > 0; i++) {
        const share = running[processors[i]][x];
        if (share <= 0) continue;
        inside--;
        const part = (heights[0] * share) / level;
        this.column(x, y - part, part, hue(colours, processors[i]));
        y -= part;
      }
      for (let i = 0; i < others.length; i++) {
        if (heights[i + 1] > 0) this.column(x, y - heights[i + 1], heights[i + 1], colours.states[i + 1]);
        y -= heights[i + 1];
      }
    }
  }

  /**
   * @param {number} top
   * @param {number} height
   * @param {number} from   first column to clear
   * @param {number} to     first column not to clear
   */
  clean(top, height, from, to) {
    const last = Math.min(this.height, Math.round(top + height));
    for (let y = Math.max(0, Math.round(top)); y < last; y++)
      this.pixels.fill(0, y * this.width + from, y * this.width + to);
  }
}

/**
 * @param {number} height
 * @param {number} least
 */
const seen = (height, least) => (height > 1e-9 ? Math.max(least, height) : 0);

/**
 * Converts a palette to numbers.
 * @param {Palette} palette
 * @returns {Colours}
 */
export const coloursOf = (palette) => ({
  processors: Uint32Array.from(palette.processors, ({ fill }) => packed(fill)),
  ready: packed(palette.share.ready),
  blocked: packed(palette.blocked),
  waits: packed(palette.cursor),
  states: STATES.map((state) => packed(palette.share[state])),
});

/**
 * @param {Colours} colours
 * @param {number} processor
 */
const hue = ({ processors }, processor) => processors[processor % processors.length];

/** Whether the machine is little-endian, as all machines that run browsers are today. */
const LITTLE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * Converts a colour to a number with the byte order of a canvas's pixels.
 * @param {string} css   "rgb(1, 2, 3)"
 */
export function packed(css) {
  const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return (LITTLE ? 0xff000000 | (b << 16) | (g << 8) | r : (r << 24) | (g << 16) | (b << 8) | 0xff) >>> 0;
}
