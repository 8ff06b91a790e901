/** Notes on what readers easily misunderstand in a lesson. The notes stand below the lanes. */
import { make } from '../common/dom.js';

/**
 * @param {HTMLElement} root
 * @param {string[]} notes
 */
export function showNotes(root, notes) {
  root.hidden = notes.length === 0;
  root.replaceChildren(
    make('h2', {}, 'Good to know'),
    make('ul', { class: 'notes' }, ...notes.map((note) => make('li', {}, note))),
  );
}
