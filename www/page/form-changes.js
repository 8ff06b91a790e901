/** Updates the URL, the lanes and the refusals when the values of the form change. */
import { byId, say as sayIn } from '../common/dom.js';
import { allProcessors } from '../common/lanes.js';
import { DEFAULT_SEED } from '../common/messages.js';
import { differences } from '../form/differences.js';
import { go } from './go.js';
import { after } from './place.js';
import { say } from './status.js';

/** @typedef {import('./app.js').App} App */

/**
 * Updates the URL, the lanes and the refusals after a change by the reader.
 * @param {App} app
 */
export function formChanged(app) {
  const { state, form } = app;
  if (!state.program) return;
  go(state, after(state.place, { type: 'values', values: form.addressValues }));
  passOn(app);
  showRefusals(app);
}

/**
 * Updates the lanes and removes the refusals after a change that the reader did not make.
 * @param {App} app
 */
export function formFollows(app) {
  passOn(app);
  app.form.refuse([]);
}

/**
 * Passes the form's values to the course and the lanes.
 * @param {App} app
 */
function passOn(app) {
  const { form, course, lanes } = app;
  course.formChanged(form.values, form.options);
  // The Parallel lane makes room for as many processors as the form asks for.
  const { processors } = form.options;
  if (typeof processors === 'number' && Number.isInteger(processors) && processors > 0) lanes.plan(processors);
  markDifferences(app);
}

/**
 * Puts the values of a suggestion into the form. The reader will want to run them, so the button
 * "Run and compare" gets the focus.
 * @param {App} app
 * @param {import('../course/lessons/lesson.js').Next} next
 */
export function choose(app, { label, values }) {
  app.form.fill(new Map(Object.entries(values).map(([name, value]) => [name, [value].flat()])));
  formChanged(app);
  byId('run').focus({ preventScroll: true });
  say(`The form now has the values for “${label}”.`);
}

/**
 * Asks the host which of the form's values it would refuse.
 * @param {App} app
 */
export function check({ state, hosts, form }) {
  return state.program ? hosts.current.check(state.program.id, form.values, form.options) : Promise.resolve([]);
}

/**
 * Shows which values the host would refuse. If the host is not ready yet, this
 * function waits for the host.
 * @param {App} app
 */
export async function showRefusals(app) {
  const asked = app.state.place;
  const refusals = await check(app).catch(() => []); // a lost host has its own notice
  if (app.state.place === asked) app.form.refuse(refusals);
}

/**
 * Says beside the lanes how the form's values differ from the values of the runs in the lanes.
 * @param {App} app
 */
export function markDifferences({ state: { program, inLanes, catalogue }, form: { values, options } }) {
  const setting = {
    params: values,
    seed: options.seed ?? DEFAULT_SEED,
    processors: options.processors ?? allProcessors(catalogue.machine),
  };
  const sentence = program && inLanes ? differences(program, inLanes, setting) : '';
  sayIn(byId('differences'), sentence);
  byId('lanes').classList.toggle('differing', sentence !== '');
}
