/**
 * The three lanes: what each executes, and which run belongs in which.
 *
 * @typedef {import('./messages.js').Machine} Machine
 * @typedef {import('./messages.js').Options} Options
 * @typedef {import('./messages.js').SentReport} SentReport
 * @typedef {'sequential' | 'concurrent' | 'parallel'} Lane
 */

/**
 * The last completed run of each seat with the values now shown. `sequentialAll` is no lane: one task
 * after another although there are several processors, where a lesson asks for it.
 * @typedef {Partial<Record<Lane | 'sequentialAll', SentReport>>} Reports
 */

/** A verdict on the step from one seat to another. @typedef {import('./messages.js').StepVerdict & {above: Seat, below: Seat}} Found */

import FACTS from '#shared-facts' with { type: 'json' };
import { MOST_PROCESSORS } from './messages.js';
import { count, PROCESSOR_WORDS } from './words.js';

/** From top to bottom: each step changes one thing. */
export const LANES = /** @type {const} */ (['sequential', 'concurrent', 'parallel']);

/**
 * The lanes' runs, and one more that no lane shows: one task after another
 * although there are several processors.
 * @typedef {Lane | 'sequentialAll'} Seat
 */

/** The names, in the order in which runs are listed. @type {Record<Seat, string>} */
export const SEATS = {
  sequential: FACTS.laneNames.sequential,
  concurrent: FACTS.laneNames.concurrent,
  parallel: FACTS.laneNames.parallel,
  sequentialAll: `${FACTS.laneNames.sequential} on all processors`,
};

/**
 * @param {Seat} seat
 * @returns {seat is Lane}
 */
export const isLane = (seat) => seat !== 'sequentialAll';

/**
 * The seat whose runs are executed so.
 * @param {{structure: import('./messages.js').Structure, processors: number}} how
 * @returns {Seat}
 */
export function seatOf({ structure, processors }) {
  if (structure === 'sequential') return processors === 1 ? 'sequential' : 'sequentialAll';
  return processors === 1 ? 'concurrent' : 'parallel';
}

/**
 * A lane's heading: the term that the lessons teach, and what it means.
 * @param {Lane} lane
 * @param {number} processors   that the lane has
 * @param {number} all          that the browser reports
 */
export function titleOf(lane, processors, all) {
  switch (lane) {
    case 'sequential':
      return `${SEATS.sequential}: one after another`;
    case 'concurrent':
      return `${SEATS.concurrent}: overlapping on 1 processor`;
    case 'parallel':
      return `${SEATS.parallel}: overlapping on ${
        processors === all ? 'all processors' : count(processors, PROCESSOR_WORDS)
      }`;
  }
}

/** @param {Machine} machine   what "all processors" means here */
export const allProcessors = (machine) =>
  machine.isolated ? Math.max(1, Math.min(machine.browserCores, MOST_PROCESSORS)) : 1;

/**
 * How a program is executed for a seat.
 * @param {Seat} seat
 * @param {Options} form    what the form says: its processors are the parallel lane's
 * @returns {Options}
 */
export function optionsOf(seat, form) {
  const structure = seat === 'sequential' || seat === 'sequentialAll' ? 'sequential' : 'concurrent';
  const many = seat === 'parallel' || seat === 'sequentialAll';
  return many ? { ...form, structure } : { ...form, structure, processors: 1 };
}

/**
 * What can run here, one after another.
 * @param {import('./messages.js').Program} program
 * @param {Machine} machine
 * @param {boolean} fourth   whether the run that has no lane is asked for
 * @returns {Seat[]}
 */
export function seatsOf({ structures }, { isolated }, fourth) {
  const sequential = structures.includes('sequential');
  const lanes = LANES.filter((lane) => (lane === 'sequential' ? sequential : lane === 'concurrent' || isolated));
  return fourth && sequential && isolated ? [...lanes, 'sequentialAll'] : lanes;
}

/**
 * The lane in which a run by script is drawn.
 * @param {Options} options
 * @param {Machine} machine
 * @returns {Lane}
 */
export function laneOf(options, machine) {
  if (options.structure === 'sequential') return 'sequential';
  return (options.processors ?? allProcessors(machine)) === 1 ? 'concurrent' : 'parallel';
}
