/**
 * How the form and the lanes differ: the lanes keep the runs that they show when a
 * value of the form changes.
 *
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Values} Values
 */
import { textOf, withDefaults } from './values.js';
import { list } from '../common/words.js';

/**
 * Values with which something runs.
 * @typedef {object} Setting
 * @property {Values} params                  those left out have their defaults
 * @property {number | string} seed
 * @property {number | string | null} processors   of the Parallel lane; null: it shows no run
 */

/** Longer texts are cut. */
const LONGEST = 24;

/**
 * @param {Pick<Program, 'params'>} program
 * @param {Setting} lanes    with which their runs were made
 * @param {Setting} form
 * @returns {string} what differs, in two sentences; empty: nothing does
 */
export function differences({ params }, lanes, form) {
  const inLanes = withDefaults(params, lanes.params);
  const inForm = withDefaults(params, form.params);
  const differing = [
    ...params.map(({ name, label, unit }) => ({
      label,
      unit,
      lanes: textOf(inLanes[name]),
      form: textOf(inForm[name]),
    })),
    ...(lanes.processors === null
      ? []
      : [{ label: 'Processors', unit: '', lanes: String(lanes.processors), form: String(form.processors) }]),
    { label: 'Seed', unit: '', lanes: String(lanes.seed), form: String(form.seed) },
  ].filter((value) => value.lanes !== value.form);
  if (differing.length === 0) return '';
  const said = (/** @type {'lanes' | 'form'} */ where) =>
    list(differing.map((value) => shown(value.label, value[where], value.unit)));
  return `These lanes show runs with ${said('lanes')}. The form now says ${said('form')}.`;
}

/**
 * @param {string} label
 * @param {string} text
 * @param {string} unit
 * @returns {string} "Boil 180 ms"
 */
function shown(label, text, unit) {
  if (text === '') return `no ${label}`;
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `${label} ${short}${unit ? ` ${unit}` : ''}`;
}
