/**
 * The layer of intervals of a run that has ended. Every frame draws the whole layer. A wide
 * interval is drawn as a mark of its own. Narrower intervals go into a pixel buffer as shares of
 * each pixel's time.
 *
 * @typedef {import('../layout/layout.js').Layout} Layout
 * @typedef {import('../layout/rows.js').RowList} RowList
 * @typedef {import('../index/run-index.js').RunIndex} RunIndex
 * @typedef {import('../layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('../index/tracks.js').Tracks} Tracks
 * @typedef {import('./palette.js').Palette} Palette
 */
import { STATES } from '../../common/messages.js';
import { rasterChannels } from './channel-rows.js';
import { isGroup, rowTop } from '../layout/layout.js';
import { nameMark, runningMark, stateMark, stripMark, WIDE } from './marks.js';
import { PixelSheet } from './pixel-sheet.js';
import { coloursOf } from './raster.js';
import { Shares } from '../index/tracks.js';

const RUNNING = STATES.indexOf('running');

/**
 * @typedef {object} View
 * @property {RunIndex} index
 * @property {Layout} layout
 * @property {TimeScale} scale
 * @property {Palette} palette
 * @property {number} density                  device pixels in a unit of the timeline
 * @property {RowList} rows
 * @property {number} mostTasks                number of tasks that fill the stack of levels
 * @property {Record<string, number>} full     by group key: number of tasks that fill the height of
 *   the group's row
 * @property {(reason: number) => string} wordOf
 */

export class IndexedLayer {
  #sheet = new PixelSheet(document.createElement('canvas'));
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
    /** @type {[number, Tracks, number][]} row, tracks and interval */
    const wide = [];
    const tracks = layout.by === 'processor' ? index.processors : index.tasks;
    const { raster } = this.#sheet;
    for (let row = 0; row < layout.rows; row++) {
      if (isGroup(layout, row)) {
        this.#group(view, row, pixelMs);
        continue;
      }
      const track = layout.by === 'processor' ? row : view.rows.taskAt(row);
      if (track < 0 || track >= tracks.rows) continue;
      tracks.walk(track, scale.startMs, pixelMs, wideMs, this.#shares, (interval) =>
        wide.push([row, tracks, interval]),
      );
      raster.row(this.#shares, rowTop(layout, row) * density, layout.rowHeight * density, this.#colours);
    }
    /** @type {[number, number][]} */
    const strips = [];
    for (let p = 0; p < layout.processors && p < index.processors.rows; p++) {
      index.processors.walk(p, scale.startMs, pixelMs, wideMs, this.#shares, (interval) => strips.push([p, interval]));
      raster.strip(
        this.#shares,
        (layout.stripTop + p * layout.stripPitch) * density,
        (layout.stripPitch - 1) * density,
        p,
        this.#colours,
      );
    }
    if (layout.together > 0) {
      raster.group(
        { running: this.#byProcessor(index.processors, view, pixelMs) },
        layout.stripTop * density,
        layout.stripHeight * density,
        layout.together,
        this.#colours,
      );
    }
    if (layout.levelsHeight > 0) {
      raster.stack(
        index.levels.map((steps) => this.#means(steps, view, pixelMs)),
        (layout.levelsTop + layout.levelsHeight) * density,
        (layout.levelsHeight * density) / Math.max(1, view.mostTasks),
        this.#colours.states,
      );
    }
    if (layout.channels > 0 && index.traffic) rasterChannels(raster, index.traffic.channels, view, this.#colours);
    this.#sheet.drawOn(ink, scale.left, density);
    for (const [row, , interval] of wide) this.#mark(ink, view, row, interval);
    for (const [p, interval] of strips) {
      stripMark(
        ink,
        view.palette,
        layout,
        p,
        Math.max(scale.left, scale.x(index.processors.startMs[interval])),
        Math.min(scale.x(index.processors.endMs[interval]), scale.left + scale.width),
      );
    }
  }

  /**
   * @param {number} width
   * @param {number} height
   * @param {number} processors
   * @param {Palette} palette
   */
  #prepare(width, height, processors, palette) {
    this.#sheet.clean(width, height);
    if (this.#shares.width !== width || this.#shares.ms.length !== processors)
      this.#shares = new Shares(width, processors);
    if (this.#palette === palette) return;
    this.#palette = palette;
    this.#colours = coloursOf(palette);
  }

  /**
   * Draws how many tasks of a group are in each state. Draws nothing until the group is summed.
   * @param {View} view
   * @param {number} row
   * @param {number} pixelMs
   */
  #group(view, row, pixelMs) {
    const { index, layout, density, rows } = view;
    const group = rows.groupAt(row);
    const sums = group && index.groups.get(group.key);
    if (!group || !sums) return;
    const [ready, blocked] = sums.levels.slice(1).map((steps) => this.#means(steps, view, pixelMs));
    this.#sheet.raster.group(
      { running: this.#byProcessor(sums.running, view, pixelMs), ready, blocked },
      rowTop(layout, row) * density,
      layout.groupHeight * density,
      view.full[group.key] ?? 1,
      this.#colours,
    );
  }

  /**
   * Returns the share of each pixel's time in which each processor ran a task.
   * @param {Tracks} tracks   a row for each processor
   * @param {View} view
   * @param {number} pixelMs
   * @returns {Float32Array[]} by processor; processors that never ran are missing
   */
  #byProcessor(tracks, { scale }, pixelMs) {
    /** @type {Float32Array[]} */
    const running = [];
    for (let p = 0; p < tracks.rows; p++) {
      if (tracks.offset[p] === tracks.offset[p + 1]) continue;
      tracks.walk(p, scale.startMs, pixelMs, Infinity, this.#shares, () => {});
      running[p] = this.#shares.inState[RUNNING].slice();
    }
    return running;
  }

  /**
   * Returns a level's mean in each pixel.
   * @param {import('../index/steps.js').Steps} steps
   * @param {View} view
   * @param {number} pixelMs
   */
  #means(steps, { scale }, pixelMs) {
    const mean = new Float32Array(this.#shares.width);
    steps.walk(scale.startMs, pixelMs, mean, new Float32Array(mean.length));
    return mean;
  }

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {View} view
   * @param {number} row
   * @param {number} interval
   */
  #mark(ink, { index, layout, scale, palette, wordOf }, row, interval) {
    const tracks = layout.by === 'processor' ? index.processors : index.tasks;
    // A mark is cut at the edges of the view, so the number in the mark stays in view.
    const from = Math.max(scale.x(tracks.startMs[interval]), scale.left);
    const to = Math.min(scale.x(tracks.endMs[interval]), scale.left + scale.width);
    if (to <= from) return;
    const top = rowTop(layout, row);
    if (layout.by === 'processor') {
      runningMark(ink, palette, layout, top, from, to, row, false);
      const task = index.report.states.task[tracks.order[interval]];
      nameMark(ink, palette, layout, top, from, to, row, index.report.tasks.name[task] ?? '');
    } else stateMark(ink, { layout, palette, wordOf }, top, from, to, index.report.states, tracks.order[interval]);
  }
}
