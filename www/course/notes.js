/** Notes on the lesson, about what is easily misunderstood. They stand after the runs. */
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
