/**
 * Converts a `SentReport`, which holds codes, to the `Report` that scripts get, which holds words.
 *
 * @typedef {import('./messages.js').SentReport} SentReport
 * @typedef {import('./messages.js').Report} Report
 */
import { CHANNEL_KINDS, ENDINGS, NO_PLACE, NONE, REASONS, STATES } from './messages.js';

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
      place: places(tasks.place),
      createdMs: times(tasks.createdMs),
      firstRunMs: times(tasks.firstRunMs),
      endedMs: times(tasks.endedMs),
      endedBy: Array.from(tasks.endedBy, (code) => wordOrNull(ENDINGS, code)),
    },
    spans: spansOf(states),
    states: {
      ...states,
      state: Array.from(states.state, (code) => word(STATES, code)),
      reason: Array.from(states.reason, (code) => wordOrNull(REASONS, code)),
      channel: ids(states.channel),
      processor: ids(states.processor),
      by: ids(states.by),
      place: places(states.place),
      fromPlace: places(states.fromPlace),
      byPlace: places(states.byPlace),
    },
    channelEvents: {
      ...channelEvents,
      kind: Array.from(channelEvents.kind, (code) => word(CHANNEL_KINDS, code)),
      place: places(channelEvents.place),
    },
  };
}

/**
 * Returns the running states as spans.
 * @param {import('./messages.js').States} states
 * @returns {import('./messages.js').Spans}
 */
export function spansOf({ task, processor, startMs, endMs }) {
  const rows = [];
  for (let row = 0; row < processor.length; row++) if (processor[row] >= 0) rows.push(row);
  return {
    processor: Uint32Array.from(rows, (row) => processor[row]),
    task: Uint32Array.from(rows, (row) => task[row]),
    startMs: Float64Array.from(rows, (row) => startMs[row]),
    endMs: Float64Array.from(rows, (row) => endMs[row]),
  };
}

/** @param {Int32Array} column */
const ids = (column) => Array.from(column, (id) => (id < 0 ? null : id));

/** @param {Uint16Array} column */
const places = (column) => Array.from(column, (place) => (place === NO_PLACE ? null : place));

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
 * Returns whether a run can be compared with other runs. The run must have completed. During the
 * run, the page must not have been hidden or frozen, and the machine must not have slept.
 * @param {SentReport} report
 */
export function isComparable({ outcome, hidden, pausedMs }) {
  return outcome === 'completed' && !hidden && pausedMs === 0;
}
