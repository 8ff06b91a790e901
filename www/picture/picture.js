/**
 * One lane's picture on its canvas. While a run goes on: the layer of closed
 * intervals, and over it what is still open, up to the time of the last drain
 * and no further. After it: what its index holds.
 *
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./rows.js').RowList} RowList
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./time-scale.js').TimeScale} TimeScale
 * @typedef {import('./timeline.js').Timeline} Timeline
 * @typedef {import('../view/palette.js').Palette} Palette
 */
import { NONE, STATES } from '../messages.js';
import { time } from '../words.js';
import { paintArrows } from './arrows.js';
import { nameChannels } from './channel-rows.js';
import { ClosedLayer } from './closed-layer.js';
import { IndexedLayer } from './indexed-layer.js';
import { rowAt, rowTop, sameLayout } from './layout.js';
import { paintLevels } from './level-words.js';
import { blockedMark, readyMark, runningMark, stripMark } from './marks.js';
import { momentIn, momentOf } from './moment.js';
import { ticks } from './ticks.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');

/**
 * @typedef {object} Scene
 * @property {Timeline | null} timeline        null: nothing has run
 * @property {RunIndex | null} index           null: the run goes on, or is still being sorted
 * @property {RowList} rows
 * @property {number} mostTasks                the highest concurrency level of all lanes
 * @property {boolean} arrows                  drawn as far as they are known
 * @property {number} selected                 an interval of the index's tasks, or -1
 * @property {Layout} layout
 * @property {TimeScale} scale
 * @property {Palette} palette
 * @property {number} density                  device pixels in a CSS pixel
 * @property {number | null} replayMs         what comes later has not happened yet
 * @property {number | null} cursorMs          a time that the reader points at, in any lane
 * @property {number | null} cursorY           how high, where it is in this lane
 * @property {(reason: number) => string} wordOf
 * @property {string} stripName                what the strip's rows are
 * @property {(processor: number) => string} rowName   a processor's, where it has a row
 */

export class Picture {
  #canvas;
  #ink;
  /** @type {ClosedLayer | null} */
  #closed = null;
  #indexed = new IndexedLayer();
  /** @type {Layout | null} */
  #layout = null;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /**
   * @param {Scene} scene
   * @returns {boolean} whether more is to be drawn in the next frame
   */
  paint(scene) {
    const { density, palette, scale } = scene;
    // The same object while it has the same figures: what was drawn with it is kept.
    const layout = this.#layout = sameLayout(this.#layout, scene.layout);
    scene = { ...scene, layout };
    const ink = this.#ink;
    const width = Math.ceil((scale.left + scale.width) * density);
    const height = Math.ceil(layout.height * density);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    ink.setTransform(density, 0, 0, density, 0, 0);
    ink.clearRect(0, 0, width, height);
    if (!scene.timeline) {
      this.#closed = null;
      return false;
    }
    let more = false;
    this.#grid(scene);
    ink.save();
    ink.beginPath();
    ink.rect(scale.left, 0, scale.width, layout.height);
    ink.clip();
    if (scene.index) {
      this.#closed = null;
      this.#indexed.draw(ink, { ...scene, index: scene.index });
      paintLevels(ink, { ...scene, index: scene.index });
      if (scene.arrows && scene.index.traffic) paintArrows(ink, scene.index.traffic.arrows, scene);
      this.#selection(scene, scene.index);
    } else {
      const closed = this.#layer(scene, scene.timeline);
      more = closed.advance();
      if (layout.mode === 'shares') this.#shares(scene, scene.timeline, closed);
      closed.drawOn(ink);
      this.#open(scene, scene.timeline);
    }
    ink.restore();
    this.#future(scene);
    this.#names(scene, scene.timeline);
    if (scene.index?.traffic) nameChannels(ink, scene.index.traffic.channels, scene);
    this.#end(scene, scene.timeline);
    if (scene.cursorMs !== null && scene.cursorMs >= scale.startMs && scene.cursorMs <= scale.endMs) {
      ink.fillStyle = palette.cursor;
      ink.fillRect(scale.x(scene.cursorMs) - 0.5, 0, 1, layout.height);
      if (scene.cursorY !== null) this.#say(scene, scene.timeline, scene.cursorMs, scene.cursorY);
    }
    return more;
  }

  /**
   * @param {Scene} scene
   * @param {Timeline} timeline
   */
  #layer({ layout, scale, palette, density, wordOf, rows }, timeline) {
    const old = this.#closed;
    if (old && old.timeline === timeline && old.layout === layout && scale.equals(old.scale)
      && old.palette === palette && old.density === density && old.wordOf === wordOf && old.rows.tasks === rows.tasks) {
      old.rows = rows; // tasks may have come: before their first intervals, so that nothing is to be drawn anew
      return old;
    }
    return this.#closed = new ClosedLayer(timeline, layout, scale, palette, density, wordOf, rows, old);
  }

  /**
   * A frame around what was picked.
   * @param {Scene} scene
   * @param {RunIndex} index
   */
  #selection({ layout, scale, palette, rows, selected }, { tasks, report }) {
    if (selected < 0 || layout.mode === 'shares') return;
    const processor = tasks.processor[selected];
    const row = layout.by === 'task' ? rows.rowOf(report.states.task[tasks.order[selected]])
      : tasks.state[selected] === RUNNING && processor !== NONE ? processor : -1;
    if (row < 0 || row >= layout.rows) return;
    const from = Math.max(scale.x(tasks.startMs[selected]), scale.left) - 2;
    const to = Math.min(scale.x(tasks.endMs[selected]), scale.left + scale.width) + 2;
    if (to < from) return;
    const ink = this.#ink;
    ink.strokeStyle = palette.cursor;
    ink.lineWidth = 2;
    ink.beginPath();
    ink.roundRect(from, rowTop(layout, row) - 2, Math.max(to - from, 5), layout.rowHeight + 4, 3);
    ink.stroke();
  }

  /** @param {Scene} scene */
  #future({ layout, scale, palette, replayMs }) {
    if (replayMs === null) return;
    const x = Math.min(Math.max(scale.x(replayMs), scale.left), scale.left + scale.width);
    const ink = this.#ink;
    ink.globalAlpha = 0.82;
    ink.fillStyle = palette.surface;
    ink.fillRect(x, 0, scale.left + scale.width - x, layout.height);
    ink.globalAlpha = 1;
    if (replayMs < scale.startMs || replayMs > scale.endMs) return;
    ink.fillStyle = palette.cursor;
    ink.fillRect(x - 1, 0, 2, layout.height);
  }

  /** @param {Scene} scene */
  #grid({ layout, scale, palette }) {
    this.#ink.fillStyle = palette.grid;
    for (const ms of ticks(scale, 80)) this.#ink.fillRect(Math.round(scale.x(ms)), 0, 1, layout.height);
  }

  /**
   * @param {Scene} scene
   * @param {Timeline} timeline
   */
  #open({ layout, scale, palette, wordOf, rows }, timeline) {
    const { open } = timeline;
    if (!open) return;
    const to = scale.x(timeline.nowMs);
    for (let i = 0; i < open.task.length; i++) {
      const task = open.task[i] ?? 0;
      const from = scale.x(Math.max(open.startMs[i] ?? 0, 0));
      if (to <= from) continue;
      const running = open.state[i] === RUNNING;
      const processor = open.processor[i] ?? -1;
      if (running && processor >= 0) stripMark(this.#ink, palette, layout, processor, from, to, 1);
      const row = rows.rowOf(task);
      if (layout.mode === 'shares' || row < 0 || row >= layout.rows) continue;
      const top = rowTop(layout, row);
      if (running) runningMark(this.#ink, palette, layout, top, from, to, Math.max(processor, 0));
      else if (open.state[i] === READY) readyMark(this.#ink, palette, layout, top, from, to);
      else blockedMark(this.#ink, palette, layout, top, from, to, wordOf(open.reason[i] ?? NONE));
    }
  }

  /**
   * How many tasks are in which state, one above the other, pixel by pixel.
   * @param {Scene} scene
   * @param {Timeline} timeline
   * @param {ClosedLayer} closed
   */
  #shares({ layout, scale, palette }, timeline, closed) {
    const { running, ready, blocked } = withOpen(closed, timeline, scale);
    const ink = this.#ink;
    const unit = layout.body / Math.max(1, timeline.names.length);
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
   * @param {Timeline} timeline
   */
  #names({ layout, scale, palette, stripName, rowName, rows }, timeline) {
    const ink = this.#ink;
    ink.textAlign = 'left';
    ink.textBaseline = 'middle';
    ink.fillStyle = palette.ink;
    const room = scale.left - 8;
    if (layout.mode === 'rows') {
      ink.font = `${layout.rowPitch < 14 ? 9.5 : 12}px ${palette.font}`;
      for (let row = 0; row < layout.rows; row++) {
        const name = layout.by === 'processor' ? rowName(row) : timeline.names[rows.taskAt(row)] ?? '';
        ink.fillText(fitting(ink, name, room), 0, rowTop(layout, row) + layout.rowHeight / 2 + 0.5);
      }
    } else {
      ink.font = `12px ${palette.font}`;
      ink.fillText(fitting(ink, `${timeline.names.length} tasks`, room), 0, layout.top + layout.body / 2);
    }
    ink.fillStyle = palette.inkSoft;
    ink.font = `10.5px ${palette.font}`;
    if (layout.levelsHeight > 0) {
      const middle = layout.levelsTop + layout.levelsHeight / 2;
      for (const [i, word] of ['blocked', 'ready', 'running'].entries()) ink.fillText(fitting(ink, word, room), 0, middle + (i - 1) * 14);
    }
    if (layout.processors === 0) return;
    const strip = layout.stripTop + (layout.processors * layout.stripPitch) / 2;
    ink.fillText(fitting(ink, stripName, room), 0, strip);
  }

  /**
   * What the reader points at, in a sentence beside it.
   * @param {Scene} scene
   * @param {Timeline} timeline
   * @param {number} ms
   * @param {number} y
   */
  #say({ layout, scale, palette, wordOf, index, rows }, timeline, ms, y) {
    const row = rowAt(layout, y);
    if (row < 0) return;
    let task = rows.taskAt(row);
    if (layout.by === 'processor') {
      const span = index ? index.processors.at(row, ms) : -1;
      task = index && span >= 0 ? index.report.spans.task[index.processors.order[span]] : -1;
    }
    const moment = task < 0 ? null : index ? momentIn(index, task, ms) : momentOf(timeline, task, ms);
    if (!moment) return;
    const what = moment.state === 'running' ? `running${moment.processor < 0 ? '' : ` on processor ${moment.processor + 1}`}`
      : moment.state === 'ready' ? 'ready' : `blocked: ${wordOf(moment.reason)}`;
    const until = moment.endMs === null ? `since ${time(moment.startMs)}`
      : `${time(moment.startMs)} to ${time(moment.endMs)}, ${time(moment.endMs - moment.startMs)}`;
    const text = `${timeline.names[task] ?? ''}, ${what}, ${until}`;
    const ink = this.#ink;
    ink.font = `12px ${palette.font}`;
    const width = ink.measureText(text).width + 12;
    const left = Math.max(0, Math.min(scale.x(ms) + 8, scale.left + scale.width - width));
    const top = Math.max(0, Math.min(rowTop(layout, row) + layout.rowHeight + 3, layout.height - 20));
    ink.fillStyle = palette.ink;
    ink.beginPath();
    ink.roundRect(left, top, width, 20, 3);
    ink.fill();
    ink.fillStyle = palette.surface;
    ink.textAlign = 'left';
    ink.textBaseline = 'middle';
    ink.fillText(text, left + 6, top + 10.5);
  }

  /**
   * Where the run ended, or how far it was seen.
   * @param {Scene} scene
   * @param {Timeline} timeline
   */
  #end({ layout, scale, palette }, timeline) {
    const ink = this.#ink;
    const ended = timeline.wallMs !== null;
    const ms = timeline.wallMs ?? timeline.nowMs;
    const x = scale.x(ms);
    if (x < scale.left || x > scale.left + scale.width) return;
    ink.fillStyle = ended ? palette.endOfRun : palette.now;
    ink.fillRect(Math.round(x), 0, ended ? 2 : 1, layout.height);
    const text = time(ms);
    ink.font = `${ended ? 600 : 450} 12px ${palette.font}`;
    ink.textBaseline = 'middle';
    const right = x + 8 + ink.measureText(text).width < scale.left + scale.width;
    if (!right) return; // the heading says it anyhow
    ink.textAlign = 'left';
    ink.fillText(text, x + 8, layout.top + layout.body / 2);
  }
}

/**
 * @param {ClosedLayer} closed
 * @param {Timeline} timeline
 * @param {TimeScale} scale
 */
function withOpen(closed, timeline, scale) {
  let { running, ready, blocked } = closed.shares;
  if (timeline.open) {
    [running, ready, blocked] = [running.copy(), ready.copy(), blocked.copy()];
    const { open } = timeline;
    const to = scale.x(timeline.nowMs) - scale.left;
    for (let i = 0; i < open.task.length; i++) {
      const from = scale.x(Math.max(open.startMs[i] ?? 0, 0)) - scale.left;
      if (to <= from) continue;
      const state = open.state[i];
      (state === RUNNING ? running : state === READY ? ready : blocked).add(from, to);
    }
  }
  return { running: running.shares(), ready: ready.shares(), blocked: blocked.shares() };
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {string} text
 * @param {number} room
 */
function fitting(ink, text, room) {
  if (ink.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && ink.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}
