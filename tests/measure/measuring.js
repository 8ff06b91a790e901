// Measurements in pairs, and statistics of series of measurements.

/** @param {number[]} numbers */
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

/** @param {number[]} numbers */
export const median = (numbers) => sorted(numbers)[numbers.length >> 1];

/**
 * Returns an upper bound of the true median with a confidence of at least 95 %, for any
 * distribution of the numbers. Each number lies below the true median with a chance of 1/2, so the
 * count of these numbers has a binomial distribution (the sign test). Returns Infinity for fewer
 * than five numbers.
 *
 * @param {number[]} numbers
 */
export function upperBound(numbers) {
  const n = numbers.length;
  // The chance that at most `below` of n numbers lie below the true median.
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
 * Measures two ways of running in pairs. The order changes from pair to pair, so a drift of the
 * machine's speed affects both ways equally.
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
