/** Which tasks have a row in a picture, and in which order. */
export class RowList {
  #rowOf;

  /**
   * @param {number} count              rows, where every task has one
   * @param {Uint32Array | null} tasks  those that were asked for; null: all, by their ids
   */
  constructor(count, tasks = null) {
    this.tasks = tasks;
    this.count = tasks ? tasks.length : count;
    this.#rowOf = tasks ? new Map(Array.from(tasks, (task, row) => [task, row])) : null;
  }

  /** @param {number} row */
  taskAt(row) {
    return this.tasks ? this.tasks[row] ?? -1 : row < this.count ? row : -1;
  }

  /**
   * @param {number} task
   * @returns {number} -1 where it has none
   */
  rowOf(task) {
    if (!this.#rowOf) return task < this.count ? task : -1;
    return this.#rowOf.get(task) ?? -1;
  }
}

/** Which tasks have a row, picked anew only where tasks have come or something else is looked for. */
export class RowPicker {
  list = new RowList(0);
  #key = '';
  /** @type {string[]} */
  #names = [];

  /**
   * @param {string[]} names           by task
   * @param {{find: string, only: string | null}} wanted
   * @returns {RowList}
   */
  pick(names, wanted) {
    const { find, only } = wanted;
    const key = `${names.length} ${only === null ? `find ${find}` : `only ${only}`}`;
    if (key !== this.#key || names !== this.#names) {
      this.list = rowsFor(names, wanted);
      this.#key = key;
      this.#names = names;
    }
    return this.list;
  }
}

/**
 * The tasks whose names hold what is looked for.
 * @param {string[]} names           by task
 * @param {{find: string, only: string | null}} wanted   `only`: one name, as it is written
 * @returns {RowList}
 */
export function rowsFor(names, { find, only }) {
  const text = find.trim().toLowerCase();
  if (only === null && text === '') return new RowList(names.length);
  const fits = only === null
    ? (/** @type {string} */ name) => name.toLowerCase().includes(text)
    : (/** @type {string} */ name) => name === only;
  const tasks = [];
  for (let task = 0; task < names.length; task++) if (fits(names[task] ?? '')) tasks.push(task);
  return new RowList(names.length, Uint32Array.from(tasks));
}
