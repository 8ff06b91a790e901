/**
 * The picture of a lane whose run goes on: its grid and names, the layer of closed intervals, and
 * over them what is still open, up to the time of the last drain and no further.
 *
 * @typedef {import('./around.js').Ground} Ground
 * @typedef {import('./rows.js').RowList} RowList
 * @typedef {import('../messages.js').Live} Live
 */
import { STATES } from '../messages.js';
import { cleanCanvas, paintCursor, paintEnd, paintGrid, paintNames, withinAxis } from './around.js';
import { ClosedLayer } from './closed-layer.js';
import { rowTop } from './layout.js';
import { blockedMark, readyMark, runningMark, stripMark } from './marks.js';
import { momentOf } from './moment.js';
import { RowPicker } from './rows.js';
import { Sheet } from './sheet.js';
import { TimeScale } from './time-scale.js';
import { LiveTimeline } from './timeline.js';
import { waitOf } from './wait.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');

/**
 * How it is looked at, as it travels: `words` are what a blocked task waits for, by the code of a
 * reason.
 * @typedef {Omit<Ground, 'scale' | 'wordOf'> & {
 *   scale: {startMs: number, endMs: number, left: number, width: number},
 *   words: string[], find: string, only: string | null,
 * }} SentScene
 */

/** @typedef {Ground & {find: string, only: string | null}} Scene */

export class LivePicture {
  #canvas;
  #ink;
  #timeline;
  #rows = new RowPicker();
  /** @type {Scene | null} null: nobody has said yet how it is looked at */
  #scene = null;
  /** What it draws by, but for the cursor. */
  #key = '';
  /** What stays while tasks come and go: text takes longer to draw than anything else. */
  #backdrop = new Sheet();
  /** @type {{key: string, rows: RowList} | null} what it was laid for */
  #laid = null;
  /** @type {ClosedLayer | null} */
  #closed = null;

  /**
   * @param {OffscreenCanvas} canvas
   * @param {number} processors
   */
  constructor(canvas, processors) {
    this.#canvas = canvas;
    this.#ink = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (canvas.getContext('2d')));
    this.#timeline = new LiveTimeline(processors);
  }

  /**
   * @param {Live} live
   * @param {number} nowMs
   */
  add(live, nowMs) {
    this.#timeline.add(live, nowMs);
  }

  /** @param {SentScene} sent */
  look(sent) {
    const { scale: { startMs, endMs, left, width }, words, ...rest } = sent;
    const key = JSON.stringify({ ...sent, cursorMs: null, cursorY: null });
    const kept = key === this.#key ? this.#scene : null;
    // What was drawn is kept while it would be drawn alike.
    this.#scene = kept ? { ...kept, cursorMs: sent.cursorMs, cursorY: sent.cursorY }
      : { ...rest, scale: new TimeScale(startMs, endMs, left, width), wordOf: (reason) => words[reason] ?? '' };
    this.#key = key;
  }

  /** @returns {boolean} whether closed intervals are left for the next time */
  paint() {
    const scene = this.#scene;
    if (!scene) return false;
    const ink = this.#ink;
    const timeline = this.#timeline;
    const rows = this.#rows.pick(timeline.names, scene);
    const closed = this.#layer(scene, rows);
    const more = closed.advance();
    this.#layBackdrop(scene, rows);
    cleanCanvas(this.#canvas, ink, scene);
    this.#backdrop.drawOn(ink);
    withinAxis(ink, scene, () => {
      if (scene.layout.mode === 'shares') this.#shares(scene, closed);
      closed.drawOn(ink);
      this.#open(scene, rows);
    });
    paintEnd(ink, scene, timeline);
    paintCursor(ink, scene, (row, ms) => {
      const task = rows.taskAt(row);
      const moment = task < 0 ? null : momentOf(timeline, task, ms);
      return moment && { name: timeline.names[task] ?? '', moment };
    });
    return more;
  }

  /**
   * @param {Scene} scene
   * @param {RowList} rows
   */
  #layBackdrop(scene, rows) {
    if (this.#laid?.key === this.#key && this.#laid.rows === rows) return;
    const { scale, layout, density } = scene;
    const { names } = this.#timeline;
    this.#backdrop.clean(scale.left + scale.width, layout.height, density);
    paintGrid(this.#backdrop.ink, scene);
    paintNames(this.#backdrop.ink, scene, names.length, (row) => names[rows.taskAt(row)] ?? '');
    this.#laid = { key: this.#key, rows };
  }

  /**
   * @param {Scene} scene
   * @param {RowList} rows
   */
  #layer({ layout, scale, palette, density, wordOf }, rows) {
    const old = this.#closed;
    if (old && this.#laid?.key === this.#key && old.rows.tasks === rows.tasks) {
      old.rows = rows; // tasks may have come: before their first intervals, so that nothing is to be drawn anew
      return old;
    }
    return this.#closed = new ClosedLayer(this.#timeline, layout, scale, palette, density, wordOf, rows, old);
  }

  /**
   * @param {Scene} scene
   * @param {RowList} rows
   */
  #open({ layout, scale, palette, wordOf }, rows) {
    const { open, nowMs } = this.#timeline;
    if (!open) return;
    const ink = this.#ink;
    const to = scale.x(nowMs);
    for (let i = 0; i < open.task.length; i++) {
      const task = open.task[i] ?? 0;
      const from = scale.x(Math.max(open.startMs[i] ?? 0, 0));
      if (to <= from) continue;
      const running = open.state[i] === RUNNING;
      const processor = open.processor[i] ?? -1;
      if (running && processor >= 0) stripMark(ink, palette, layout, processor, from, to, 1);
      const row = rows.rowOf(task);
      if (layout.mode === 'shares' || row < 0 || row >= layout.rows) continue;
      const top = rowTop(layout, row);
      if (running) runningMark(ink, palette, layout, top, from, to, Math.max(processor, 0));
      else if (open.state[i] === READY) readyMark(ink, palette, layout, top, from, to);
      else {
        const word = wordOf(open.reason[i]);
        blockedMark(ink, palette, layout, top, from, to, word, waitOf(word, open.reason[i], open.channel[i]));
      }
    }
  }

  /**
   * How many tasks are in which state, one above the other, pixel by pixel.
   * @param {Scene} scene
   * @param {ClosedLayer} closed
   */
  #shares(scene, closed) {
    const { layout, scale, palette } = scene;
    const { running, ready, blocked } = this.#withOpen(scene, closed);
    const ink = this.#ink;
    const unit = layout.body / Math.max(1, this.#timeline.names.length);
    const bottom = layout.top + layout.body;
    for (let pixel = 0; pixel < running.length; pixel++) {
      const x = scale.left + pixel;
      let y = bottom;
      for (const [levels, colour] of /** @type {const} */ ([
        [running, palette.share.running], [ready, palette.share.ready], [blocked, palette.share.blocked],
      ])) {
        const height = (levels[pixel] ?? 0) * unit;
        if (height <= 0) continue;
        ink.fillStyle = colour;
        ink.fillRect(x, y - height, 1, height);
        y -= height;
      }
    }
  }

  /**
   * @param {Scene} scene
   * @param {ClosedLayer} closed
   */
  #withOpen({ scale }, closed) {
    const { open, nowMs } = this.#timeline;
    let { running, ready, blocked } = closed.shares;
    if (open) {
      [running, ready, blocked] = [running.copy(), ready.copy(), blocked.copy()];
      const to = scale.x(nowMs) - scale.left;
      for (let i = 0; i < open.task.length; i++) {
        const from = scale.x(Math.max(open.startMs[i] ?? 0, 0)) - scale.left;
        if (to <= from) continue;
        const state = open.state[i];
        (state === RUNNING ? running : state === READY ? ready : blocked).add(from, to);
      }
    }
    return { running: running.shares(), ready: ready.shares(), blocked: blocked.shares() };
  }
}
