/**
 * Functions with which lessons judge an answer. Rust decides whether two lanes differ, and sends a
 * verdict. Other times are compared with the same limits: a difference has to be larger than what
 * the clock and the machine may add, and larger than that between two runs of one lane.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/messages.js').Verdict} Verdict
 * @typedef {import('./lesson.js').Judgement} Judgement
 */
import FACTS from '#shared-facts' with { type: 'json' };
import { list, time } from '../../common/words.js';

const { clockSteps, machineMs, repeatShare } = FACTS.difference;

/**
 * The kinds of verdicts on valid runs, whatever the step did to the wall time. Lessons that
 * judge by another time use them.
 * @type {Verdict['kind'][]}
 */
export const IN_ORDER = ['saved', 'longer', 'nothing', 'small', 'spread', 'other cause'];

/** @type {Judgement} */
export const ONE_PROCESSOR = {
  answer: null,
  because: 'There is only one processor here, so there is nothing to compare.',
};

/**
 * How a time compares with an earlier one.
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
 * Returns the judgement that follows from the verdict on two lanes, which only
 * crate/src/report/sentences/verdict.rs decides. If no answer follows, the reason is the sentence
 * that stands between the lanes.
 * @param {Verdict | undefined} verdict
 * @param {(verdict: Verdict) => Judgement} judge
 * @param {Verdict['kind'][]} clear   the kinds from which an answer follows
 * @returns {Judgement}
 */
export function judgementFrom(verdict, judge, clear = ['saved', 'longer', 'nothing']) {
  if (!verdict) return { answer: null, because: 'These lanes have not been compared. Run them all again.' };
  return clear.includes(verdict.kind) ? judge(verdict) : { answer: null, because: verdict.sentence };
}

/**
 * Returns what a step saved or cost, in words.
 * @param {Verdict} verdict
 */
export function gained({ kind, beforeMs, afterMs }) {
  const ms = time(Math.abs(beforeMs - afterMs));
  return kind === 'saved' ? `saved ${ms}` : kind === 'longer' ? `cost ${ms}` : 'saved nothing';
}

/**
 * Returns the time in which no task was inside the processor. Only this time can be filled by
 * overlapping.
 * @param {SentReport} report   a run on one processor
 */
export const idleMs = ({ wallMs, busyMs }) => Math.max(0, wallMs - busyMs);

/**
 * Returns the longest time that a task waited for its first turn.
 * @param {SentReport} report
 * @returns {number | null} null: no creation of a task besides main was recorded
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
 * @returns {string | null} "20 ms to 25 ms"; null: there are no times
 */
export function leastToMost(took) {
  if (!Array.isArray(took) || took.length === 0) return null;
  const times = took.map(Number);
  const [least, most] = [Math.min(...times), Math.max(...times)].map(time);
  return least === most ? `${least}` : `${least} to ${most}`;
}

/**
 * @param {unknown} owners   for each piece of work the number of the owner that did it
 * @param {number} count     the number of owners
 * @param {number} first     the first owner's number
 * @returns {string | null} the pieces of each owner: "3, 2 and 3", or "1 to 4" for more than 8 owners
 */
export function shares(owners, count, first) {
  if (!Array.isArray(owners)) return null;
  const done = new Array(count).fill(0);
  for (const owner of owners) done[owner - first]++;
  return done.length > 8 ? `${Math.min(...done)} to ${Math.max(...done)}` : list(done.map(String));
}
