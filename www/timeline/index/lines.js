/**
 * The lines of source at which a run's tasks stopped, waited, were started, or used a channel.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/messages.js').SourceLine} SourceLine
 */
import { NO_PLACE, STATES } from '../../common/messages.js';
import { STEPS_PER_YIELD } from '../../common/slices.js';

/**
 * What happened at one line in one run. An interval belongs to the line of its `place` (States).
 * @typedef {object} LineSums
 * @property {number[]} count      by state: how many intervals belong to the line
 * @property {number[]} ms         by state: the total time of these intervals
 * @property {number} operations   how many sends, receives and closes of channels are at the line
 * @property {number} started      how many tasks were started at the line
 */

/**
 * Computes the {@link LineSums} of each place.
 * @param {SentReport} report
 * @returns {Generator<void, LineSums[], void>} by the place's number
 */
export function* lineSums({ places, states, channelEvents, tasks }) {
  const sums = places.map(() => ({
    count: STATES.map(() => 0),
    ms: STATES.map(() => 0),
    operations: 0,
    started: 0,
  }));
  for (let i = 0; i < states.place.length; i++) {
    if (i % STEPS_PER_YIELD === 0) yield;
    const own = sums[states.place[i]];
    if (!own) continue;
    own.count[states.state[i]]++;
    own.ms[states.state[i]] += states.endMs[i] - states.startMs[i];
  }
  for (let i = 0; i < channelEvents.place.length; i++) {
    if (i % STEPS_PER_YIELD === 0) yield;
    const own = sums[channelEvents.place[i]];
    if (own) own.operations++;
  }
  for (const place of tasks.place) if (sums[place]) sums[place].started++;
  return sums;
}

/**
 * @param {SentReport} report
 * @param {SourceLine | null} line
 * @returns {number} the line's place in this run, or {@link NO_PLACE}
 */
export function placeOf({ places }, line) {
  const found = line ? places.findIndex((place) => place.file === line.file && place.line === line.line) : -1;
  return found < 0 ? NO_PLACE : found;
}

/**
 * The lines that belong to an interval. A line is null if it does not exist or was not recorded.
 * @typedef {object} IntervalLines
 * @property {SourceLine | null} at     where the task stopped, waits, or was started
 * @property {SourceLine | null} from   for a running interval: where the task went on
 * @property {SourceLine | null} by     for a ready interval: where another task made the task ready
 */

/**
 * @param {SentReport} report
 * @param {number} row   the interval's row in the table of states
 * @returns {IntervalLines}
 */
export function linesOf({ places, states }, row) {
  const line = (/** @type {number} */ place) => places[place] ?? null;
  return { at: line(states.place[row]), from: line(states.fromPlace[row]), by: line(states.byPlace[row]) };
}
