/**
 * The layer of closed intervals: the part of a lane's timeline that no longer changes. Each
 * interval is drawn once. A frame draws intervals only for a limited time (BUDGET_MS), so a long
 * trace never blocks the thread that draws.
 *
 * The layer looks the same as the timeline of the ended run (indexed-layer.js). A wide interval is
 * drawn as a mark of its own. Narrower intervals are summed by pixel and drawn as shares of the
 * pixel's time. A group's row shows how many tasks of the group are in each state.
 *
 * @typedef {import('../layout/layout.js').Layout} Layout
 * @typedef {import('../layout/rows.js').RowList} RowList
 * @typedef {import('../layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('../index/timeline.js').LiveTimeline} LiveTimeline
 * @typedef {import('../../common/messages.js').States} States
 * @typedef {import('./palette.js').Palette} Palette
 */
import { STATES } from '../../common/messages.js';
import { GroupShares } from '../index/group-levels.js';
import { rowTop } from '../layout/layout.js';
import { stateMark, stripMark, WIDE } from './marks.js';
import { PixelSheet } from './pixel-sheet.js';
import { coloursOf } from './raster.js';
import { Sheet } from './sheet.js';
import { Shares } from '../index/tracks.js';

const RUNNING = STATES.indexOf('running');

/** The time for which a frame may draw intervals. The next frame draws the rest. */
const BUDGET_MS = 6;

/** The number of intervals between two readings of the clock. */
const INTERVALS_PER_CLOCK_READING = 512;

/** The intervals of a row that are too narrow for marks of their own. */
class Bins {
  /** @param {number} width   in device pixels */
  constructor(width) {
    this.shares = new Shares(width, 1);
    /**
     * For each pixel, the longest time in the pixel that one running interval covers. The pixel has
     * the colour of that interval's processor.
     */
    this.longest = new Float32Array(width);
    /** The range of pixels that have changed since they were last drawn. */
    this.from = Infinity;
    this.to = 0;
  }

  /**
   * @param {number} state
   * @param {number} from        device pixels from the left edge
   * @param {number} to          at most a few pixels after `from`
   * @param {number} processor
   */
  add(state, from, to, processor) {
    const { shares } = this;
    const last = shares.width - 1;
    const first = Math.floor(from);
    if (state === RUNNING && first >= 0 && first <= last) shares.turns[first]++;
    for (let pixel = Math.max(0, first); pixel <= last && (pixel < to || pixel === first); pixel++) {
      const share = Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
      shares.inState[state][pixel] += share;
      this.from = Math.min(this.from, pixel);
      this.to = Math.max(this.to, pixel + 1);
      if (state !== RUNNING || share < this.longest[pixel]) continue;
      shares.owner[pixel] = processor;
      this.longest[pixel] = share;
    }
  }
}

/**
 * Draws the entries of chunks of columns. Starts where the last call stopped, and stops after the
 * deadline.
 * @template {{task: Uint32Array}} C
 * @param {C[]} chunks
 * @param {{chunk: number, index: number}} at   where the last call stopped; is updated
 * @param {number} deadline
 * @param {(chunk: C, index: number) => void} draw
 * @returns {boolean} whether all entries are drawn
 */
function through(chunks, at, deadline, draw) {
  for (let chunk = chunks[at.chunk]; chunk; chunk = chunks[at.chunk]) {
    const end = Math.min(at.index + INTERVALS_PER_CLOCK_READING, chunk.task.length);
    for (; at.index < end; at.index++) draw(chunk, at.index);
    if (at.index === chunk.task.length) {
      at.chunk++;
      at.index = 0;
    }
    if (performance.now() > deadline) return at.chunk === chunks.length;
  }
  return true;
}

export class ClosedLayer {
  /** The marks of wide intervals. @type {Sheet} */
  #marks;
  /** Narrow intervals and groups. Their pixels change as intervals are added. @type {PixelSheet} */
  #pixels;
  #state = { chunk: 0, index: 0 };
  /** @type {Map<number, Bins>} by row; the strip's rows come after the other rows */
  #bins = new Map();
  /** @type {Map<number, GroupShares>} by row */
  #groups = new Map();
  /** The shares of all processors, if they have one row in the strip. @type {GroupShares | null} */
  #strip;
  #colours;
  #width;
  /**
   * By group key: the number of tasks that fill the group's height. May change at any time.
   * @type {Record<string, number>}
   */
  full = {};

  /**
   * @param {LiveTimeline} timeline
   * @param {Layout} layout
   * @param {TimeScale} scale
   * @param {Palette} palette
   * @param {number} density   device pixels in a unit of the timeline
   * @param {(reason: number) => string} wordOf   words for what a blocked task waits for
   * @param {RowList} rows
   * @param {ClosedLayer | null} old   a layer that is no longer used; its canvases are reused
   */
  constructor(timeline, layout, scale, palette, density, wordOf, rows, old) {
    this.rows = rows;
    this.wordOf = wordOf;
    this.timeline = timeline;
    this.layout = layout;
    this.scale = scale;
    this.palette = palette;
    this.density = density;
    this.#colours = coloursOf(palette);
    this.#width = Math.ceil(scale.width * density);
    this.#marks = old ? old.#marks : new Sheet();
    this.#pixels = old ? old.#pixels : new PixelSheet(new OffscreenCanvas(1, 1));
    this.#marks.clean(scale.left + scale.width, layout.height, density);
    this.#pixels.clean(this.#width, Math.ceil(layout.height * density));
    for (const row of layout.groupRows) this.#groups.set(row, new GroupShares(this.#width));
    this.#strip = layout.together ? new GroupShares(this.#width) : null;
  }

  /** @param {CanvasRenderingContext2D} ink */
  drawOn(ink) {
    const upTo = this.scale.x(this.timeline.nowMs) + 1; // a mark is at least 1 wide
    if (this.#bins.size + this.#groups.size > 0 || this.#strip) {
      this.#pixels.drawOn(ink, this.scale.left, this.density, (upTo - this.scale.left) * this.density);
    }
    this.#marks.drawOn(ink, upTo);
  }

  /** @returns {boolean} whether some closed intervals still have to be drawn */
  advance() {
    const deadline = performance.now() + BUDGET_MS;
    const done = through(this.timeline.states, this.#state, deadline, (states, i) => this.#draw(states, i));
    this.#drawBins();
    this.#drawGroups();
    return !done;
  }

  /** @param {number} ms @returns {number} device pixels from the left edge */
  #pixelAt(ms) {
    return (this.scale.x(ms) - this.scale.left) * this.density;
  }

  /**
   * @param {States} states
   * @param {number} i
   */
  #draw(states, i) {
    const { layout, scale } = this;
    const state = states.state[i];
    const from = scale.x(states.startMs[i]);
    const to = scale.x(states.endMs[i]);
    if (to < scale.left || from > scale.left + scale.width) return;
    const processor = states.processor[i];
    const [first, end] = [this.#pixelAt(states.startMs[i]), this.#pixelAt(states.endMs[i])];
    if (state === RUNNING) this.#drawInStrip(from, to, first, end, processor);
    this.#groups.get(this.rows.wholeRow(states.task[i]))?.add(state, processor, first, end);
    const row = this.rows.ownRow(states.task[i]);
    if (row < 0 || row >= layout.rows) return;
    if (to - from < WIDE) this.#binsOf(row).add(state, first, end, processor);
    else stateMark(this.#marks.ink, this, rowTop(layout, row), from, to, states, i);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} first       `from` in device pixels from the left edge of the axis
   * @param {number} end         `to` in the same unit
   * @param {number} processor
   */
  #drawInStrip(from, to, first, end, processor) {
    const { layout } = this;
    if (this.#strip) this.#strip.add(RUNNING, processor, first, end);
    else if (processor >= layout.processors) return;
    else if (to - from >= WIDE) stripMark(this.#marks.ink, this.palette, layout, processor, from, to);
    else this.#binsOf(layout.rows + processor).add(RUNNING, first, end, processor);
  }

  /** @param {number} row */
  #binsOf(row) {
    const known = this.#bins.get(row);
    if (known) return known;
    const bins = new Bins(this.#width);
    this.#bins.set(row, bins);
    return bins;
  }

  #drawBins() {
    const { layout, density } = this;
    const { raster } = this.#pixels;
    for (const [row, bins] of this.#bins) {
      const { shares, from, to } = bins;
      if (from >= to) continue;
      if (row < layout.rows) {
        const [top, height] = [rowTop(layout, row) * density, layout.rowHeight * density];
        raster.clean(top, height, from, to);
        raster.row(shares, top, height, this.#colours, from, to);
      } else {
        const processor = row - layout.rows;
        const [top, height] = [
          (layout.stripTop + processor * layout.stripPitch) * density,
          (layout.stripPitch - 1) * density,
        ];
        raster.clean(top, height, from, to);
        raster.strip(shares, top, height, processor, this.#colours, from, to);
      }
      bins.from = Infinity;
      bins.to = 0;
    }
  }

  /** Draws the groups. They include open intervals, which grow, so every frame draws them again. */
  #drawGroups() {
    const { layout, density, rows } = this;
    if (this.#groups.size === 0 && !this.#strip) return;
    const { raster } = this.#pixels;
    const to = Math.min(this.#width, Math.ceil(this.#pixelAt(this.timeline.nowMs)));
    const { groups, strip } = this.#withOpen();
    for (const [row, shares] of groups) {
      const [top, height] = [rowTop(layout, row) * density, layout.groupHeight * density];
      raster.clean(top, height, 0, to);
      raster.group(shares.pixels, top, height, this.full[rows.groupAt(row)?.key ?? ''] ?? 1, this.#colours, to);
    }
    if (!strip) return;
    const [top, height] = [layout.stripTop * density, layout.stripHeight * density];
    raster.clean(top, height, 0, to);
    raster.group(strip.pixels, top, height, layout.together, this.#colours, to);
  }

  /**
   * @returns {{groups: Map<number, GroupShares>, strip: GroupShares | null}} the shares of closed
   *   and open intervals
   */
  #withOpen() {
    const { open, nowMs } = this.timeline;
    if (!open) return { groups: this.#groups, strip: this.#strip };
    const groups = new Map(Array.from(this.#groups, ([row, shares]) => [row, shares.copy()]));
    const strip = this.#strip?.copy() ?? null;
    const to = this.#pixelAt(nowMs);
    for (let i = 0; i < open.task.length; i++) {
      const from = this.#pixelAt(Math.max(open.startMs[i], 0));
      if (to <= from) continue;
      const state = open.state[i];
      const processor = Math.max(0, open.processor[i]);
      groups.get(this.rows.wholeRow(open.task[i]))?.add(state, processor, from, to);
      if (state === RUNNING) strip?.add(state, processor, from, to);
    }
    return { groups, strip };
  }
}
