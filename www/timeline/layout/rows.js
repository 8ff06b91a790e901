/**
 * The rows of the lanes' timelines, if rows are tasks. A row shows one task, or a group of tasks as
 * a whole. If there are groups, all lanes share one plan, so the row of a group has the same
 * position in each lane. Without groups, each lane has the rows of its own tasks.
 *
 * @typedef {import('../index/groups.js').Group} Group
 * @typedef {import('../index/groups.js').Groups} Groups
 */
import { GRAIN_COUNT, groupWords } from '../index/groups.js';
import { MOST_ROWS, ROWS_AT_ONCE } from './layout.js';

/**
 * @typedef {object} PlannedRow
 * @property {string} key       key of the group
 * @property {number} nth       the task that the row shows, as an index into the group's tasks; -1:
 *   the row shows the group as a whole
 * @property {number} size      the largest number of tasks that the group has in any lane
 * @property {boolean} open     for a row that shows a group: whether the reader has opened it
 * @property {string} series    as in {@link Group}
 * @property {string} parent    as in {@link Group}
 */

/**
 * @typedef {object} RowPlan
 * @property {number} grain     the grain of the groups (see groups.js), from 0 for the finest; -1:
 *   there are no groups, and every task that matches the search has a row
 * @property {string} find      text that the names must contain, in lower case; empty: no search
 * @property {string | null} only   the one name that is shown; null: all names
 * @property {PlannedRow[]} rows    empty without groups, because each lane then finds its own rows
 * @property {number} left      number of tasks of open groups without a row, because there are
 *   already MOST_ROWS rows
 */

/**
 * A group that has a row. `tasks` are the group's tasks in one lane. `most` is the largest number
 * of these tasks that existed at the same time.
 * @typedef {PlannedRow & Pick<Group, 'tasks' | 'most'>} RowGroup
 */

/** The plan without groups and without a search: every task has a row. @type {RowPlan} */
export const NO_PLAN = { grain: -1, find: '', only: null, rows: [], left: 0 };

/**
 * @param {Groups[]} lanes                the tasks of each lane that has run
 * @param {object} wanted
 * @param {string} wanted.find
 * @param {string | null} wanted.only
 * @param {ReadonlySet<string>} wanted.opened   keys of the groups whose tasks are shown
 * @returns {RowPlan}
 */
export function planRows(lanes, { find, only, opened }) {
  const text = find.trim().toLowerCase();
  const most = Math.max(0, ...lanes.map(({ count }) => count));
  if (text || only !== null || most <= ROWS_AT_ONCE) return { ...NO_PLAN, find: text, only };
  for (let grain = 0; grain < GRAIN_COUNT; grain++) {
    if (lanes.some((lane) => lane.groupCount(grain) > ROWS_AT_ONCE)) continue;
    const rows = wholeRows(lanes, grain);
    if (rows.length <= ROWS_AT_ONCE || grain === GRAIN_COUNT - 1)
      return { ...NO_PLAN, grain, ...withTasks(rows, opened) };
  }
  throw new RangeError('the coarsest grain has few groups');
}

/**
 * Makes a row for each group. The groups of the lane with the largest number of tasks come first,
 * in that lane's order. Groups that this lane does not have follow.
 * @param {Groups[]} lanes
 * @param {number} grain
 * @returns {PlannedRow[]}
 */
function wholeRows(lanes, grain) {
  /** @type {Map<string, PlannedRow>} */
  const rows = new Map();
  for (const lane of [...lanes].sort((a, b) => b.count - a.count)) {
    for (const { key, series, parent, tasks } of lane.all(grain)) {
      const size = Math.max(rows.get(key)?.size ?? 0, tasks.length);
      rows.set(key, { key, nth: size === 1 ? 0 : -1, size, open: false, series, parent });
    }
  }
  return [...rows.values()];
}

/**
 * @param {PlannedRow[]} whole
 * @param {ReadonlySet<string>} opened
 * @returns {{rows: PlannedRow[], left: number}}
 */
function withTasks(whole, opened) {
  let room = MOST_ROWS - whole.length;
  let left = 0;
  const rows = whole.flatMap((row) => {
    if (row.nth >= 0 || !opened.has(row.key)) return [row];
    const shown = Math.max(0, Math.min(row.size, room));
    room -= shown;
    left += row.size - shown;
    return [{ ...row, open: true }, ...Array.from({ length: shown }, (_, nth) => ({ ...row, nth }))];
  });
  return { rows, left };
}

/** The rows of one lane according to a plan. While the run goes on, new tasks get rows, too. */
export class RowList {
  #plan;
  #groups;
  /** The tasks with ids below this number are in the arrays. */
  #known = 0;
  /** @type {number} the value of `Groups.outOfOrder` when the arrays were last filled from the
   *   beginning */
  #outOfOrder;
  /** @type {number[]} by task id: the row that shows the task alone, or -1 */
  #own = [];
  /** @type {number[]} by task id: the row that shows the task's group as a whole, or -1 */
  #whole = [];
  /** @type {number[]} without groups: the tasks that match the search, in the order of their ids */
  #found = [];
  /** @type {Map<string, {whole: number, first: number, shown: number}>} by group key: its rows */
  #places = new Map();

  /**
   * @param {RowPlan} plan
   * @param {Groups} groups
   */
  constructor(plan, groups) {
    this.#plan = plan;
    this.#groups = groups;
    this.#outOfOrder = groups.outOfOrder;
    /** Rows that show a group as a whole. */
    this.groupRows = plan.rows.flatMap(({ nth }, row) => (nth < 0 ? [row] : []));
    plan.rows.forEach(({ key, nth }, row) => {
      const place = this.#places.get(key) ?? { whole: -1, first: -1, shown: 0 };
      if (nth < 0) place.whole = row;
      else {
        if (nth === 0) place.first = row;
        place.shown++;
      }
      this.#places.set(key, place);
    });
    this.grow();
  }

  /** Whether every task has a row, in the order of the ids. */
  get #isAll() {
    return this.#plan.grain < 0 && this.#plan.find === '' && this.#plan.only === null;
  }

  /**
   * Adds the tasks that are new since the last call. The rows of the other tasks stay the same,
   * unless a task was added after a task with a higher id. In that case, the rows of all tasks are
   * computed again.
   */
  grow() {
    if (this.#isAll) return;
    if (this.#outOfOrder !== this.#groups.outOfOrder) {
      this.#outOfOrder = this.#groups.outOfOrder;
      this.#known = this.#found.length = 0;
    }
    const { grain, find, only } = this.#plan;
    for (; this.#known < this.#groups.count; this.#known++) {
      const task = this.#known;
      this.#own[task] = this.#whole[task] = -1;
      if (grain < 0) {
        const name = this.#groups.nameOf(task);
        if (only === null ? !name.toLowerCase().includes(find) : name !== only) continue;
        this.#own[task] = this.#found.length;
        this.#found.push(task);
        continue;
      }
      const group = this.#groups.of(grain, task);
      const place = group && this.#places.get(group.key);
      if (!place) continue;
      this.#whole[task] = place.whole;
      const nth = place.shown > 0 ? placeOf(group.tasks, task) : -1;
      if (nth >= 0 && nth < place.shown) this.#own[task] = place.first + nth;
    }
  }

  /** The number of rows. */
  get count() {
    return this.#plan.grain >= 0 ? this.#plan.rows.length : this.#isAll ? this.#groups.count : this.#found.length;
  }

  /**
   * Returns the task that a row shows alone.
   * @param {number} row
   * @returns {number} -1: the row shows a group, or nothing
   */
  taskAt(row) {
    if (this.#isAll) return row < this.#groups.count ? row : -1;
    if (this.#plan.grain < 0) return this.#found[row] ?? -1;
    const planned = this.#plan.rows[row];
    if (!planned || planned.nth < 0) return -1;
    return this.#groups.withKey(this.#plan.grain, planned.key)?.tasks[planned.nth] ?? -1;
  }

  /**
   * Returns the group that a row shows as a whole.
   * @param {number} row
   * @returns {RowGroup | null}
   */
  groupAt(row) {
    const planned = this.#plan.rows[row];
    if (!planned || planned.nth >= 0) return null;
    const { tasks = [], most = 0 } = this.#groups.withKey(this.#plan.grain, planned.key) ?? {};
    return { ...planned, tasks, most };
  }

  /**
   * @param {string} key   key of a group
   * @returns {number} the row that shows the group as a whole, or -1
   */
  rowOfGroup(key) {
    return this.#places.get(key)?.whole ?? -1;
  }

  /** The groups that have a row for the group as a whole. */
  get groups() {
    return this.groupRows.flatMap((row) => this.groupAt(row) ?? []);
  }

  /**
   * Returns the row that shows a task alone.
   * @param {number} task
   * @returns {number} -1: there is none
   */
  ownRow(task) {
    if (this.#isAll) return task < this.#groups.count ? task : -1;
    return this.#own[task] ?? -1;
  }

  /**
   * Returns the row that shows a task's group as a whole.
   * @param {number} task
   * @returns {number} -1: there is none
   */
  wholeRow(task) {
    return this.#whole[task] ?? -1;
  }

  /**
   * Returns the row that shows a task: the task's own row, or else the row of the task's group.
   * @param {number} task
   * @returns {number} -1: the task isn't shown
   */
  rowOf(task) {
    const own = this.ownRow(task);
    return own >= 0 ? own : this.wholeRow(task);
  }
}

/**
 * Returns the label of a row.
 * @param {RowList} rows
 * @param {number} row
 * @param {string[]} names    by task id
 * @param {readonly [string, string]} noun   the lesson's word for a task: singular, plural
 * @returns {import('../drawing/around.js').Label}
 */
export function labelOf(rows, row, names, noun) {
  const group = rows.groupAt(row);
  if (!group) return { name: names[rows.taskAt(row)] ?? '' };
  const [name, more] = groupWords(group.tasks.length, group, noun);
  return { name, more, open: group.open };
}

/**
 * @param {number[]} rising
 * @param {number} wanted
 * @returns {number} index of `wanted`, or -1
 */
function placeOf(rising, wanted) {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return rising[low] === wanted ? low : -1;
}
