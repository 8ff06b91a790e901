/** Shows a lesson, a recording, or the page after the last lesson. */
import { byId } from '../common/dom.js';
import { count, PROCESSOR_WORDS } from '../common/words.js';
import { showAbility } from './buttons.js';
import { formFollows } from './form-changes.js';
import { go } from './go.js';
import { after, WHEN, WHEN_TITLE } from './place.js';
import { markInRail, showOnward } from './rail.js';
import { followedLink, startOf } from './scroll.js';
import { say } from './status.js';
import { showWhen } from './when.js';

/** @typedef {import('./app.js').App} App */

/**
 * Opens a lesson with empty lanes.
 * @param {App} app
 * @param {import('../common/messages.js').Program} program
 * @param {import('./address.js').Place['values']} values
 */
export function showLesson(app, program, values) {
  const { state, course, form, lanes, scaling, runs } = app;
  const { machine } = state.catalogue;
  const followed = followedLink();
  state.program = program;
  state.recorded = state.inLanes = null;
  const lesson = course.show(program, machine);
  document.title = `${program.title} · Many Hands`;
  byId('title').textContent = `${program.title}: ${program.lesson}`;
  showArticle('lesson');
  byId('form').hidden = false;
  form.show(program, machine, lesson.worker, values);
  lanes.show(program, lesson, machine);
  scaling.forget();
  markInRail(byId('lessons'), program.id);
  showLinks(app);
  if (followed) startOf('lesson');
  showAbility(app, runs.busy);
}

/**
 * Opens the page after the last lesson.
 * @param {App} app
 */
export function showEnd(app) {
  leaveLesson(app);
  const followed = followedLink();
  showArticle('when');
  document.title = `${WHEN_TITLE} · Many Hands`;
  markInRail(byId('lessons'), WHEN);
  showLinks(app);
  if (followed) startOf('when');
}

/**
 * Opens a recording in place of the current article. No host is needed.
 * @param {App} app
 * @param {import('../recording/format.js').Recording} recording
 * @param {string | null} address   the recording as text in the URL; null if it is from a file
 */
export function showRecording(app, recording, address) {
  const { state, runs, form, course, lanes } = app;
  const report = Object.values(recording.reports).at(-1);
  if (!report) return;
  if (address !== null && state.place.recorded !== address) return; // the reader has gone to another place
  runs.leave();
  const found = state.programWithId(report.program);
  if (found) {
    const named = address !== null && state.place.program === found.id && state.place.values.size > 0;
    showLesson(app, found, named ? state.place.values : new Map());
    if (!named) form.fillFromRun(report.params, { processors: report.processors, seed: report.seed });
    go(
      state,
      after(state.place, {
        type: 'recording',
        program: found.id,
        values: form.addressValues,
        fromFile: address === null,
      }),
    );
  } else {
    // a program for scripts has no lesson: there is nothing to set or to run
    leaveLesson(app);
    showArticle('lesson');
    byId('form').hidden = true;
    byId('title').textContent = document.title = report.program;
    const lesson = course.showWords(report.program, '');
    lanes.show({ structures: ['sequential', 'concurrent'] }, lesson, {
      browserCores: 1,
      isolated: true,
      processors: 1,
    });
  }
  lanes.open(recording);
  state.recorded = { address };
  state.inLanes = {
    params: report.params,
    seed: report.seed,
    processors: recording.reports.parallel?.processors ?? null,
  };
  formFollows(app);
  const day = new Date(recording.recordedOn).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' });
  say(`These runs were recorded on ${day} with ${count(report.processors, PROCESSOR_WORDS)}.`);
}

/**
 * Shows the links to other lessons. The links keep the current view of the page.
 * @param {App} app
 */
export function showLinks({ state: { program, place, catalogue }, course }) {
  if (program) showOnward(byId('onward'), catalogue.programs, program.id, place.view);
  else if (place.program === WHEN) showWhen(byId('when'), catalogue.programs, course.visited, place.view);
}

/**
 * Redraws everything in the colours of a changed theme.
 * @param {App} app
 */
export function recolour({ lanes, course }) {
  lanes.recolour();
  course.recolour();
}

/**
 * Closes the lesson that is open.
 * @param {App} app
 */
function leaveLesson(app) {
  const { state, lanes, course, runs } = app;
  lanes.leave();
  course.leave();
  state.program = null;
  state.recorded = state.inLanes = null;
  showAbility(app, runs.busy);
}

/** @param {'lesson' | 'when'} id */
function showArticle(id) {
  byId('lesson').hidden = id !== 'lesson';
  byId('when').hidden = id !== 'when';
}
