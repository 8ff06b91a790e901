/**
 * A run that has ended, drawn in whole in every frame: what is narrow goes
 * through a pixel buffer by its shares, what is wide is a mark of its own.
 *
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./rows.js').RowList} RowList
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./time-scale.js').TimeScale} TimeScale
 * @typedef {import('./tracks.js').Tracks} Tracks
 * @typedef {import('../view/palette.js').Palette} Palette
 */
import { NONE, STATES } from '../messages.js';
import { rasterChannels } from './channel-rows.js';
import { rowTop } from './layout.js';
import { blockedMark, nameMark, readyMark, runningMark, stripMark } from './marks.js';
import { waitOf } from './wait.js';
import { packed, Raster } from './raster.js';
import { Shares } from './tracks.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');

/** From this width on an interval is a mark of its own. */
const WIDE = 4;

/**
 * @typedef {object} View
 * @property {RunIndex} index
 * @property {Layout} layout
 * @property {TimeScale} scale
 * @property {Palette} palette
 * @property {number} density                  device pixels in a CSS pixel
 * @property {RowList} rows
 * @property {number} mostTasks                height of a stack of levels
 * @property {(reason: number) => string} wordOf
 */

export class IndexedLayer {
  #sheet = document.createElement('canvas');
  /** @type {ImageData | null} */
  #image = null;
  #raster = new Raster(0, 0);
  #shares = new Shares(0, 1);
  /** @type {Palette | null} */
  #palette = null;
  /** @type {import('./raster.js').Colours} */
  #colours = { processors: new Uint32Array(1), ready: 0, blocked: 0, waits: 0, states: [] };

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {View} view
   */
  draw(ink, view) {
    const { index, layout, scale, density } = view;
    const width = Math.ceil(scale.width * density);
    this.#prepare(width, Math.ceil(layout.height * density), index.report.processors, view.palette);
    const pixelMs = 1 / (scale.pixelsPerMs * density);
    const wideMs = WIDE / scale.pixelsPerMs;
    /** @type {[number, Tracks, number][]} row, its track and the interval */
    const wide = [];
    const tracks = layout.by === 'processor' ? index.processors : index.tasks;
    for (let row = 0; row < layout.rows; row++) {
      const track = layout.by === 'processor' ? row : view.rows.taskAt(row);
      if (track < 0 || track >= tracks.rows) continue;
      tracks.walk(track, scale.startMs, pixelMs, wideMs, this.#shares, (interval) => wide.push([row, tracks, interval]));
      this.#raster.row(this.#shares, rowTop(layout, row) * density, layout.rowHeight * density, this.#colours);
    }
    /** @type {[number, number][]} */
    const strips = [];
    for (let p = 0; p < layout.processors && p < index.processors.rows; p++) {
      index.processors.walk(p, scale.startMs, pixelMs, wideMs, this.#shares, (interval) => strips.push([p, interval]));
      this.#raster.strip(this.#shares, (layout.stripTop + p * layout.stripPitch) * density,
        (layout.stripPitch - 1) * density, p, this.#colours);
    }
    if (layout.mode === 'shares') this.#stack(view, layout.top + layout.body, layout.body, pixelMs);
    if (layout.levelsHeight > 0) this.#stack(view, layout.levelsTop + layout.levelsHeight, layout.levelsHeight, pixelMs);
    if (layout.channels > 0 && index.traffic) rasterChannels(this.#raster, index.traffic.channels, view, this.#colours);
    this.#put(ink, view);
    for (const [row, , interval] of wide) this.#mark(ink, view, row, interval);
    for (const [p, interval] of strips) {
      stripMark(ink, view.palette, layout, p, Math.max(scale.left, scale.x(index.processors.startMs[interval])),
        Math.min(scale.x(index.processors.endMs[interval]), scale.left + scale.width), 1);
    }
  }

  /**
   * @param {number} width
   * @param {number} height
   * @param {number} processors
   * @param {Palette} palette
   */
  #prepare(width, height, processors, palette) {
    if (!this.#image || this.#image.width !== width || this.#image.height !== height) {
      this.#sheet.width = width;
      this.#sheet.height = height;
      this.#image = new ImageData(width, height);
      this.#raster = new Raster(width, height, new Uint32Array(this.#image.data.buffer));
    }
    this.#raster.pixels.fill(0);
    if (this.#shares.width !== width || this.#shares.ms.length !== processors) this.#shares = new Shares(width, processors);
    if (this.#palette === palette) return;
    this.#palette = palette;
    this.#colours = {
      processors: Uint32Array.from(palette.processors, ({ fill }) => packed(fill)),
      ready: packed(palette.share.ready),
      blocked: packed(palette.blocked),
      waits: packed(palette.cursor),
      states: STATES.map((state) => packed(palette.share[state])),
    };
  }

  /**
   * How many tasks are in which state, one above the other.
   * @param {View} view
   * @param {number} bottom
   * @param {number} height
   * @param {number} pixelMs
   */
  #stack({ index, scale, density, mostTasks }, bottom, height, pixelMs) {
    const most = new Float32Array(this.#raster.width);
    const levels = index.levels.map((steps) => {
      const mean = new Float32Array(this.#raster.width);
      steps.walk(scale.startMs, pixelMs, mean, most);
      return mean;
    });
    this.#raster.stack(levels, bottom * density, (height * density) / Math.max(1, mostTasks), this.#colours.states);
  }

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {View} view
   */
  #put(ink, { scale, density }) {
    if (!this.#image) return;
    const sheet = /** @type {CanvasRenderingContext2D} */ (this.#sheet.getContext('2d'));
    sheet.putImageData(this.#image, 0, 0);
    ink.drawImage(this.#sheet, scale.left, 0, this.#sheet.width / density, this.#sheet.height / density);
  }

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {View} view
   * @param {number} row
   * @param {number} interval
   */
  #mark(ink, { index, layout, scale, palette, wordOf }, row, interval) {
    const tracks = layout.by === 'processor' ? index.processors : index.tasks;
    // What reaches out of the view keeps its number in it.
    const from = Math.max(scale.x(tracks.startMs[interval]), scale.left);
    const to = Math.min(scale.x(tracks.endMs[interval]), scale.left + scale.width);
    if (to <= from) return;
    const top = rowTop(layout, row);
    const state = tracks.state[interval];
    if (layout.by === 'processor') {
      runningMark(ink, palette, layout, top, from, to, row, false);
      const task = index.report.states.task[tracks.order[interval]];
      nameMark(ink, palette, layout, top, from, to, row, index.report.tasks.name[task] ?? '');
    } else if (state === RUNNING) {
      const processor = tracks.processor[interval];
      runningMark(ink, palette, layout, top, from, to, processor === NONE ? 0 : processor);
    } else if (state === READY) readyMark(ink, palette, layout, top, from, to);
    else {
      const { reason, channel } = index.report.states;
      const at = tracks.order[interval];
      blockedMark(ink, palette, layout, top, from, to, wordOf(reason[at]), waitOf(wordOf(reason[at]), reason[at], channel[at]));
    }
  }
}
