/**
 * Suggestions of what to change next. A button sets the form, and a text says what to look at.
 *
 * @typedef {import('./lessons/lesson.js').Next} Next
 */
import { make } from '../common/dom.js';

/**
 * @param {HTMLElement} root
 * @param {Next[]} suggestions
 * @param {(next: Next) => void} choose
 */
export function showNext(root, suggestions, choose) {
  root.hidden = suggestions.length === 0;
  root.replaceChildren(
    make('h2', {}, 'What to change next'),
    make(
      'ul',
      { class: 'suggestions' },
      ...suggestions.map((next, i) =>
        make(
          'li',
          {},
          make('button', { type: 'button', 'aria-describedby': `look-${i}`, click: () => choose(next) }, next.label),
          make('p', { id: `look-${i}` }, next.look),
        ),
      ),
    ),
  );
}
