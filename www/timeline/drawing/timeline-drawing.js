/**
 * The timeline of a lane whose run has ended, on its canvas.
 *
 * @typedef {import('./around.js').Ground} Ground
 * @typedef {import('../layout/rows.js').RowList} RowList
 * @typedef {import('../index/run-index.js').RunIndex} RunIndex
 * @typedef {import('../index/timeline.js').Timeline} Timeline
 */
import { NONE, STATES } from '../../common/messages.js';
import { paintArrows } from './arrows.js';
import { cleanCanvas, momentWords, paintCursor, paintEnd, paintGrid, paintNames, withinAxis } from './around.js';
import { nameChannels } from './channel-rows.js';
import { IndexedLayer } from './indexed-layer.js';
import { countWords } from '../index/group-levels.js';
import { groupWords } from '../index/groups.js';
import { heightOf, rowTop } from '../layout/layout.js';
import { paintLevels } from '../words/level-words.js';
import { lineName } from '../words/line-words.js';
import { momentIn, taskIn } from '../index/moment.js';
import { paintLineMarks } from './line-marks.js';
import { labelOf } from '../layout/rows.js';

const RUNNING = STATES.indexOf('running');

/**
 * @typedef {Ground & {
 *   timeline: Timeline, index: RunIndex, rows: RowList,
 *   mostTasks: number, full: Record<string, number>, arrows: boolean, selected: number, selectedGroup: {key: string, fromMs: number, toMs: number} | null, place: number,
 *   replayMs: number | null, rowName: (processor: number) => string, noun: readonly [string, string],
 * }} Scene
 *   `mostTasks`: the highest concurrency level of all lanes; `full`: by group key, how many tasks
 *   fill the height of the group's row; `arrows`: whether arrows are drawn if the index has them;
 *   `selected`: an index into `index.tasks`, or -1; `selectedGroup`: a period in a group's row;
 *   `place`: the place in this run whose intervals are marked, or NO_PLACE; `replayMs`: the time of
 *   the replay, or null; the timeline is pale after this time; `rowName`: the name of a processor's
 *   row; `noun`: the lesson's word for a task
 */

/**
 * The parts of a scene that do not depend on the lane's run.
 * @typedef {Omit<Scene, 'timeline' | 'index' | 'rows'>} LaneScene
 */

export class TimelineDrawing {
  #canvas;
  #ink;
  #indexed = new IndexedLayer();
  #empty = true;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /** Clears the timeline, because nothing has run or another canvas shows the run. */
  clear() {
    if (this.#empty) return; // setting the width, even to the same value, costs a layout
    this.#canvas.width = 1;
    this.#empty = true;
  }

  /** @param {Scene} scene */
  paint(scene) {
    const ink = this.#ink;
    const { timeline, index, rows } = scene;
    this.#empty = false;
    cleanCanvas(this.#canvas, ink, scene);
    paintGrid(ink, scene);
    withinAxis(ink, scene, () => {
      this.#indexed.draw(ink, scene);
      paintLevels(ink, scene);
      if (scene.arrows && index.traffic) paintArrows(ink, index.traffic.arrows, scene);
      paintLineMarks(ink, scene);
      this.#selection(scene);
    });
    this.#future(scene);
    paintNames(ink, scene, (row) =>
      scene.layout.by === 'processor' ? { name: scene.rowName(row) } : labelOf(rows, row, timeline.names, scene.noun),
    );
    if (index.traffic) nameChannels(ink, index.traffic.channels, scene);
    paintEnd(ink, scene, timeline);
    paintCursor(ink, scene, (row, ms) => tell(scene, row, ms));
  }

  /**
   * Draws a frame around the selection.
   * @param {Scene} scene
   */
  #selection({ layout, scale, palette, rows, selected, selectedGroup, index: { tasks, report } }) {
    let row = -1;
    let [fromMs, toMs] = [0, 0];
    if (selectedGroup) {
      row = layout.by === 'task' ? rows.rowOfGroup(selectedGroup.key) : -1;
      ({ fromMs, toMs } = selectedGroup);
    } else if (selected >= 0) {
      const processor = tasks.processor[selected];
      row =
        layout.by === 'task'
          ? rows.rowOf(report.states.task[tasks.order[selected]])
          : tasks.state[selected] === RUNNING && processor !== NONE
            ? processor
            : -1;
      [fromMs, toMs] = [tasks.startMs[selected], tasks.endMs[selected]];
    }
    if (row < 0 || row >= layout.rows) return;
    const from = Math.max(scale.x(fromMs), scale.left) - 2;
    const to = Math.min(scale.x(toMs), scale.left + scale.width) + 2;
    if (to < from) return;
    const ink = this.#ink;
    ink.strokeStyle = palette.cursor;
    ink.lineWidth = 2;
    ink.beginPath();
    ink.roundRect(from, rowTop(layout, row) - 2, Math.max(to - from, 5), heightOf(layout, row) + 4, 3);
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
}

/**
 * Describes what a row shows at a time, in words.
 * @param {Scene} scene
 * @param {number} row
 * @param {number} ms
 * @returns {string} empty: the row shows nothing at that time
 */
function tell(scene, row, ms) {
  const { index, layout, rows, timeline, noun, wordOf } = scene;
  const group = layout.by === 'task' ? rows.groupAt(row) : null;
  if (group) {
    const sums = index.groups.get(group.key);
    if (!sums || ms > index.report.wallMs) return '';
    return `${groupWords(group.tasks.length, group, noun)[0]}: ${countWords(sums.levels.map((steps) => steps.valueAt(ms)))}`;
  }
  const task = taskIn(scene, row, ms);
  const moment = task < 0 ? null : momentIn(index, task, ms);
  if (!moment) return '';
  const line = index.report.places[moment.place];
  const words = momentWords(timeline.names[task] ?? '', moment, wordOf);
  return line ? `${words}, ${lineName(index.report, line)}` : words;
}
