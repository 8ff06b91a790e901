/**
 * All that is known about one interval of a task, described in words.
 *
 * @typedef {import('../index/run-index.js').RunIndex} RunIndex
 */
import { NONE, REASONS, STATES } from '../../common/messages.js';
import { time } from '../../common/words.js';
import { linesOf } from '../index/lines.js';
import { lineName } from './line-words.js';
import { waitOf } from './wait.js';

/**
 * @param {RunIndex} index
 * @param {number} interval     an index into `index.tasks`
 * @param {(reason: number) => string} wordOf
 * @param {readonly [string, string]} worker   the lesson's word for a processor: singular, plural
 * @returns {{task: number, name: string, rows: [string, string][]}} a label and a text in each row
 */
export function describe(index, interval, wordOf, worker) {
  const { tasks, report } = index;
  const { states } = report;
  const at = tasks.order[interval];
  const task = states.task[at];
  const name = (/** @type {number} */ id) => report.tasks.name[id] ?? `task ${id}`;
  const state = STATES[tasks.state[interval]];
  const [start, end] = [tasks.startMs[interval], tasks.endMs[interval]];
  const [reason, channel] = [states.reason[at], states.channel[at]];
  const why = reason === NONE ? '' : REASONS[reason];
  const waited = waitOf(why, reason, channel);
  const { at: here, from, by: byLine } = linesOf(report, at);
  const onLine = (/** @type {import('../../common/messages.js').SourceLine} */ line) => lineName(report, line);
  /** @type {[string, string][]} */
  const rows = [['Task', `${name(task)}, number ${task}`]];
  if (state === 'running') {
    rows.push(['State', `running on ${worker[0]} ${tasks.processor[interval] + 1}`]);
  } else rows.push(['State', state === 'blocked' ? `blocked: ${waitOf(wordOf(reason), reason, channel)}` : 'ready']);
  rows.push(['Time', `${time(end - start)}, from ${exact(start)} to ${exact(end)}`]);
  if (state === 'running' && why) rows.push(['Why it stopped', stopped(why, waited)]);
  if (state === 'ready') {
    rows.push([
      'Before',
      why === '' ? 'it was new' : why === 'yielded' ? 'it gave its turn up' : `it waited (${waited})`,
    ]);
    const by = why === '' ? report.tasks.parent[task] : states.by[at];
    rows.push([
      why === '' ? 'Created by' : 'Made ready by',
      by >= 0
        ? `${name(by)}${byLine ? `, at ${onLine(byLine)}` : ''}`
        : why === 'sleep'
          ? 'the clock'
          : why === 'io'
            ? 'an answer from outside'
            : 'not recorded',
    ]);
  }
  if (report.places.length === 0) rows.push(['Line', 'not recorded']);
  else if (state === 'running' && (from || here))
    rows.push(['Line', turnLines(from && onLine(from), here && onLine(here))]);
  else if (here)
    rows.push(['Line', state === 'ready' && why === '' ? `started at ${onLine(here)}` : `at ${onLine(here)}`]);
  if ((why === 'send' || why === 'receive') && channel < 0) rows.push(['Channel', 'not recorded']);
  return { task, name: name(task), rows };
}

/**
 * @param {string} why
 * @param {string} waited   `why` with the channel
 */
const stopped = (why, waited) =>
  why === 'ended' ? 'it ended' : why === 'yielded' ? 'its turn was over' : `it had to wait (${waited})`;

/**
 * @param {string | null} from   the line from which a running task went on
 * @param {string | null} to     the line at which it stopped
 */
function turnLines(from, to) {
  if (!from) return `stopped at ${to}`;
  return to ? `from ${from} to ${to}` : `from ${from}`;
}

/** @param {number} ms */
export const exact = (ms) => `${ms.toLocaleString('en', { maximumFractionDigits: 3 })} ms`;
