/**
 * Selects an interval of a task, or a time in the row of a group, by pointer or by keys. The keys
 * move the selection to the previous or next interval, and to the row above or below.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../timeline/layout/layout.js').Layout} Layout
 * @typedef {import('../timeline/layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('./lane-view.js').LaneView} LaneView
 * @typedef {import('../timeline/layout/view-state.js').ViewState} ViewState
 */
import { STATES } from '../common/messages.js';
import { stretchAt, stretchBefore } from '../timeline/index/group-levels.js';
import { rowAt } from '../timeline/layout/layout.js';
import { taskIn } from '../timeline/index/moment.js';

const RUNNING = STATES.indexOf('running');

/**
 * The selection: an interval of a task, or the time `ms` in the row of a group. For a group,
 * `interval` is -1.
 * @typedef {object} Picked
 * @property {string} lane         the title of the lane
 * @property {import('../timeline/index/run-index.js').RunIndex} index
 * @property {number} interval
 * @property {import('../timeline/layout/rows.js').RowGroup | null} group
 * @property {number} ms
 */

export class Picking {
  #viewState;
  #laneOf;

  /**
   * @param {ViewState} viewState
   * @param {(lane: Lane) => LaneView} laneOf
   */
  constructor(viewState, laneOf) {
    this.#viewState = viewState;
    this.#laneOf = laneOf;
  }

  /**
   * @param {Record<Lane, string>} titles
   * @returns {Picked | null}
   */
  picked(titles) {
    const found = this.#found();
    return found && { ...found, lane: titles[found.lane] };
  }

  #found() {
    const { selection } = this.#viewState;
    const lane = selection && this.#laneOf(selection.lane);
    if (!selection || !lane?.index) return null;
    const { index, rowList } = lane;
    const { interval, ms = 0 } = selection;
    const group = selection.group === undefined ? null : rowList.groupAt(rowList.rowOfGroup(selection.group));
    // The selected group has no row any more, or the index does not contain it yet.
    if (interval < 0 && (!group || !index.groups.has(group.key))) return null;
    const levels = group ? (index.groups.get(group.key)?.levels ?? []) : [];
    return {
      lane: selection.lane,
      interval,
      index,
      group,
      levels,
      ms,
      task: group ? -1 : index.report.states.task[index.tasks.order[interval]],
    };
  }

  /**
   * The period around the selected time in which the counts of the selected group stay the same.
   * Null if no group is selected.
   */
  get stretch() {
    const found = this.#found();
    if (!found?.group) return null;
    const { key } = found.group;
    return { lane: found.lane, key, ...stretchAt(found.levels, found.ms, found.index.report.wallMs) };
  }

  /**
   * Selects what is drawn at a position. If nothing is drawn at the position, clears the selection.
   * @param {Lane} lane
   * @param {Layout | null} layout
   * @param {TimeScale} scale
   * @param {number} x
   * @param {number} y
   */
  at(lane, layout, scale, x, y) {
    const { index, rowList } = this.#laneOf(lane);
    if (!index || !layout || x < scale.left) return;
    const ms = scale.ms(x);
    const group = layout.by === 'task' ? rowList.groupAt(rowAt(layout, y)) : null;
    if (group) this.#pickGroup(lane, group.key, ms);
    else this.#pick(lane, this.intervalAt(lane, layout, { ms, y })?.interval ?? -1);
  }

  /**
   * Finds the interval at a position in a drawing.
   * @param {Lane} lane
   * @param {Layout | undefined} layout
   * @param {{ms: number, y: number}} place
   * @returns {{index: import('../timeline/index/run-index.js').RunIndex, interval: number} | null} null: there is none
   */
  intervalAt(lane, layout, { ms, y }) {
    const { index, rowList } = this.#laneOf(lane);
    if (!index || !layout) return null;
    const task = taskIn({ layout, rows: rowList, index }, rowAt(layout, y), ms);
    const interval = task < 0 ? -1 : index.tasks.at(task, ms);
    return interval < 0 ? null : { index, interval };
  }

  /**
   * Selects the interval in which a task ran longest. If no such task ran, clears the selection.
   * @param {Lane} lane
   * @param {string} name   the name of the task
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
   * @param {number} interval   -1 for none
   */
  #pick(lane, interval) {
    this.#viewState.set({ selection: interval < 0 ? null : { lane, interval } });
  }

  /**
   * @param {Lane} lane
   * @param {string} group   the key of the group
   * @param {number} ms
   */
  #pickGroup(lane, group, ms) {
    const { index } = this.#laneOf(lane);
    if (index)
      this.#viewState.set({
        selection: { lane, interval: -1, group, ms: Math.min(Math.max(0, ms), index.report.wallMs) },
      });
  }

  /**
   * @param {Lane} lane
   * @param {string} key
   * @param {boolean} shift
   * @param {number} middleMs   the time in the middle of the view
   * @returns {boolean} whether the key has an effect in a drawing
   */
  key(lane, key, shift, middleMs) {
    const viewState = this.#viewState;
    switch (key) {
      case 'Enter':
        if (!this.#found()?.group) return false;
        this.toggle();
        return true;
      case 'ArrowLeft':
        if (shift) this.step(-1);
        else viewState.panBy(-1 / 8);
        return true;
      case 'ArrowRight':
        if (shift) this.step(1);
        else viewState.panBy(1 / 8);
        return true;
      case 'ArrowUp':
        this.#row(lane, -1, middleMs);
        return true;
      case 'ArrowDown':
        this.#row(lane, 1, middleMs);
        return true;
      case '+':
      case '=':
        viewState.zoomAtMiddle(1.5);
        return true;
      case '-':
      case '_':
        viewState.zoomAtMiddle(1 / 1.5);
        return true;
      case '0':
      case 'Home':
        viewState.fit();
        return true;
      case 'z':
      case 'Z':
        this.approach();
        return true;
      case 'Escape':
        if (!viewState.selection && viewState.only === null) return false;
        viewState.set({ selection: null, only: null });
        return true;
      default:
        return false;
    }
  }

  /**
   * Moves the selection to the next row above or below that has intervals. In that row, selects the
   * interval at the same time, or else the next interval, or else the last interval.
   * @param {Lane} lane
   * @param {number} by
   * @param {number} middleMs
   */
  #row(lane, by, middleMs) {
    const { index, rowList } = this.#laneOf(lane);
    if (!index) return;
    const found = this.#found();
    const ms = !found
      ? middleMs
      : found.group
        ? found.ms
        : (index.tasks.startMs[found.interval] + index.tasks.endMs[found.interval]) / 2;
    const from =
      found?.lane !== lane
        ? by > 0
          ? -1
          : rowList.count
        : found.group
          ? rowList.rowOfGroup(found.group.key)
          : rowList.rowOf(found.task);
    for (let row = from + by; row >= 0 && row < rowList.count; row += by) {
      const group = rowList.groupAt(row);
      if (group) {
        this.#pickGroup(lane, group.key, ms);
        return;
      }
      const task = rowList.taskAt(row);
      if (task < 0) continue;
      const [first, end] = [index.tasks.offset[task], index.tasks.offset[task + 1]];
      if (first === end) continue;
      this.#pick(lane, Math.min(index.tasks.after(task, ms), end - 1));
      return;
    }
  }

  /** @param {-1 | 1} by */
  step(by) {
    const found = this.#found();
    const stretch = this.stretch;
    if (!found) return;
    if (stretch) {
      const ms = by > 0 ? stretch.toMs : stretchBefore(found.levels, stretch.fromMs);
      this.#pickGroup(found.lane, stretch.key, ms);
      this.#viewState.reveal(ms);
      return;
    }
    const { tasks } = found.index;
    const next = found.interval + by;
    if (next < tasks.offset[found.task] || next >= tasks.offset[found.task + 1]) return;
    this.#pick(found.lane, next);
    this.#viewState.reveal(tasks.startMs[next]);
  }

  approach() {
    const found = this.#found();
    const stretch = this.stretch;
    if (stretch) this.#viewState.showStretch(stretch.fromMs, stretch.toMs);
    else if (found)
      this.#viewState.showStretch(found.index.tasks.startMs[found.interval], found.index.tasks.endMs[found.interval]);
  }

  /** Shows the tasks of the selected group, or the group as one row again. */
  toggle() {
    const key = this.#found()?.group?.key;
    if (key !== undefined) this.#viewState.toggle(key);
  }

  only() {
    const found = this.#found();
    if (found && !found.group)
      this.#viewState.set({ only: this.#viewState.only === null ? found.index.report.tasks.name[found.task] : null });
  }

  close() {
    const lane = this.#viewState.selection?.lane;
    this.#viewState.set({ selection: null });
    if (lane) this.#laneOf(lane).drawing.focus();
  }
}
