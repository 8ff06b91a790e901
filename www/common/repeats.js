/**
 * The repeated runs of one lane with the same values. Only the last run's report is kept as a
 * whole; of the others, the page keeps what it compares.
 */
import FACTS from '#shared-facts' with { type: 'json' };

/** The most repeats of a lane that are compared. A host keeps the reports of four lanes, and of one more run each. */
export const MOST_REPEATS = Math.floor(FACTS.reportsKept / 4) - 1;

/**
 * A run that completed while nothing disturbed the page.
 * @typedef {{id: number, wallMs: number}} Repeat
 */

/**
 * What the repeated runs of a lane took.
 * @typedef {{runs: number, medianMs: number, leastMs: number, mostMs: number}} Times
 */

/** @typedef {Partial<Record<import('./lanes.js').Seat, Times>>} AllTimes */

/**
 * @param {readonly Repeat[]} repeats
 * @returns {Times | null} null: there is none
 */
export function timesOf(repeats) {
  if (repeats.length === 0) return null;
  const sorted = repeats.map(({ wallMs }) => wallMs).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const medianMs = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { runs: sorted.length, medianMs, leastMs: sorted[0], mostMs: sorted[sorted.length - 1] };
}

/**
 * The seats of several rounds, one after another. Every second round is in reverse order, so that
 * no lane always runs first, on a machine that is still cool.
 * @template T
 * @param {readonly T[]} seats
 * @param {number} rounds
 * @returns {{seat: T, round: number}[]} rounds count from 1
 */
export function roundsOf(seats, rounds) {
  return Array.from({ length: rounds }, (_, i) =>
    (i % 2 === 0 ? seats : seats.toReversed()).map((seat) => ({ seat, round: i + 1 })),
  ).flat();
}
