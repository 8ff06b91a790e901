/**
 * The three lanes: what each executes, and which run belongs in which.
 *
 * @typedef {import('./messages.js').Machine} Machine
 * @typedef {import('./messages.js').Options} Options
 * @typedef {'sequential' | 'concurrent' | 'parallel'} Lane
 */
import { MOST_PROCESSORS } from './messages.js';

/** From top to bottom: each step changes one thing. */
export const LANES = /** @type {const} */ (['sequential', 'concurrent', 'parallel']);

/** @param {Machine} machine   what "all processors" means here */
export const allProcessors = (machine) =>
  machine.isolated ? Math.max(1, Math.min(machine.browserCores, MOST_PROCESSORS)) : 1;

/**
 * How a lane executes a program.
 * @param {Lane} lane
 * @param {Options} form    what the form says: its processors are the parallel lane's
 * @returns {Options}
 */
export function optionsOf(lane, form) {
  const structure = lane === 'sequential' ? 'sequential' : 'concurrent';
  return lane === 'parallel' ? { ...form, structure } : { ...form, structure, processors: 1 };
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
