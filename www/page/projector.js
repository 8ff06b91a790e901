/** The button that switches between the normal view and the larger one for a projector. */
import { make } from '../common/dom.js';

/**
 * @param {() => void} toggle
 * @returns {HTMLElement}
 */
export const projectorButton = (toggle) =>
  make(
    'button',
    {
      type: 'button',
      class: 'quiet projector-button',
      click: toggle,
    },
    make('span', { class: 'when-usual' }, 'Projector view'),
    make('span', { class: 'when-projector' }, 'Normal view'),
  );
