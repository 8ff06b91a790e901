/**
 * The timeline of a lane whose run goes on. It has the grid and the names, a layer of closed
 * intervals, and the open intervals over that layer. The timeline ends at the last drain.
 *
 * @typedef {import('./around.js').Ground} Ground
 * @typedef {import('../layout/rows.js').RowPlan} RowPlan
 * @typedef {import('../../common/messages.js').Live} Live
 */
import { STATES } from '../../common/messages.js';
import { cleanCanvas, momentWords, paintCursor, paintEnd, paintGrid, paintNames, withinAxis } from './around.js';
import { ClosedLayer } from './closed-layer.js';
import { countAt, countWords } from '../index/group-levels.js';
import { groupWords } from '../index/groups.js';
import { rowTop } from '../layout/layout.js';
import { stateMark, stripMark } from './marks.js';
import { momentOf } from '../index/moment.js';
import { labelOf, NO_PLAN, RowList } from '../layout/rows.js';
import { Sheet } from './sheet.js';
import { TimeScale } from '../layout/time-scale.js';
import { LiveTimeline } from '../index/timeline.js';

const RUNNING = STATES.indexOf('running');

/**
 * What a timeline shows and how it is drawn. The page sends this object to the worker. `words` says
 * what a blocked task waits for, by the code of a reason. `noun` is the lesson's word for a task.
 * `plan` lists the rows. `full` says how many tasks fill the height of a group's row.
 * @typedef {Omit<Ground, 'scale' | 'wordOf'> & {
 *   scale: {startMs: number, endMs: number, left: number, width: number},
 *   words: string[], noun: readonly [string, string], plan: RowPlan, full: Record<string, number>,
 * }} SentScene
 */

/** @typedef {Ground & {noun: readonly [string, string], plan: RowPlan, full: Record<string, number>}} Scene */

export class LiveDrawing {
  #canvas;
  #ink;
  #timeline;
  #rows;
  /** @type {Scene | null} null until the page sends a scene */
  #scene = null;
  /** The part of the scene on which the rows and the closed intervals depend, as text. */
  #key = '';
  /** The drawn grid and names. They are kept, because text takes longer to draw than the rest. */
  #backdrop = new Sheet();
  /** The key for which the backdrop was drawn. */
  #laid = '';
  /** @type {{key: string, layer: ClosedLayer} | null} */
  #closed = null;

  /**
   * @param {OffscreenCanvas} canvas
   * @param {number} processors
   */
  constructor(canvas, processors) {
    this.#canvas = canvas;
    this.#ink = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (canvas.getContext('2d')));
    this.#timeline = new LiveTimeline(processors);
    this.#rows = new RowList(NO_PLAN, this.#timeline.groups);
  }

  /**
   * @param {Live} live
   * @param {number} nowMs
   */
  add(live, nowMs) {
    this.#timeline.add(live, nowMs);
  }

  /** @param {SentScene} sent */
  setScene(sent) {
    const {
      scale: { startMs, endMs, left, width },
      words,
      ...rest
    } = sent;
    // The key leaves out the cursor, the sizes of groups and the number of tasks without a row. If
    // only these values change, the drawn layers stay valid.
    const key = JSON.stringify({ ...sent, plan: { ...sent.plan, left: 0 } }, (name, value) =>
      ['size', 'full', 'cursorMs', 'cursorY'].includes(name) ? null : value,
    );
    const kept = key === this.#key ? this.#scene : null;
    this.#scene = kept
      ? { ...kept, plan: sent.plan, full: sent.full, cursorMs: sent.cursorMs, cursorY: sent.cursorY }
      : { ...rest, scale: new TimeScale(startMs, endMs, left, width), wordOf: (reason) => words[reason] ?? '' };
    this.#key = key;
    if (!kept) this.#rows = new RowList(sent.plan, this.#timeline.groups);
  }

  /** @returns {boolean} whether some closed intervals still have to be drawn */
  paint() {
    const scene = this.#scene;
    if (!scene) return false;
    const ink = this.#ink;
    const timeline = this.#timeline;
    this.#rows.grow();
    const closed = this.#layer(scene);
    closed.full = scene.full;
    const more = closed.advance();
    this.#layBackdrop(scene);
    cleanCanvas(this.#canvas, ink, scene);
    this.#backdrop.drawOn(ink);
    withinAxis(ink, scene, () => {
      closed.drawOn(ink);
      this.#open(scene);
    });
    paintEnd(ink, scene, timeline);
    paintCursor(ink, scene, (row, ms) => this.#tell(scene, row, ms));
    return more;
  }

  /**
   * Describes what a row shows at a time, in words.
   * @param {Scene} scene
   * @param {number} row
   * @param {number} ms
   */
  #tell({ noun, wordOf }, row, ms) {
    const rows = this.#rows;
    const group = rows.groupAt(row);
    if (group) {
      if (ms > this.#timeline.nowMs) return '';
      const counts = countAt(this.#timeline, (task) => rows.wholeRow(task) === row, ms);
      return `${groupWords(group.tasks.length, group, noun)[0]}: ${countWords(counts)}`;
    }
    const task = rows.taskAt(row);
    const moment = task < 0 ? null : momentOf(this.#timeline, task, ms);
    return moment ? momentWords(this.#timeline.names[task] ?? '', moment, wordOf) : '';
  }

  /** @param {Scene} scene */
  #layBackdrop(scene) {
    const { scale, layout, density, noun } = scene;
    const { names } = this.#timeline;
    const key = `${this.#timeline.groups.total} ${this.#key}`;
    if (this.#laid === key) return;
    this.#laid = key;
    this.#backdrop.clean(scale.left + scale.width, layout.height, density);
    paintGrid(this.#backdrop.ink, scene);
    paintNames(this.#backdrop.ink, scene, (row) => labelOf(this.#rows, row, names, noun));
  }

  /** @param {Scene} scene */
  #layer({ layout, scale, palette, density, wordOf }) {
    const old = this.#closed;
    const key = `${this.#timeline.groups.outOfOrder} ${this.#key}`;
    if (old?.key === key) {
      // The layer learns of a task before its first interval, so nothing has to be drawn again.
      old.layer.rows = this.#rows;
      return old.layer;
    }
    const layer = new ClosedLayer(
      this.#timeline,
      layout,
      scale,
      palette,
      density,
      wordOf,
      this.#rows,
      old?.layer ?? null,
    );
    this.#closed = { key, layer };
    return layer;
  }

  /** @param {Scene} scene */
  #open({ layout, scale, palette, wordOf }) {
    const { open, nowMs } = this.#timeline;
    if (!open) return;
    const ink = this.#ink;
    const to = scale.x(nowMs);
    for (let i = 0; i < open.task.length; i++) {
      const from = scale.x(Math.max(open.startMs[i], 0));
      if (to <= from) continue;
      const processor = open.processor[i];
      if (open.state[i] === RUNNING && processor >= 0 && processor < layout.processors)
        stripMark(ink, palette, layout, processor, from, to);
      const row = this.#rows.ownRow(open.task[i]);
      if (row >= 0 && row < layout.rows)
        stateMark(ink, { layout, palette, wordOf }, rowTop(layout, row), from, to, open, i);
    }
  }
}
