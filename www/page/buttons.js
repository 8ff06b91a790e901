/** Which buttons can be pressed now: those that run, "Stop" and those of the lanes. */
import { byId, setAble } from '../common/dom.js';
import { seatsOf } from '../common/lanes.js';

/**
 * @param {import('./app.js').App} app
 * @param {boolean} busy   whether something runs
 */
export function showAbility({ state, stage }, busy) {
  const able = !busy && state.program !== null;
  setAble(byId('run'), able);
  setAble(byId('run-many'), able);
  setAble(byId('stop'), busy);
  stage.setRunnable(able);
}

/**
 * Returns the seats that "Run and compare" runs on this machine.
 * @param {import('./app.js').App} app
 */
export const offered = ({ state, course }) =>
  state.program ? seatsOf(state.program, state.catalogue.machine, course.comparesStructures) : [];
