/** Moves the page to another place, and updates the URL and the history. */
import { hashOf } from './address.js';

/**
 * Moves to another place, or to the same place with other values.
 * @param {import('./app.js').State} state
 * @param {{place: import('./address.js').Place, entry: import('./place.js').Entry}} next
 */
export function go(state, { place, entry }) {
  state.place = place;
  const hash = hashOf(place);
  if (entry === 'none' || hash === location.hash) return;
  if (entry === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}
