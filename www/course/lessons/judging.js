/**
 * Functions with which lessons judge an answer. Rust decides whether two lanes differ, and sends a
 * verdict. This module compares other times with the same limits. A difference has to be larger
 * than the error of the clock, than the delays of the machine, and than the usual difference
 * between two runs of one lane.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/messages.js').Verdict} Verdict
 * @typedef {import('./lesson.js').Judgement} Judgement
 */
import FACTS from '#shared-facts' with { type: 'json' };
import { list, time } from '../../common/words.js';

const { clockSteps, machineMs, repeatShare } = FACTS.difference;

/**
 * The kinds of verdicts on valid runs, whatever the effect on the wall time. Lessons that judge by
 * a time other than the wall time use these kinds.
 * @type {Verdict['kind'][]}
 */
export const IN_ORDER = ['saved', 'longer', 'nothing', 'small', 'spread', 'other cause'];

/** @type {Judgement} */
export const ONE_PROCESSOR = {
  answer: null,
  because: 'There is only one processor here, so there is nothing to compare.',
};

/**
 * The result of comparing a time with an earlier time.
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
 * Returns the judgement that follows from the verdict on two lanes. Only
 * crate/src/report/sentences/verdict.rs decides on verdicts. If no answer follows, the reason is
 * the verdict's sentence, which stands between the lanes.
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
 * Returns the time in which no task was inside the processor, in ms. Overlapping can fill only this
 * time.
 * @param {SentReport} report   a run on one processor
 */
export const idleMs = ({ wallMs, busyMs }) => Math.max(0, wallMs - busyMs);

/**
 * Returns the longest time that a task waited for its first turn, in ms.
 * @param {SentReport} report
 * @returns {number | null} null if no creation of a task besides main was recorded
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
 * @returns {string | null} "20 ms to 25 ms"; null if there are no times
 */
export function leastToMost(took) {
  if (!Array.isArray(took) || took.length === 0) return null;
  const times = took.map(Number);
  const [least, most] = [Math.min(...times), Math.max(...times)].map(time);
  return least === most ? `${least}` : `${least} to ${most}`;
}

/**
 * @param {unknown} owners   the number of the owner of each piece of work
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
