// What a number of measurements comes to.

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
export const summary = (numbers) => ({ median: median(numbers), least: Math.min(...numbers), most: Math.max(...numbers) });
