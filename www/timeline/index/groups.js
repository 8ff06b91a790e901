/**
 * The tasks of one run in groups, for timelines that have no room for a row for each task. Groups
 * are formed in several grains, from fine to coarse. A timeline uses the finest grain whose rows
 * fit (see rows.js).
 *
 * Except in the coarsest grain, the tasks of a group were created by the same task, or by tasks
 * with the same name. In the finer grains, each numbered series of names ("counter 1",
 * "counter 2", …) is a group of its own. In the coarsest grain, all tasks except main are one
 * group.
 */

/**
 * @typedef {object} Group
 * @property {string} key       identifies the group in every lane; equal keys come from the same
 *   rule
 * @property {string} series    common part of the names of a numbered series; else empty
 * @property {string} parent    name of the task that created the tasks; empty if there is no such
 *   task, or more than one
 * @property {number[]} tasks   ids, rising
 * @property {number} now       number of the group's tasks that existed at the last count that
 *   found at least one of them
 * @property {number} most      highest value of `now` so far
 */

/**
 * A rule says to which group a task belongs.
 * @typedef {(task: {name: string, parent: string, series: string}) => Pick<Group, 'key' | 'series' | 'parent'>} Rule
 */

/** @type {Rule} */
const alone = ({ name, parent }) => ({ key: `${parent}/=${name}`, series: '', parent });
/** @type {Rule} */
const inSeries = ({ parent, series }) => ({ key: `${parent}/${series}`, series, parent });
/** @type {Rule} */
const ofParent = ({ parent }) => ({ key: `${parent}/*`, series: '', parent });
/** @type {Rule} */
const unnumbered = ({ parent }) => ({ key: `${parent}/-`, series: '', parent });

/**
 * The rule of each grain, from fine to coarse. The first task, main, is always alone.
 * @type {Rule[]}
 */
const GRAINS = [
  (task) => (task.series ? inSeries(task) : alone(task)),
  (task) => (task.series ? inSeries(task) : unnumbered(task)),
  ofParent,
  () => ({ key: '*', series: '', parent: '' }),
];

/** The number of grains. */
export const GRAIN_COUNT = GRAINS.length;

export class Groups {
  /** One more than the highest id. */
  count = 0;
  /** The number of tasks. */
  total = 0;
  /**
   * The number of tasks that were added after a task with a higher id. Such a task changes the
   * positions of other tasks in its groups.
   */
  outOfOrder = 0;
  /** @type {string[]} by task id */
  #names = [];
  /** @type {Set<string>} "parent/name" of each task whose name has no number */
  #plainNames = new Set();
  /** @type {Map<string, Group>[]} by grain and key */
  #byKey = GRAINS.map(() => new Map());
  /** @type {Group[][]} by grain and task id */
  #byTask = GRAINS.map(() => []);

  /**
   * Adds new tasks. A task must be added after the task that created it.
   * @param {{id: Uint32Array, name: string[], parent: Int32Array}} tasks
   */
  add({ id, name, parent }) {
    for (let i = 0; i < id.length; i++) this.#add(id[i], name[i] ?? '', parent[i]);
  }

  /**
   * @param {number} id
   * @param {string} name
   * @param {number} parentId   -1: none
   */
  #add(id, name, parentId) {
    this.total++;
    if (id < this.count) this.outOfOrder++;
    this.count = Math.max(this.count, id + 1);
    this.#names[id] = name;
    const parent = parentId < 0 ? '' : (this.#names[parentId] ?? `task ${parentId}`);
    const task = { name, parent, series: this.#seriesOf(name, parent) };
    for (let grain = 0; grain < GRAINS.length; grain++) {
      const { key, ...what } = (id === 0 ? alone : GRAINS[grain])(task);
      const known = this.#byKey[grain].get(key);
      const group = known ?? { key, ...what, tasks: [], now: 0, most: 0 };
      if (!known) this.#byKey[grain].set(key, group);
      insert(group.tasks, id);
      this.#byTask[grain][id] = group;
    }
  }

  /**
   * Counts the tasks of each group that exist now.
   * @param {{task: Uint32Array}} open   tasks that have not ended
   */
  countExisting({ task }) {
    for (const byTask of this.#byTask) {
      for (const id of task) if (byTask[id]) byTask[id].now = 0;
      for (const id of task) {
        const group = byTask[id];
        if (group && ++group.now > group.most) group.most = group.now;
      }
    }
  }

  /**
   * Returns the series of a name: "image tile" for "image 3 tile 2". The series is empty if the
   * name has no number. The series is also empty if an earlier task of the same parent has the name
   * without the number: "soup 2" after "soup". Such numbers count the rounds of a list of words.
   * @param {string} name
   * @param {string} parent
   */
  #seriesOf(name, parent) {
    const series = name.replace(/\s*\d+/g, '').trim();
    if (series !== name) return this.#plainNames.has(`${parent}/${series}`) ? '' : series;
    this.#plainNames.add(`${parent}/${name}`);
    return '';
  }

  /**
   * Returns the number of groups.
   * @param {number} grain
   */
  groupCount(grain) {
    return this.#byKey[grain].size;
  }

  /**
   * Returns all groups, in the order in which their first tasks were added.
   * @param {number} grain
   * @returns {Iterable<Group>}
   */
  all(grain) {
    return this.#byKey[grain].values();
  }

  /**
   * @param {number} grain
   * @param {string} key
   * @returns {Group | null}
   */
  withKey(grain, key) {
    return this.#byKey[grain].get(key) ?? null;
  }

  /**
   * @param {number} grain
   * @param {number} task
   * @returns {Group | null} null: no such task
   */
  of(grain, task) {
    return this.#byTask[grain][task] ?? null;
  }

  /** @param {number} task */
  nameOf(task) {
    return this.#names[task] ?? '';
  }
}

/**
 * @param {number[]} rising
 * @param {number} id
 */
function insert(rising, id) {
  let place = rising.length;
  while (place > 0 && rising[place - 1] > id) place--;
  rising.splice(place, 0, id);
}

/**
 * @param {number} n
 * @param {Pick<Group, 'series' | 'parent'>} group
 * @param {readonly [string, string]} noun   the lesson's word for a task: singular, plural; used
 *   for groups without a series
 * @returns {[string, string]} the tasks, such as "64 counters", and the task that started them; the
 *   second text is empty if that task is unknown, or if main started a series
 */
export function groupWords(n, { series, parent }, [one, several]) {
  if (series)
    return [
      `${n} ${n === 1 || /(s|ed)$/.test(series) ? series : `${series}s`}`,
      parent === 'main' ? '' : startedBy(parent),
    ];
  return [`${n} ${n === 1 ? one : several}`, startedBy(parent)];
}

/** @param {string} parent */
const startedBy = (parent) => (parent ? `started by ${parent}` : '');
