/**
 * What an answer may rest on. Whether two lanes differ is decided in Rust, and arrives as a verdict.
 * For other times the same limits hold: a difference has to be larger than what the clock and the
 * machine may add, and larger than two runs of one lane may differ by.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/messages.js').StepVerdict} StepVerdict
 * @typedef {import('./lesson.js').Verdict} Answer
 */
import FACTS from '#shared-facts' with { type: 'json' };
import { list, time } from '../../common/words.js';

const { clockSteps, machineMs, repeatShare } = FACTS.difference;

/** The kinds of a step whose runs are in order, whatever became of their wall times: for lessons that judge by another time. @type {StepVerdict['kind'][]} */
export const IN_ORDER = ['saved', 'longer', 'nothing', 'small', 'spread', 'other cause'];

/** @type {Answer} */
export const ONE_PROCESSOR = {
  answer: null,
  because: 'There is only one processor here, so there is nothing to compare.',
};

/**
 * How a time compares with another one.
 * @typedef {'less' | 'more' | 'alike' | 'too short'} Difference
 */

/**
 * @param {number} before
 * @param {number} after
 * @param {number} clockStepMs
 * @returns {Difference}
 */
export function difference(before, after, clockStepMs) {
  const byRepeat = repeatShare * Math.max(before, after);
  const byMachine = Math.max(machineMs, clockSteps * clockStepMs);
  if (Math.abs(before - after) < Math.max(byRepeat, byMachine)) return byRepeat < byMachine ? 'too short' : 'alike';
  return after < before ? 'less' : 'more';
}

/**
 * The answer that a step between two lanes carries. A verdict is decided in one place,
 * crate/src/report/sentences/verdict.rs, and lessons follow it: a step that carries no answer is told in the
 * sentence that stands between its lanes.
 * @param {StepVerdict | undefined} step
 * @param {(step: StepVerdict) => Answer} judge
 * @param {StepVerdict['kind'][]} clear   the kinds that carry an answer
 * @returns {Answer}
 */
export function ofStep(step, judge, clear = ['saved', 'longer', 'nothing']) {
  if (!step) return { answer: null, because: 'These lanes have not been compared. Run them all again.' };
  return clear.includes(step.kind) ? judge(step) : { answer: null, because: step.sentence };
}

/**
 * What a step brought.
 * @param {StepVerdict} step
 */
export function gained({ kind, beforeMs, afterMs }) {
  const ms = time(Math.abs(beforeMs - afterMs));
  return kind === 'saved' ? `saved ${ms}` : kind === 'longer' ? `cost ${ms}` : 'saved nothing';
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

/**
 * @param {unknown} took   times in milliseconds
 * @returns {string | null} "20 ms to 25 ms"; null: there is none
 */
export function leastToMost(took) {
  if (!Array.isArray(took) || took.length === 0) return null;
  const times = took.map(Number);
  const [least, most] = [Math.min(...times), Math.max(...times)].map(time);
  return least === most ? `${least}` : `${least} to ${most}`;
}

/**
 * @param {unknown} owners   who did each piece of work, by number
 * @param {number} count     of owners
 * @param {number} first     the first owner's number
 * @returns {string | null} how many pieces each of them did: "3, 2 and 3", or "1 to 4" where they are many
 */
export function shares(owners, count, first) {
  if (!Array.isArray(owners)) return null;
  const done = new Array(count).fill(0);
  for (const owner of owners) done[owner - first]++;
  return done.length > 8 ? `${Math.min(...done)} to ${Math.max(...done)}` : list(done.map(String));
}
