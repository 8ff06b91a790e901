/** Checks, executes and draws a script's runs as if the reader had typed their values. */
import { laneOf, SLOT_NAMES } from '../common/lanes.js';
import { walls } from '../common/words.js';
import { GUEST_PROGRAMS } from '../common/messages.js';
import { withDefaults } from '../form/values.js';
import { Refused } from '../run/host-link.js';
import { showLesson } from './articles.js';
import { formFollows } from './form-changes.js';
import { go } from './go.js';
import { after } from './place.js';
import { say } from './status.js';

/**
 * @typedef {import('./app.js').App} App
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Values} Values
 */

/**
 * @param {App} app
 * @param {string} id
 * @param {Values} params
 * @param {Options} options
 */
export async function runByScript({ state, runs, hosts, course }, id, params, options) {
  const slot = laneOf(options, state.catalogue.machine);
  const all = withDefaults(state.programWithId(id)?.params ?? [], params);
  const [report] = await runs.all([{ slot, program: id, params: all, options, script: true }], async () => {
    if (GUEST_PROGRAMS.includes(id)) await hosts.ensureGuests();
    const refusals = await hosts.current.check(id, all, options);
    if (refusals.length > 0) throw new Refused(refusals);
    await course.prepare(id);
  });
  if (!report) throw new Error('The run was stopped before it began.');
  // The lanes show the run if its lesson is shown, or if the program has no lesson.
  const lesson = state.programWithId(id);
  if (!lesson || lesson === state.program) say(walls([SLOT_NAMES[slot]], [report]));
  return report;
}

/**
 * Shows the values of a script's run in the form.
 * @param {App} app
 * @param {string} id
 * @param {Values} params
 * @param {Options} options
 */
export function showScripted(app, id, params, options) {
  const { state, course, form } = app;
  const found = state.programWithId(id);
  if (!found) return;
  if (found !== state.program || state.recorded) showLesson(app, found, new Map());
  course.begin();
  form.fillFromRun(params, options);
  formFollows(app);
  go(state, after(state.place, { type: 'script', program: id, values: form.addressValues }));
}
