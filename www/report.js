/**
 * From the report as it travels to the report that scripts get.
 *
 * @typedef {import('./messages.js').SentReport} SentReport
 * @typedef {import('./messages.js').Report} Report
 */
import { CHANNEL_KINDS, ENDINGS, NONE, REASONS, STATES } from './messages.js';

/**
 * @param {SentReport} sent
 * @returns {Report}
 */
export function reportOf(sent) {
  const { tasks, states, channelEvents } = sent;
  return {
    ...sent,
    tasks: {
      ...tasks,
      parent: ids(tasks.parent),
      firstRunMs: times(tasks.firstRunMs),
      endedMs: times(tasks.endedMs),
      endedBy: Array.from(tasks.endedBy, (code) => wordOrNull(ENDINGS, code)),
    },
    states: {
      ...states,
      state: Array.from(states.state, (code) => word(STATES, code)),
      reason: Array.from(states.reason, (code) => wordOrNull(REASONS, code)),
      by: ids(states.by),
    },
    channelEvents: {
      ...channelEvents,
      kind: Array.from(channelEvents.kind, (code) => word(CHANNEL_KINDS, code)),
    },
  };
}

/** @param {Int32Array} column */
const ids = (column) => Array.from(column, (id) => (id < 0 ? null : id));

/** @param {Float64Array} column */
const times = (column) => Array.from(column, (ms) => (Number.isNaN(ms) ? null : ms));

/**
 * @template {string} W
 * @param {readonly W[]} words
 * @param {number} code
 * @returns {W}
 */
function word(words, code) {
  const found = words[code];
  if (found === undefined) throw new RangeError(`the host sent a code that has no word: ${code}`);
  return found;
}

/**
 * @template {string} W
 * @param {readonly W[]} words
 * @param {number} code
 * @returns {W | null}
 */
const wordOrNull = (words, code) => (code === NONE ? null : word(words, code));

/**
 * A run tells something about others if it came to its end and nothing held the page up.
 * @param {SentReport} report
 */
export function isComparable({ outcome, hidden, pausedMs }) {
  return outcome === 'completed' && !hidden && pausedMs === 0;
}
