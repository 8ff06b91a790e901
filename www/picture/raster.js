/**
 * Dense stretches, pixel by pixel, in a plain buffer: thousands of shares cost
 * as much as filling an array. Units are device pixels.
 *
 * @typedef {import('./tracks.js').Shares} Shares
 * @typedef {import('../view/palette.js').Palette} Palette
 */
import { STATES } from '../messages.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');
const BLOCKED = STATES.indexOf('blocked');

/** As little as this of a height is drawn for a share above none: less can't be seen. */
const LEAST = 2;

/**
 * @typedef {object} Colours   as {@link packed} gives them
 * @property {Uint32Array} processors
 * @property {number} ready
 * @property {number} blocked
 * @property {number} waits       blocked at a channel
 * @property {number[]} states    of a stack, by state
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
   * A part of one column.
   * @param {number} x
   * @param {number} top
   * @param {number} height
   * @param {number} colour
   */
  column(x, top, height, colour) {
    const from = Math.max(0, Math.round(top));
    const to = Math.min(this.height, Math.round(top + height));
    for (let at = from * this.width + x, end = to * this.width + x; at < end; at += this.width) this.pixels[at] = colour;
  }

  /**
   * One row by shares: as much of the height is filled as it ran, as much more is
   * light as it was ready. What ran once in a pixel, and not longer, fills it.
   * @param {Shares} shares
   * @param {number} top
   * @param {number} height
   * @param {Colours} colours
   * @param {number} [from]   columns before this one stay as they are
   * @param {number} [to]     and so do this one and those after it
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
      const filled = turns === 1 ? height : turns > 0 || running > 0 ? Math.max(LEAST, Math.min(1, running) * height) : 0;
      const light = Math.min(Math.min(1, ready) * height, height - filled);
      if (blocked > 0) this.column(x, middle - thin / 2, thin, colours.blocked);
      if (light > 0) this.column(x, middle - (filled + light) / 2, filled + light, colours.ready);
      if (filled > 0) this.column(x, middle - filled / 2, filled, hue(colours, shares.owner[x]));
    }
  }

  /**
   * A processor's strip: as high as it was inside tasks.
   * @param {Shares} shares
   * @param {number} top
   * @param {number} height
   * @param {number} processor
   * @param {Colours} colours
   * @param {number} [from]   as in {@link Raster.row}
   * @param {number} [to]
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
   * Levels one above the other, from the bottom.
   * @param {ArrayLike<number>[]} levels
   * @param {number} bottom
   * @param {number} unit       height of a level of one
   * @param {number[]} colours
   * @param {number} [to]       columns from here on stay as they are
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
   * A row that shows a group as a whole: how many of its tasks are in which state, one state above
   * the other. A state that holds is seen, even if one task of many is in it; the state with most
   * tasks makes room for it.
   * @param {ArrayLike<number>[]} levels   by state
   * @param {number} top
   * @param {number} height
   * @param {number} size                  tasks that fill the height
   * @param {Colours} colours
   * @param {number} [to]                  columns from here on stay as they are
   */
  group(levels, top, height, size, colours, to = this.width) {
    const unit = height / Math.max(1, size);
    const heights = new Float64Array(levels.length);
    for (let x = 0; x < to; x++) {
      let over = 0;
      let most = 0;
      for (let i = 0; i < levels.length; i++) {
        const exact = levels[i][x] * unit;
        heights[i] = exact > 0 ? Math.max(LEAST, exact) : 0;
        over += heights[i] - Math.max(0, exact);
        if (heights[i] > heights[most]) most = i;
      }
      heights[most] = Math.max(0, heights[most] - over);
      let y = top + height;
      for (let i = 0; i < levels.length; i++) {
        if (heights[i] > 0) this.column(x, y - heights[i], heights[i], colours.states[i]);
        y -= heights[i];
      }
    }
  }

  /**
   * @param {number} top
   * @param {number} height
   * @param {number} from   a column
   * @param {number} to     a column after it
   */
  clean(top, height, from, to) {
    const last = Math.min(this.height, Math.round(top + height));
    for (let y = Math.max(0, Math.round(top)); y < last; y++) this.pixels.fill(0, y * this.width + from, y * this.width + to);
  }
}

/**
 * A palette as numbers.
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

/** Whether the machine keeps the lowest byte first, as all that run browsers do today. */
const LITTLE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * A colour as one number, as it lies in a canvas's pixels.
 * @param {string} css   "rgb(1, 2, 3)"
 */
export function packed(css) {
  const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return (LITTLE ? 0xff000000 | (b << 16) | (g << 8) | r : (r << 24) | (g << 16) | (b << 8) | 0xff) >>> 0;
}
