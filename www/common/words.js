/** Formats numbers and times as texts for readers. */

/**
 * The formatter that all calls share. `toLocaleString` would make a formatter for each number, and
 * the page formats its times ten times a second.
 */
const wholeNumbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/**
 * @param {number} n
 * @returns {string} "1,000"
 */
export const whole = (n) => wholeNumbers.format(n);

/**
 * Formats a time with as many digits as in the sentences of a report. The rounded value decides
 * between the formats: 9,999.7 ms becomes 10.0 s.
 * @param {number} ms
 * @returns {string} "0.35 ms", "4.2 ms", "1,420 ms", "12.3 s"
 */
export function time(ms) {
  if (ms >= 9_999.5) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 9.95) return `${whole(ms)} ms`;
  if (ms >= 0.995) return `${ms.toFixed(1)} ms`;
  return ms === 0 ? '0 ms' : `${ms.toFixed(2)} ms`;
}

/**
 * @param {number} least
 * @param {number} most
 * @returns {string} "415 to 431 ms", "0.9 to 1.2 s"
 */
export function timeRange(least, most) {
  const [from, to] = [time(least), time(most)];
  if (from === to) return to;
  const [number, unit] = from.split(' ');
  return to.endsWith(` ${unit}`) ? `${number} to ${to}` : `${from} to ${to}`;
}

/**
 * Formats a level. A whole number has no decimals. A level above 0 is never formatted as 0.
 * @param {number} level
 */
export function level(level) {
  if (level > 0 && level < 0.005) return 'below 0.01';
  return Number.isInteger(level) ? String(level) : level.toFixed(2);
}

/** The words for one processor and for several, for lessons without words of their own. */
export const PROCESSOR_WORDS = /** @type {const} */ (['processor', 'processors']);

/**
 * @param {number} n
 * @param {readonly [string, string]} words   the word for one, and for several
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

/**
 * @param {string[]} names
 * @param {{wallMs: number, outcome: string}[]} runs   in the order of the names; the last names may
 *   have no run
 * @returns {string} "Sequential 960 ms and Concurrent 420 ms (stopped)."
 */
export const walls = (names, runs) =>
  `${list(runs.map(({ wallMs, outcome }, i) => `${names[i]} ${time(wallMs)}${outcome === 'completed' ? '' : ` (${outcome})`}`))}.`;
