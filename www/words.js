/** How figures are written for people. */

/**
 * A time. Three digits are enough to compare lanes by eye.
 * @param {number} ms
 * @returns {string} "0.35 ms", "4.2 ms", "420 ms", "12.3 s"
 */
export function time(ms) {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 10) return `${Math.round(ms)} ms`;
  if (ms >= 1) return `${ms.toFixed(1)} ms`;
  return ms === 0 ? '0 ms' : `${ms.toFixed(2)} ms`;
}

/**
 * A level: whole where it is whole.
 * @param {number} level
 */
export function level(level) {
  return Number.isInteger(level) ? String(level) : level.toFixed(2);
}

/**
 * @param {number} n
 * @param {readonly [string, string]} words   one, several
 */
export function count(n, [one, several]) {
  return `${n} ${n === 1 ? one : several}`;
}

/**
 * @param {readonly string[]} parts
 * @returns {string} "a", "a and b", "a, b and c"
 */
export function list(parts) {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
