/**
 * The programs and their parameters, which the page knows before any WebAssembly has started. The
 * build generates them from the Rust code (crate/examples/catalogue.rs). So the page can show its
 * lessons and its form at once. The host sends the same data later.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 */
import WRITTEN from '#catalogue' with { type: 'json' };

/**
 * A default that depends on the machine: the number of cores, but at least the
 * first number and at most the second.
 * @typedef {{cores: [number, number]}} ByCores
 */

/**
 * @param {number} cores   the number that the browser reports
 * @returns {Program[]}
 */
export function programsFor(cores) {
  const programs = /** @type {any[]} */ (structuredClone(WRITTEN));
  for (const param of programs.flatMap(({ params }) => params)) param.default = defaultFor(param.default, cores);
  return programs;
}

/** @returns {Machine} what the page itself knows of the machine, before a pool has started */
export function machineSoFar() {
  return { browserCores: navigator.hardwareConcurrency || 1, isolated: crossOriginIsolated, processors: 0 };
}

/**
 * @param {import('../common/messages.js').Value | null | ByCores} value
 * @param {number} cores
 */
function defaultFor(value, cores) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const [least, most] = value.cores;
  return Math.min(Math.max(cores, least), most);
}
