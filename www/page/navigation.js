/** Opens the place that the URL names, and copies links to the place that is open. */
import { showEnd, showLesson, showLinks } from './articles.js';
import { formFollows, showRefusals } from './form-changes.js';
import { go } from './go.js';
import { after, placeAt, WHEN } from './place.js';
import { idleStatus, say } from './status.js';

/** @typedef {import('./app.js').App} App */

/**
 * Shows the place that the URL names. Called when the page loads, when a link is followed, and
 * after Back or Forward.
 * @param {App} app
 */
export function route(app) {
  const { state, runs, form, files } = app;
  const { place: asked, entry, notice } = placeAt(location.hash, state.catalogue.programs);
  go(state, { place: asked, entry });
  document.documentElement.dataset.view = asked.view;
  const found = state.programWithId(asked.program);
  // Recorded runs stay in the lanes only if the URL still holds them. The reader's own runs stay
  // while the lesson is open.
  const stays = found && found === state.program && (!state.recorded || state.recorded.address === asked.recorded);
  if (!stays) runs.leave();
  if (!found) {
    showEnd(app);
  } else {
    if (stays) {
      form.fill(asked.values);
      showLinks(app);
    } else {
      showLesson(app, found, asked.values);
    }
    formFollows(app);
    if (asked.values.size > 0) showRefusals(app);
  }
  if (notice || !stays || !runs.busy) say(notice || idleStatus(state));
  if (found && asked.recorded && state.recorded?.address !== asked.recorded) files.fromAddress(asked.recorded);
}

/**
 * Switches to another view. Links within the page keep this view.
 * @param {App} app
 * @param {string} view
 */
export function setView(app, view) {
  go(app.state, after(app.state.place, { type: 'view', view }));
  document.documentElement.dataset.view = view;
  showLinks(app);
}

/**
 * @param {App} app
 * @param {string} [runs]   the runs in the lanes, as text for the URL
 */
export async function copyLink({ state, form }, runs) {
  if (runs) {
    go(state, after(state.place, { type: 'link', values: form.addressValues, recorded: runs }));
    state.recorded = { address: runs };
  }
  const what = state.place.recorded
    ? 'these runs'
    : state.place.program === WHEN
      ? 'this page'
      : 'this lesson with these values';
  try {
    await navigator.clipboard.writeText(location.href);
    say(`The link to ${what} is copied.`);
  } catch {
    say(`This browser does not let the page copy. The address bar has the link to ${what}.`);
  }
}
