/**
 * The lessons, in their order.
 *
 * @typedef {import('../messages.js').Program} Program
 */
import { hashOf } from '../address.js';
import { make } from './dom.js';

/**
 * @param {HTMLElement} list   the rail's ordered list
 * @param {Program[]} programs
 */
export function fillRail(list, programs) {
  list.replaceChildren(...programs.map((program, i) => make('li', {},
    make('a', { href: hashOf({ program: program.id, given: new Map() }), 'data-program': program.id },
      make('span', { class: 'number', 'aria-hidden': 'true' }, String(i + 1)),
      make('span', { class: 'title' }, program.title)))));
}

/**
 * @param {HTMLElement} list
 * @param {string} id   of the program now open
 */
export function markInRail(list, id) {
  for (const link of list.querySelectorAll('a')) {
    if (link.dataset.program === id) {
      link.setAttribute('aria-current', 'page');
      // The rail is a strip on narrow screens: keep the current one in it, without moving the page.
      const strip = list.getBoundingClientRect();
      const item = link.getBoundingClientRect();
      if (item.left < strip.left || item.right > strip.right) list.scrollLeft += item.left - strip.left - 16;
    } else {
      link.removeAttribute('aria-current');
    }
  }
}
