/** What the page does when a host is ready, and when a host is lost. */
import { byId } from '../common/dom.js';
import { showAbility } from './buttons.js';
import { route } from './navigation.js';
import { idleStatus, GETTING_READY, say } from './status.js';

/**
 * @param {import('./app.js').App} app
 * @param {import('../common/messages.js').Machine} machine
 * @param {import('../common/messages.js').Program[]} programs
 */
export function hostOpened(app, machine, programs) {
  const { state, runs } = app;
  const { catalogue } = state;
  const known =
    JSON.stringify(catalogue.programs) === JSON.stringify(programs) &&
    catalogue.machine.browserCores === machine.browserCores &&
    catalogue.machine.isolated === machine.isolated;
  state.catalogue = { machine, programs: known ? catalogue.programs : programs };
  state.hasOpened = true;
  const recovered = !byId('lost').hidden;
  byId('lost').hidden = true;
  if (recovered) say(`${byId('lost-sentence').textContent} Another worker has taken over.`);
  if (!known) {
    // a browser may report different numbers of cores to a worker and to the page
    state.program = null;
    route(app);
  }
  if (byId('status').textContent === GETTING_READY) say(idleStatus(state));
  showAbility(app, runs.busy);
  app.isReady(machine);
}

/**
 * @param {Error} error
 * @param {boolean} restarting   whether another worker is starting
 */
export function hostLost(error, restarting) {
  byId('lost-sentence').textContent = error.message;
  byId('lost').hidden = false;
  byId('again').hidden = restarting;
  say(error.message);
}

/** @param {import('./app.js').App} app */
export function startAgain({ hosts }) {
  byId('lost').hidden = true;
  say('Starting new workers.');
  hosts.replace('Another worker has taken over.');
}
