/**
 * Says how the values of the form differ from the values of the runs in the lanes. When a value of
 * the form changes, the lanes keep their runs.
 *
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Values} Values
 */
import { textOf, withDefaults } from './values.js';
import { list } from '../common/words.js';

/**
 * The values of a run.
 * @typedef {object} Setting
 * @property {Values} params                  a value that is left out has its default
 * @property {number | string} seed
 * @property {number | string | null} processors   the Parallel lane's number; null if that lane shows no run
 */

/** The maximum number of characters of a value's text. Longer texts are cut. */
const LONGEST = 24;

/**
 * @param {Pick<Program, 'params'>} program
 * @param {Setting} lanes    the values of the lanes' runs
 * @param {Setting} form
 * @returns {string} what differs, in two sentences; empty if nothing differs
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
