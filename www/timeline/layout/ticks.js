/** The ticks of a time axis, and the end of a growing axis. */

/** @typedef {import('./time-scale.js').TimeScale} TimeScale */

/**
 * Returns round times for ticks that are at least `apart` pixels from each other.
 * @param {TimeScale} scale
 * @param {number} apart
 * @returns {number[]} times in ms
 */
export function ticks(scale, apart) {
  const step = roundUp(apart / scale.pixelsPerMs, [1, 2, 5]);
  const first = Math.ceil(scale.startMs / step);
  const last = Math.floor(scale.endMs / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/**
 * The least end of an axis that grows, in ms. It is also the end before any run. A shorter axis
 * would have to grow soon after the start of nearly every run.
 */
const LEAST_END = 1000;

/**
 * Returns the end of a growing axis that has to include `ms`. The end grows in few large steps. At
 * each step, all lanes are drawn again, and the reader has to find the same time again.
 * @param {number} ms
 */
export function growingEnd(ms) {
  return roundUp(Math.max(ms, LEAST_END), [1, 2, 5]);
}

/**
 * @param {number} value     above 0
 * @param {number[]} steps   rising, from 1 to below 10
 * @returns {number} the least step × 10^k that isn't below `value`
 */
function roundUp(value, steps) {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of steps) if (step * power >= value * (1 - 1e-9)) return step * power;
  return 10 * power;
}
