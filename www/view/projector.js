/** The button between the usual view and the one for a room. */
import { make } from './dom.js';

/**
 * @param {() => void} toggle
 * @returns {HTMLElement}
 */
export const projectorButton = (toggle) => make('button', {
  type: 'button', class: 'quiet projector-button', click: toggle,
}, make('span', { class: 'when-usual' }, 'Projector'), make('span', { class: 'when-projector' }, 'Usual view'));
