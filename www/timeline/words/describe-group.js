/**
 * A period in a group's row, described in words.
 *
 * @typedef {import('../index/run-index.js').RunIndex} RunIndex
 */
import { STATES } from '../../common/messages.js';
import { list, time } from '../../common/words.js';
import { exact } from './describe.js';
import { groupWords } from '../index/groups.js';
import { stretchAt } from '../index/group-levels.js';

/** The maximum number of tasks that are named. More tasks are only counted. */
const MOST_NAMES = 4;

/**
 * @param {RunIndex} index
 * @param {import('../layout/rows.js').RowGroup} group   a group that `index.groups` contains
 * @param {number} ms
 * @param {readonly [string, string]} noun   the lesson's word for a task: singular, plural
 * @returns {{name: string, rows: [string, string][]}} a label and a text in each row
 */
export function describeGroup(index, group, ms, noun) {
  const { fromMs, toMs, counts } = stretchAt(index.groups.get(group.key)?.levels ?? [], ms, index.report.wallMs);
  const [name, more] = groupWords(group.tasks.length, group, noun);
  /** @type {[string, string][]} */
  const rows = [
    ['Tasks', more ? `${name}, ${more}` : name],
    ['Time', `${time(toMs - fromMs)}, from ${exact(fromMs)} to ${exact(toMs)}`],
  ];
  STATES.forEach((state, code) => {
    const names =
      counts[code] > 0 && counts[code] <= MOST_NAMES ? namesIn(index, group.tasks, code, (fromMs + toMs) / 2) : [];
    rows.push([
      state[0].toUpperCase() + state.slice(1),
      names.length > 0 ? `${counts[code]}: ${list(names)}` : String(counts[code] ?? 0),
    ]);
  });
  return { name, rows };
}

/**
 * @param {RunIndex} index
 * @param {number[]} members
 * @param {number} state
 * @param {number} ms
 */
function namesIn({ tasks, report }, members, state, ms) {
  return members.flatMap((task) => {
    const at = tasks.at(task, ms);
    return at >= 0 && tasks.state[at] === state ? [report.tasks.name[task]] : [];
  });
}
