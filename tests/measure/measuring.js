// How measurements are made in pairs, and what a number of them comes to.

/** @param {number[]} numbers */
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

/** @param {number[]} numbers */
export const median = (numbers) => sorted(numbers)[numbers.length >> 1];

/**
 * A bound that the true median lies below in at least 95 of 100 such series, however the numbers
 * are distributed: half of all numbers lie below their median, so this many out of n in a row
 * seldom do (the sign test). With fewer than five numbers there is none.
 *
 * @param {number[]} numbers
 */
export function upperBound(numbers) {
  const n = numbers.length;
  // The chance that k or fewer of n lie below the median.
  let chance = 0;
  let ways = 1;
  for (let below = 0; below < n; below++) {
    chance += ways / 2 ** n;
    if (chance >= 0.95) return sorted(numbers)[below];
    ways = (ways * (n - below)) / (below + 1);
  }
  return Infinity;
}

/** @param {number[]} numbers */
export const summary = (numbers) => ({
  median: median(numbers),
  least: Math.min(...numbers),
  most: Math.max(...numbers),
});

/** @param {number[]} numbers @param {number} [digits] @returns {string} "1.85 (1.80 to 1.91)": the median, least and greatest */
export function spread(numbers, digits = 1) {
  const { median, least, most } = summary(numbers);
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/**
 * Two ways of running measured in pairs, each pair in the other order than the last: what drifts
 * meets both alike.
 *
 * @template T
 * @param {number} count
 * @param {() => Promise<T>} first
 * @param {() => Promise<T>} second
 * @returns {Promise<[T, T][]>}
 */
export async function pairs(count, first, second) {
  /** @type {[T, T][]} */
  const measured = [];
  for (let pair = 0; pair < count; pair++) {
    if (pair % 2 === 0) {
      const a = await first();
      measured.push([a, await second()]);
    } else {
      const b = await second();
      measured.push([await first(), b]);
    }
  }
  return measured;
}
