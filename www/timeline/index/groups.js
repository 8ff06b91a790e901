/**
 * The tasks of one run in groups, for pictures that have no room for a row for each task. A group
 * holds tasks that the same task created. Where their names are a numbered series ("counter 1",
 * "counter 2", …), it holds that series alone.
 *
 * Groups are formed in several grains, from fine to coarse. A picture uses the finest grain whose
 * rows fit (see rows.js).
 */

/**
 * @typedef {object} Group
 * @property {string} key       names the group in every lane; two groups with the same key have the same rule
 * @property {string} series    what the names of a numbered series have in common; else empty
 * @property {string} parent    name of the task that created the tasks; empty where several did, or none
 * @property {number[]} tasks   ids, in order
 * @property {number} now       tasks that existed when it was last counted
 * @property {number} most      the highest of these numbers
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

/** The rules of each grain, from fine to coarse. The first task, main, is always alone. @type {Rule[]} */
const GRAINS = [
  (task) => (task.series ? inSeries(task) : alone(task)),
  (task) => (task.series ? inSeries(task) : unnumbered(task)),
  ofParent,
  () => ({ key: '*', series: '', parent: '' }),
];

/** So many grains there are. */
export const GRAIN_COUNT = GRAINS.length;

export class Groups {
  /** One more than the highest id. */
  count = 0;
  /** How many tasks there are. */
  total = 0;
  /** How many of them came after a task of a higher id: places in groups have changed then. */
  late = 0;
  /** @type {string[]} by task id */
  #names = [];
  /** @type {Set<string>} parent and name of the tasks whose names have no number */
  #plainNames = new Set();
  /** @type {Map<string, Group>[]} by grain and key */
  #byKey = GRAINS.map(() => new Map());
  /** @type {Group[][]} by grain and task id */
  #byTask = GRAINS.map(() => []);

  /**
   * Takes in tasks that have come. A task comes after the one that created it.
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
    if (id < this.count) this.late++;
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
  see({ task }) {
    for (const byTask of this.#byTask) {
      for (const id of task) if (byTask[id]) byTask[id].now = 0;
      for (const id of task) {
        const group = byTask[id];
        if (group && ++group.now > group.most) group.most = group.now;
      }
    }
  }

  /**
   * "image tile" of "image 3 tile 2". Empty where the name has no number, and where it counts the
   * rounds of a list of words: "soup 2" comes after "soup".
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
   * How many groups there are.
   * @param {number} grain
   */
  groupCount(grain) {
    return this.#byKey[grain].size;
  }

  /**
   * In the order of their first tasks.
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
 * @param {readonly [string, string]} noun   what a task is called where its name is no series
 * @returns {[string, string]} "64 counters"; and who started them, or nothing where main did and the first part says enough
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
