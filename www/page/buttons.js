/** Enables and disables the buttons that start runs, and "Stop". Says what "Run and compare" runs. */
import { byId, setAble } from '../common/dom.js';
import { slotsOf } from '../common/lanes.js';

/**
 * @param {import('./app.js').App} app
 * @param {boolean} busy   whether something runs
 */
export function showAbility({ state, lanes }, busy) {
  const able = !busy && state.program !== null;
  setAble(byId('run'), able);
  setAble(byId('run-many'), able);
  setAble(byId('stop'), busy);
  lanes.setRunnable(able);
}

/**
 * Returns the slots for which "Run and compare" starts a run on this machine.
 * @param {import('./app.js').App} app
 */
export const offeredSlots = ({ state, course }) =>
  state.program ? slotsOf(state.program, state.catalogue.machine, course.comparesStructures) : [];
