/**
 * All that is known of one interval, in words.
 *
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 */
import { CHANNEL_KINDS, NONE, REASONS, STATES } from '../messages.js';
import { time } from '../words.js';

/**
 * @param {RunIndex} index
 * @param {number} interval     of the index's tasks
 * @param {(reason: number) => string} wordOf
 * @param {readonly [string, string]} worker   what a processor is called
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
  const reason = states.reason[at];
  const why = reason === NONE ? '' : REASONS[reason];
  /** @type {[string, string][]} */
  const rows = [['Task', `${name(task)}, number ${task}`]];
  if (state === 'running') {
    const processor = tasks.processor[interval];
    rows.push(['State', processor === NONE ? 'running' : `running on ${worker[0]} ${processor + 1}`]);
  } else rows.push(['State', state === 'blocked' ? `blocked: ${wordOf(reason)}` : 'ready']);
  rows.push(['Time', `${time(end - start)}, from ${exact(start)} to ${exact(end)}`]);
  if (state === 'running' && why) rows.push(['Why it stopped', stopped(why)]);
  if (state === 'ready') {
    rows.push(['Before', why === '' ? 'it was new' : why === 'yielded' ? 'it gave its turn up' : `it waited (${why})`]);
    const by = states.by[at];
    rows.push(['Made ready by', by >= 0 ? name(by) : why === 'sleep' ? 'the clock' : why === 'io' ? 'an answer from outside' : 'not recorded']);
  }
  const event = state === 'ready' ? -1 : channelEvent(index, task, start, end, why);
  if (event >= 0) {
    const { channelEvents } = report;
    rows.push(['Channel', `${channelEvents.channel[event]}: ${CHANNEL_KINDS[channelEvents.kind[event]]} number ${
      channelEvents.operation[event]}, ${channelEvents.length[event]} queued after it`]);
  }
  return { task, name: name(task), rows };
}

/** @param {string} why */
const stopped = (why) => (why === 'ended' ? 'it ended' : why === 'yielded' ? 'its turn was over' : `it had to wait (${why})`);

/**
 * What the task did to a channel: at the end of a wait for it, or last while it ran.
 * @param {RunIndex} index
 * @param {number} task
 * @param {number} start
 * @param {number} end
 * @param {string} why
 */
function channelEvent({ report: { channelEvents, clockStepMs } }, task, start, end, why) {
  const { task: tasks, atMs, kind } = channelEvents;
  let found = -1;
  for (let i = 0; i < tasks.length; i++) {
    if (tasks[i] !== task || atMs[i] < start - clockStepMs || atMs[i] > end + clockStepMs) continue;
    if ((why === 'send' || why === 'receive') && CHANNEL_KINDS[kind[i]] !== why) continue;
    if (found < 0 || atMs[i] >= atMs[found]) found = i;
  }
  return found;
}

/** @param {number} ms */
export const exact = (ms) => `${ms.toLocaleString('en', { maximumFractionDigits: 3 })} ms`;
