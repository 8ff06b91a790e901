/**
 * The runs that a sweep makes, and their order.
 *
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Param} Param
 * @typedef {import('../common/messages.js').Values} Values
 */
import { MOST_PROCESSORS } from '../common/messages.js';

/**
 * The numbers of processors that a sweep measures. Above 8, some numbers are left out: with many
 * processors, one more changes little, and each number costs a run in every repeat.
 */
const FEW = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64];

/**
 * @param {number} all       the number of processors that the browser reports
 * @param {boolean} beyond   whether to measure also more processors than the browser reports
 * @returns {number[]} in rising order
 */
export function processorsOf(all, beyond) {
  const most = Math.min(all, MOST_PROCESSORS);
  const more = beyond ? [most + 1, 2 * most, 3 * most, 4 * most] : [];
  return [...new Set([...FEW.filter((p) => p < most), most, ...more.filter((p) => p <= MOST_PROCESSORS)])].sort(
    (a, b) => a - b,
  );
}

/**
 * Returns every number of processors once for each repeat, in alternately rising and falling order.
 * A drift of the machine's speed during a sweep then affects all numbers equally.
 * @param {number[]} processors
 * @param {number} repeats
 */
export const orderOf = (processors, repeats) =>
  Array.from({ length: repeats }, (_, i) => (i % 2 ? [...processors].reverse() : processors)).flat();

/**
 * Returns the values for a run with a number of processors.
 * @param {Values} values
 * @param {Param | null} growing   the parameter that grows with the processors; null: none grows
 * @param {number} processors
 * @returns {Values}
 */
export function valuesFor(values, growing, processors) {
  if (!growing) return values;
  const one = values[growing.name] ?? growing.default;
  return typeof one === 'number' ? { ...values, [growing.name]: one * processors } : values;
}
