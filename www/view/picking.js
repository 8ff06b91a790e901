/**
 * Picking an interval in a lane, by pointer or by keys, and going on from it to
 * the one before, after, above or below.
 *
 * @typedef {import('../lanes.js').Lane} Lane
 * @typedef {import('../picture/layout.js').Layout} Layout
 * @typedef {import('../picture/time-scale.js').TimeScale} TimeScale
 * @typedef {import('./lane-view.js').LaneView} LaneView
 * @typedef {import('./look.js').Look} Look
 */
import { STATES } from '../messages.js';
import { rowAt } from '../picture/layout.js';

const RUNNING = STATES.indexOf('running');

export class Picking {
  #look;
  #laneOf;

  /**
   * @param {Look} look
   * @param {(lane: Lane) => LaneView} laneOf
   */
  constructor(look, laneOf) {
    this.#look = look;
    this.#laneOf = laneOf;
  }

  /** @param {Record<Lane, string>} titles */
  picked(titles) {
    const found = this.#found();
    return found && { lane: titles[found.lane], index: found.index, interval: found.interval };
  }

  #found() {
    const { selection } = this.#look;
    const index = selection && this.#laneOf(selection.lane).index;
    if (!selection || !index) return null;
    const { lane, interval } = selection;
    return { lane, interval, index, task: index.report.states.task[index.tasks.order[interval]] };
  }

  /**
   * What lies at a place; nothing there lets go.
   * @param {Lane} lane
   * @param {Layout | null} layout
   * @param {TimeScale} scale
   * @param {number} x
   * @param {number} y
   */
  at(lane, layout, scale, x, y) {
    const { index, rowList } = this.#laneOf(lane);
    if (!index || !layout || x < scale.left) return;
    const row = rowAt(layout, y);
    const ms = scale.ms(x);
    let task = -1;
    if (layout.by === 'task') task = rowList.taskAt(row);
    else if (row >= 0) {
      const turn = index.processors.at(row, ms);
      if (turn >= 0) task = index.report.states.task[index.processors.order[turn]];
    }
    this.#pick(lane, task < 0 ? -1 : index.tasks.at(task, ms));
  }

  /**
   * Where a task ran longest; lets go where there is no such task.
   * @param {Lane} lane
   * @param {string} name   the task's
   */
  task(lane, name) {
    const { index } = this.#laneOf(lane);
    if (!index) return;
    const { tasks } = index;
    const task = index.report.tasks.name.indexOf(name);
    let longest = -1;
    const length = (/** @type {number} */ interval) => tasks.endMs[interval] - tasks.startMs[interval];
    for (let i = tasks.offset[task]; i < tasks.offset[task + 1]; i++) {
      if (tasks.state[i] === RUNNING && (longest < 0 || length(i) > length(longest))) longest = i;
    }
    this.#pick(lane, longest);
  }

  /**
   * @param {Lane} lane
   * @param {number} interval   -1: none
   */
  #pick(lane, interval) {
    this.#look.set({ selection: interval < 0 ? null : { lane, interval } });
  }

  /**
   * @param {Lane} lane
   * @param {string} key
   * @param {boolean} shift
   * @param {number} middleMs   of what is in view
   * @returns {boolean} whether the key means something here
   */
  key(lane, key, shift, middleMs) {
    const look = this.#look;
    switch (key) {
      case 'ArrowLeft': if (shift) this.step(-1); else look.panBy(-1 / 8); return true;
      case 'ArrowRight': if (shift) this.step(1); else look.panBy(1 / 8); return true;
      case 'ArrowUp': this.#row(lane, -1, middleMs); return true;
      case 'ArrowDown': this.#row(lane, 1, middleMs); return true;
      case '+': case '=': look.zoomAtMiddle(1.5); return true;
      case '-': case '_': look.zoomAtMiddle(1 / 1.5); return true;
      case '0': case 'Home': look.fit(); return true;
      case 'z': case 'Z': this.approach(); return true;
      case 'Escape':
        if (!look.selection && look.only === null) return false;
        look.set({ selection: null, only: null });
        return true;
      default: return false;
    }
  }

  /**
   * The row above or below, at the same time or as near to it as there is something.
   * @param {Lane} lane
   * @param {number} by
   * @param {number} middleMs
   */
  #row(lane, by, middleMs) {
    const { index, rowList } = this.#laneOf(lane);
    if (!index) return;
    const found = this.#found();
    const ms = found ? (index.tasks.startMs[found.interval] + index.tasks.endMs[found.interval]) / 2 : middleMs;
    const from = found?.lane === lane ? rowList.rowOf(found.task) : by > 0 ? -1 : rowList.count;
    for (let row = from + by; row >= 0 && row < rowList.count; row += by) {
      const task = rowList.taskAt(row);
      const [first, end] = [index.tasks.offset[task], index.tasks.offset[task + 1]];
      if (first === end) continue;
      this.#pick(lane, Math.min(index.tasks.after(task, ms), end - 1));
      return;
    }
  }

  /** @param {-1 | 1} by */
  step(by) {
    const found = this.#found();
    if (!found) return;
    const { tasks } = found.index;
    const next = found.interval + by;
    if (next < tasks.offset[found.task] || next >= tasks.offset[found.task + 1]) return;
    this.#pick(found.lane, next);
    this.#look.reveal(tasks.startMs[next]);
  }

  approach() {
    const found = this.#found();
    if (found) this.#look.showStretch(found.index.tasks.startMs[found.interval], found.index.tasks.endMs[found.interval]);
  }

  only() {
    const found = this.#found();
    if (found) this.#look.set({ only: this.#look.only === null ? found.index.report.tasks.name[found.task] : null });
  }

  close() {
    const lane = this.#look.selection?.lane;
    this.#look.set({ selection: null });
    if (lane) this.#laneOf(lane).drawing.focus();
  }
}
