/**
 * The part of a lane's picture that no longer changes: intervals that have
 * closed. Each is drawn once, on a layer of its own, and a frame draws only
 * some of them, so that a long trace never holds the page up.
 *
 * An interval of a pixel and more is a mark of its own. Shorter ones are
 * gathered by pixel and drawn as that pixel's share of time.
 *
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./rows.js').RowList} RowList
 * @typedef {import('./time-scale.js').TimeScale} TimeScale
 * @typedef {import('./timeline.js').LiveTimeline} LiveTimeline
 * @typedef {import('../messages.js').States} States
 * @typedef {import('../view/palette.js').Palette} Palette
 */
import { STATES } from '../messages.js';
import { rowTop } from './layout.js';
import { blockedMark, readyMark, runningMark, shareMark, stripMark } from './marks.js';
import { PixelShare } from './pixel-share.js';
import { Sheet } from './sheet.js';
import { waitOf } from './wait.js';


/** How long a frame may draw intervals; what is left waits for the next. */
const BUDGET_MS = 6;

/** Intervals between two looks at the clock. */
const STRETCH = 512;

/** A row's intervals that are shorter than a pixel. */
class Crowd {
  /** @param {number} width */
  constructor(width) {
    this.running = new PixelShare(width);
    this.ready = new PixelShare(width);
    this.blocked = new PixelShare(width);
    /** The processor of the longest piece in each pixel, and how long that is. */
    this.owner = new Uint32Array(width);
    /** How often the row ran in each pixel. */
    this.turns = new Uint32Array(width);
    this.longest = new Float64Array(width);
    this.from = Infinity;
    this.to = 0;
  }

  /**
   * @param {'running' | 'ready' | 'blocked'} state
   * @param {number} from
   * @param {number} to
   * @param {number} processor
   */
  add(state, from, to, processor) {
    this[state].add(from, to);
    const pixel = Math.min(Math.max(Math.floor(from), 0), this.owner.length - 1);
    this.from = Math.min(this.from, pixel);
    this.to = Math.max(this.to, Math.min(pixel + 2, this.owner.length));
    if (state !== 'running') return;
    this.turns[pixel] = (this.turns[pixel] ?? 0) + 1;
    if (to - from >= (this.longest[pixel] ?? 0)) {
      this.owner[pixel] = processor;
      this.longest[pixel] = to - from;
    }
  }
}

/**
 * Goes on through chunks of columns from where it stopped, until the deadline.
 * @template {{task: Uint32Array}} C
 * @param {C[]} chunks
 * @param {{chunk: number, index: number}} at   where it stopped; moved on
 * @param {number} deadline
 * @param {(chunk: C, index: number) => void} draw
 * @returns {boolean} whether it came through
 */
function through(chunks, at, deadline, draw) {
  for (let chunk = chunks[at.chunk]; chunk; chunk = chunks[at.chunk]) {
    const end = Math.min(at.index + STRETCH, chunk.task.length);
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
  /** @type {Sheet} */
  #marks;
  /** Crowded pixels are drawn anew as they fill up, so they have a sheet of their own. @type {Sheet} */
  #crowded;
  #state = { chunk: 0, index: 0 };
  /** @type {Map<number, Crowd>} by row; strips come after the rows */
  #crowds = new Map();

  /**
   * @param {LiveTimeline} timeline
   * @param {Layout} layout
   * @param {TimeScale} scale
   * @param {Palette} palette
   * @param {number} density   device pixels in a CSS pixel
   * @param {(reason: number) => string} wordOf   what a blocked task waits for
   * @param {RowList} rows
   * @param {ClosedLayer | null} old   one that is no longer of use: its sheets are
   */
  constructor(timeline, layout, scale, palette, density, wordOf, rows, old) {
    this.rows = rows;
    this.wordOf = wordOf;
    this.timeline = timeline;
    this.layout = layout;
    this.scale = scale;
    this.palette = palette;
    this.density = density;
    this.#marks = old ? old.#marks : new Sheet();
    this.#crowded = old ? old.#crowded : new Sheet();
    this.#clean(this.#marks);
    const pixels = Math.ceil(scale.width);
    /** In "shares": how many tasks are in which state. */
    this.shares = {
      running: new PixelShare(pixels), ready: new PixelShare(pixels), blocked: new PixelShare(pixels),
    };
  }

  /** @param {CanvasRenderingContext2D} ink */
  drawOn(ink) {
    const upTo = this.scale.x(this.timeline.nowMs) + 1; // as wide as the least mark
    if (this.#crowds.size > 0) this.#crowded.drawOn(ink, upTo);
    this.#marks.drawOn(ink, upTo);
  }

  /** @param {Sheet} sheet */
  #clean(sheet) {
    sheet.clean(this.scale.left + this.scale.width, this.layout.height, this.density);
  }

  /** @returns {boolean} whether closed intervals are left for the next frame */
  advance() {
    const deadline = performance.now() + BUDGET_MS;
    const done = through(this.timeline.states, this.#state, deadline, (states, i) => this.#draw(states, i));
    this.#drawCrowds();
    return !done;
  }

  /**
   * @param {States} states
   * @param {number} i
   */
  #draw(states, i) {
    const { layout, scale } = this;
    const state = STATES[states.state[i]];
    const from = scale.x(states.startMs[i]);
    const to = scale.x(states.endMs[i]);
    if (to < scale.left || from > scale.left + scale.width) return;
    const processor = states.processor[i];
    if (state === 'running') this.#drawInStrip(from, to, processor);
    const row = this.rows.rowOf(states.task[i]);
    if (layout.mode === 'shares') this.shares[state].add(from - scale.left, to - scale.left);
    else if (row < 0 || row >= layout.rows) return;
    else if (to - from < 1) this.#crowd(row).add(state, from - scale.left, to - scale.left, processor);
    else this.#mark(state, rowTop(layout, row), from, to, states, i);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} processor
   */
  #drawInStrip(from, to, processor) {
    const { layout, scale } = this;
    if (to - from >= 1) stripMark(this.#marks.ink, this.palette, layout, processor, from, to, 1);
    else this.#crowd(layout.rows + processor).add('running', from - scale.left, to - scale.left, processor);
  }

  /**
   * @param {typeof STATES[number]} state
   * @param {number} top
   * @param {number} from
   * @param {number} to
   * @param {States} states
   * @param {number} i
   */
  #mark(state, top, from, to, { processor, reason, channel }, i) {
    const { layout, palette } = this;
    const { ink } = this.#marks;
    if (state === 'running') runningMark(ink, palette, layout, top, from, to, processor[i]);
    else if (state === 'ready') readyMark(ink, palette, layout, top, from, to);
    else {
      const word = this.wordOf(reason[i]);
      blockedMark(ink, palette, layout, top, from, to, word, waitOf(word, reason[i], channel[i]));
    }
  }

  /** @param {number} row */
  #crowd(row) {
    const known = this.#crowds.get(row);
    if (known) return known;
    if (this.#crowds.size === 0) this.#clean(this.#crowded);
    const crowd = new Crowd(Math.ceil(this.scale.width));
    this.#crowds.set(row, crowd);
    return crowd;
  }

  #drawCrowds() {
    const { layout, scale, palette } = this;
    const { ink } = this.#crowded;
    for (const [row, crowd] of this.#crowds) {
      if (crowd.from >= crowd.to) continue;
      const running = crowd.running.shares();
      const ready = crowd.ready.shares();
      const blocked = crowd.blocked.shares();
      for (let pixel = crowd.from; pixel < crowd.to; pixel++) {
        const x = scale.left + pixel;
        const owner = crowd.owner[pixel] ?? 0;
        const turns = crowd.turns[pixel] ?? 0;
        const share = { running: running[pixel] ?? 0, ready: ready[pixel] ?? 0, blocked: blocked[pixel] ?? 0, turns };
        if (turns === 0 && share.running + share.ready + share.blocked === 0) continue;
        if (row < layout.rows) shareMark(ink, palette, layout, rowTop(layout, row), x, share, owner);
        else if (turns > 0) {
          stripMark(ink, palette, layout, row - layout.rows, x, x + 1, turns === 1 ? 1 : share.running);
        }
      }
      crowd.from = Infinity;
      crowd.to = 0;
    }
  }
}
