/** Going to another place: the address and the history follow. */
import { hashOf } from './address.js';

/**
 * The page is at another place, or at the same one with other values.
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
