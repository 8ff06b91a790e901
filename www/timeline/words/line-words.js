/**
 * Lines of source, in words.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/messages.js').SourceLine} SourceLine
 * @typedef {import('../index/lines.js').LineSums} LineSums
 */
import { STATES } from '../../common/messages.js';
import { count, list, time } from '../../common/words.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');
const BLOCKED = STATES.indexOf('blocked');

/**
 * Names a line. The file is named only if the run's lines are in several files.
 * @param {SentReport} report
 * @param {SourceLine} line
 * @returns {string} "line 12", or "line 12 of sum.rs"
 */
export const lineName = ({ places }, { file, line }) =>
  `line ${line}${places.some((place) => place.file !== file) ? ` of ${file.split('/').at(-1)}` : ''}`;

/**
 * @param {LineSums} sums   of one line
 * @returns {string} what happened at a line, such as "4 waits (720 ms) and 4 turns ended here (240 ms)"
 */
export function sumsWords({ count: intervals, ms, operations, started }) {
  const parts = [];
  const add = (/** @type {number} */ n, /** @type {readonly [string, string]} */ noun, /** @type {number} */ spent) => {
    if (n > 0) parts.push(`${count(n, noun)} (${time(spent)})`);
  };
  add(intervals[BLOCKED], ['wait', 'waits'], ms[BLOCKED]);
  add(intervals[RUNNING], ['turn ended here', 'turns ended here'], ms[RUNNING]);
  add(intervals[READY], ['time ready', 'times ready'], ms[READY]);
  if (operations > 0) parts.push(count(operations, ['channel operation', 'channel operations']));
  if (started > 0) parts.push(`${count(started, ['task', 'tasks'])} started`);
  return list(parts);
}
