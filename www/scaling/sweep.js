/**
 * Which runs a sweep makes, and in which order.
 *
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Param} Param
 * @typedef {import('../common/messages.js').Values} Values
 */
import { MOST_PROCESSORS } from '../common/messages.js';

/** Beyond some processors each further one changes little, and costs a run. */
const FEW = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64];

/**
 * @param {number} all       processors that the browser reports
 * @param {boolean} beyond   more than these, too
 * @returns {number[]} rising
 */
export function processorsOf(all, beyond) {
  const most = Math.min(all, MOST_PROCESSORS);
  const more = beyond ? [most + 1, 2 * most, 3 * most, 4 * most] : [];
  return [...new Set([...FEW.filter((p) => p < most), most, ...more.filter((p) => p <= MOST_PROCESSORS)])].sort(
    (a, b) => a - b,
  );
}

/**
 * Every number of processors once in each repeat, up and down in turn: whatever drifts
 * while a sweep goes on touches all of them alike.
 * @param {number[]} processors
 * @param {number} repeats
 */
export const orderOf = (processors, repeats) =>
  Array.from({ length: repeats }, (_, i) => (i % 2 ? [...processors].reverse() : processors)).flat();

/**
 * The values for a number of processors, where the work grows with it.
 * @param {Values} values
 * @param {Param | null} growing   by which parameter; null: the work stays
 * @param {number} processors
 * @returns {Values}
 */
export function valuesFor(values, growing, processors) {
  if (!growing) return values;
  const one = values[growing.name] ?? growing.default;
  return typeof one === 'number' ? { ...values, [growing.name]: one * processors } : values;
}
