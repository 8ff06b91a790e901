/**
 * The repeated runs of one lane with the same values. The page keeps the whole report of the last
 * run only. For each earlier run, the page keeps only the id and the time.
 */
import FACTS from '#shared-facts' with { type: 'json' };

/**
 * The maximum number of repeats of a lane that are compared. A host keeps `reportsKept` reports, an
 * equal number for each of the four run slots. One report of each slot is kept for a further run.
 */
export const MOST_REPEATS = Math.floor(FACTS.reportsKept / 4) - 1;

/**
 * A run that completed while nothing disturbed the page.
 * @typedef {{id: number, wallMs: number}} Repeat
 */

/**
 * The times of the repeated runs of a lane.
 * @typedef {{runs: number, medianMs: number, leastMs: number, mostMs: number}} Times
 */

/** @typedef {Partial<Record<import('./lanes.js').RunSlot, Times>>} AllTimes */

/**
 * @param {readonly Repeat[]} repeats
 * @returns {Times | null} null: there are no runs
 */
export function timesOf(repeats) {
  if (repeats.length === 0) return null;
  const sorted = repeats.map(({ wallMs }) => wallMs).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const medianMs = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { runs: sorted.length, medianMs, leastMs: sorted[0], mostMs: sorted[sorted.length - 1] };
}

/**
 * Returns the slots of several rounds in the order in which they run. Every second round is in
 * reverse order. Otherwise the same lane would always run first, while the machine is still cool.
 * @template T
 * @param {readonly T[]} slots
 * @param {number} rounds
 * @returns {{slot: T, round: number}[]} rounds count from 1
 */
export function roundsOf(slots, rounds) {
  return Array.from({ length: rounds }, (_, i) =>
    (i % 2 === 0 ? slots : slots.toReversed()).map((slot) => ({ slot, round: i + 1 })),
  ).flat();
}
