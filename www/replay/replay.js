/**
 * The state of a run at an instant, and the instants at which something changes. An interval
 * includes its start and excludes its end, as in the report's levels.
 *
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 */
import { CHANNEL_KINDS, NONE, STATES } from '../common/messages.js';

/**
 * @typedef {object} TaskState
 * @property {number} state       an index into STATES
 * @property {number} reason      the reason why a blocked task waits; NONE for other tasks
 * @property {number} processor   the processor of a running task; -1 for other tasks
 */

/**
 * @param {RunIndex} index
 * @param {number} task
 * @param {number} ms
 * @returns {TaskState | null} null: the task has not been created yet, or has ended
 */
export function taskStateAt({ tasks, report }, task, ms) {
  const i = tasks.at(task, ms);
  if (i < 0) return null;
  const blocked = STATES[tasks.state[i]] === 'blocked';
  return {
    state: tasks.state[i],
    reason: blocked ? report.states.reason[tasks.order[i]] : NONE,
    processor: tasks.processor[i] === NONE ? -1 : tasks.processor[i],
  };
}

/**
 * Returns the next instant after `ms` at which something changes in a run, or Infinity.
 * @param {RunIndex} index
 * @param {number} ms
 */
export function nextChange({ tasks, report }, ms) {
  let next = Infinity;
  for (let row = 0; row < tasks.rows; row++) {
    const i = tasks.after(row, ms);
    if (i >= tasks.offset[row + 1]) continue;
    next = Math.min(next, tasks.startMs[i] > ms ? tasks.startMs[i] : tasks.endMs[i]);
  }
  for (const at of report.channelEvents.atMs) if (at > ms && at < next) next = at;
  return next;
}

/**
 * Returns the last instant before `ms` at which something changed in a run, or 0.
 * @param {RunIndex} index
 * @param {number} ms
 */
export function lastChange({ tasks, report }, ms) {
  let last = 0;
  for (let row = 0; row < tasks.rows; row++) {
    // Find the first interval that ends at `ms` or later. The previous interval ended at a change.
    let i = tasks.after(row, ms);
    while (i > tasks.offset[row] && tasks.endMs[i - 1] >= ms) i--;
    if (i < tasks.offset[row + 1] && tasks.startMs[i] < ms) last = Math.max(last, tasks.startMs[i]);
    if (i > tasks.offset[row]) last = Math.max(last, tasks.endMs[i - 1]);
  }
  for (const at of report.channelEvents.atMs) if (at < ms && at > last) last = at;
  return last;
}

/**
 * Returns the channel events in a period, sorted by time. Returns none if there are more than
 * `most` events, because a reader could not follow so many.
 * @param {RunIndex} index
 * @param {number} afterMs   the start of the period, excluded
 * @param {number} untilMs   the end of the period, included
 * @param {number} most
 * @returns {number[]} rows of channelEvents
 */
export function channelEventsBetween(
  {
    report: {
      channelEvents: { atMs },
    },
  },
  afterMs,
  untilMs,
  most,
) {
  const found = [];
  for (let i = 0; i < atMs.length; i++) {
    if (atMs[i] <= afterMs || atMs[i] > untilMs) continue;
    if (found.length === most) return [];
    found.push(i);
  }
  return found.sort((a, b) => atMs[a] - atMs[b] || a - b);
}

/**
 * Returns the number of values in each channel at an instant.
 * @param {RunIndex} index
 * @param {number} ms
 * @returns {Map<number, number>} by channel; only channels that were used or waited on up to `ms`
 */
export function queuesAt(index, ms) {
  const queues = new Map();
  for (const [channel, sinceMs] of firstWaits(index)) if (sinceMs <= ms) queues.set(channel, 0);
  const { channel, length, atMs } = index.report.channelEvents;
  // Events are sorted by channel and operation. A channel's last event up to `ms` has its length.
  let last = -1;
  for (let i = 0; i < channel.length; i++) {
    if (atMs[i] <= ms) last = i;
    if (channel[i + 1] === channel[i]) continue;
    if (last >= 0) queues.set(channel[i], length[last]);
    last = -1;
  }
  return queues;
}

/** @type {WeakMap<RunIndex, Map<number, number>>} */
const knownWaits = new WeakMap();

/**
 * Returns the time at which a task first waited on each channel. The times are computed once for
 * each run.
 * @param {RunIndex} index
 */
function firstWaits(index) {
  let first = knownWaits.get(index);
  if (first) return first;
  knownWaits.set(index, (first = new Map()));
  const { state, channel, startMs } = index.report.states;
  for (let i = 0; i < channel.length; i++) {
    if (channel[i] < 0 || STATES[state[i]] !== 'blocked') continue;
    first.set(channel[i], Math.min(first.get(channel[i]) ?? Infinity, startMs[i]));
  }
  return first;
}

export const RECEIVE = CHANNEL_KINDS.indexOf('receive');
export const SEND = CHANNEL_KINDS.indexOf('send');
