/**
 * The rail: the ordered list of the lessons, and the page after the last lesson.
 *
 * @typedef {import('../common/messages.js').Program} Program
 */
import { hashOf } from './address.js';
import { WHEN, WHEN_TITLE } from './place.js';
import { make } from '../common/dom.js';

/**
 * @param {HTMLElement} list   the rail's ordered list
 * @param {Program[]} programs
 */
export function fillRail(list, programs) {
  const link = (/** @type {string} */ id, /** @type {string} */ number, /** @type {string} */ title) =>
    make(
      'li',
      {},
      make(
        'a',
        { href: hashOf({ program: id, values: new Map(), view: '' }), 'data-program': id },
        make('span', { class: 'number', 'aria-hidden': 'true' }, number),
        make('span', { class: 'title' }, title),
      ),
    );
  list.replaceChildren(
    ...programs.map(({ id, title }, i) => link(id, String(i + 1), title)),
    link(WHEN, '✓', WHEN_TITLE),
  );
}

/**
 * Shows the link from a lesson to the next lesson, or to the page after the last lesson.
 * @param {HTMLElement} root
 * @param {Program[]} programs
 * @param {string} id     of the program that is open
 * @param {string} view
 */
export function showOnward(root, programs, id, view) {
  const at = programs.findIndex((program) => program.id === id);
  const following = programs[at + 1];
  const link = (/** @type {string} */ program, /** @type {string} */ title) =>
    make('a', { href: hashOf({ program, values: new Map(), view }) }, title);
  root.replaceChildren('Next: ', following ? link(following.id, following.title) : link(WHEN, WHEN_TITLE));
}

/**
 * @param {HTMLElement} list
 * @param {string} id   of the program that is open
 */
export function markInRail(list, id) {
  for (const link of list.querySelectorAll('a')) {
    if (link.dataset.program === id) {
      link.setAttribute('aria-current', 'page');
      // On narrow screens the rail is a horizontal strip. Scroll the strip to the current link, and
      // leave the page where it is.
      const strip = list.getBoundingClientRect();
      const item = link.getBoundingClientRect();
      if (item.left < strip.left || item.right > strip.right) list.scrollLeft += item.left - strip.left - 16;
    } else {
      link.removeAttribute('aria-current');
    }
  }
}
