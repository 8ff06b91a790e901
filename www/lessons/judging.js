/**
 * What an answer may rest on. A difference counts by the same measure as in the
 * findings: beyond the clock and the machine's hiccups, and beyond what two
 * runs of one lane differ by.
 *
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { time } from '../words.js';

const STEPS = 20;
const HICCUP_MS = 2;
const SHARE = 0.05;

/**
 * How a time compares with another one.
 * @typedef {'less' | 'more' | 'alike' | 'too short'} Difference
 */

/**
 * @param {SentReport} from
 * @param {SentReport} to
 * @returns {Difference} what happened to the time from one run to the other
 */
export const wallDifference = (from, to) =>
  difference(from.wallMs, to.wallMs, Math.max(from.clockStepMs, to.clockStepMs));

/**
 * @param {number} before
 * @param {number} after
 * @param {number} clockStepMs
 * @returns {Difference}
 */
export function difference(before, after, clockStepMs) {
  const byRepeat = SHARE * Math.max(before, after);
  const byMachine = Math.max(HICCUP_MS, STEPS * clockStepMs);
  if (Math.abs(before - after) < Math.max(byRepeat, byMachine)) return byRepeat < byMachine ? 'too short' : 'alike';
  return after < before ? 'less' : 'more';
}

/** @type {import('./lesson.js').Verdict} */
export const TOO_SHORT = { answer: null, because: 'These runs are too short to tell.' };

/**
 * What a step from one run to the next brought, as far as the two can tell.
 * @param {SentReport} from
 * @param {SentReport} to
 */
export function gained(from, to) {
  const ms = Math.abs(from.wallMs - to.wallMs);
  return { less: `saved ${time(ms)}`, more: `cost ${time(ms)}`, alike: 'made no difference', 'too short': 'made none that can be told' }[wallDifference(from, to)];
}

/**
 * The time in which no task was inside a processor: all that overlapping can fill.
 * @param {SentReport} report   of one processor
 */
export const idleMs = ({ wallMs, busyMs }) => Math.max(0, wallMs - busyMs);

/**
 * How long the task that waited longest for its first turn did so.
 * @param {SentReport} report
 * @returns {number | null} null: there is no task besides main
 */
export function longestFirstWait({ tasks, wallMs }) {
  let longest = null;
  for (let i = 0; i < tasks.id.length; i++) {
    if (tasks.id[i] === 0 || Number.isNaN(tasks.createdMs[i])) continue;
    const first = tasks.firstRunMs[i] ?? NaN;
    const waited = (Number.isNaN(first) ? wallMs : first) - (tasks.createdMs[i] ?? 0);
    longest = Math.max(longest ?? 0, waited);
  }
  return longest;
}
