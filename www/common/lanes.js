/**
 * The three lanes: how each one executes a program, and which run belongs in which lane.
 *
 * @typedef {import('./messages.js').Machine} Machine
 * @typedef {import('./messages.js').Options} Options
 * @typedef {import('./messages.js').SentReport} SentReport
 * @typedef {'sequential' | 'concurrent' | 'parallel'} Lane
 */

/**
 * For each run slot, the last comparable run with the values that the form shows. `sequentialAll`
 * is not a lane. In this slot, a program runs one task after another on several processors. Only
 * some lessons ask for such a run.
 * @typedef {Partial<Record<Lane | 'sequentialAll', SentReport>>} Reports
 */

/** A verdict on the step from one slot to another slot. @typedef {import('./messages.js').Verdict & {above: RunSlot, below: RunSlot}} SlotVerdict */

import FACTS from '#shared-facts' with { type: 'json' };
import { MOST_PROCESSORS } from './messages.js';
import { count, PROCESSOR_WORDS } from './words.js';

/** The lanes from top to bottom. Each step to the next lane changes one thing. */
export const LANES = /** @type {const} */ (['sequential', 'concurrent', 'parallel']);

/**
 * A place for a run: one of the lanes, or `sequentialAll`. No lane shows `sequentialAll`, which
 * runs one task after another on several processors.
 * @typedef {Lane | 'sequentialAll'} RunSlot
 */

/** The names of the slots, in the order in which runs are listed. @type {Record<RunSlot, string>} */
export const SLOT_NAMES = {
  sequential: FACTS.laneNames.sequential,
  concurrent: FACTS.laneNames.concurrent,
  parallel: FACTS.laneNames.parallel,
  sequentialAll: `${FACTS.laneNames.sequential} on all processors`,
};

/**
 * @param {RunSlot} slot
 * @returns {slot is Lane}
 */
export const isLane = (slot) => slot !== 'sequentialAll';

/**
 * Returns the slot of a run with this structure and this number of processors.
 * @param {{structure: import('./messages.js').Structure, processors: number}} how
 * @returns {RunSlot}
 */
export function slotOf({ structure, processors }) {
  if (structure === 'sequential') return processors === 1 ? 'sequential' : 'sequentialAll';
  return processors === 1 ? 'concurrent' : 'parallel';
}

/**
 * Returns a lane's heading: the term that the lessons teach, and its meaning.
 * @param {Lane} lane
 * @param {number} processors   the lane's number of processors
 * @param {number} all          the number that the page calls "all processors"
 */
export function titleOf(lane, processors, all) {
  switch (lane) {
    case 'sequential':
      return `${SLOT_NAMES.sequential}: one after another`;
    case 'concurrent':
      return `${SLOT_NAMES.concurrent}: overlapping on 1 processor`;
    case 'parallel':
      return `${SLOT_NAMES.parallel}: overlapping on ${
        processors === all ? 'all processors' : count(processors, PROCESSOR_WORDS)
      }`;
  }
}

/**
 * Returns the number that the page calls "all processors" on this machine.
 * @param {Pick<Machine, 'browserCores' | 'isolated'>} machine
 */
export const allProcessors = (machine) =>
  machine.isolated ? Math.max(1, Math.min(machine.browserCores, MOST_PROCESSORS)) : 1;

/**
 * Returns the options with which a program is executed for a slot.
 * @param {RunSlot} slot
 * @param {Options} form    `processors` applies only to the slots with several processors
 * @returns {Options}
 */
export function optionsOf(slot, form) {
  const structure = slot === 'sequential' || slot === 'sequentialAll' ? 'sequential' : 'concurrent';
  const many = slot === 'parallel' || slot === 'sequentialAll';
  return many ? { ...form, structure } : { ...form, structure, processors: 1 };
}

/**
 * Returns the slots that the program can have on this machine, in the order of their runs.
 * @param {import('./messages.js').Program} program
 * @param {Machine} machine
 * @param {boolean} fourth   whether to include `sequentialAll`, which has no lane
 * @returns {RunSlot[]}
 */
export function slotsOf({ structures }, { isolated }, fourth) {
  const sequential = structures.includes('sequential');
  const lanes = LANES.filter((lane) => (lane === 'sequential' ? sequential : lane === 'concurrent' || isolated));
  return fourth && sequential && isolated ? [...lanes, 'sequentialAll'] : lanes;
}

/**
 * Returns the lane that draws a run started by a script.
 * @param {Options} options
 * @param {Machine} machine
 * @returns {Lane}
 */
export function laneOf(options, machine) {
  if (options.structure === 'sequential') return 'sequential';
  return (options.processors ?? allProcessors(machine)) === 1 ? 'concurrent' : 'parallel';
}
