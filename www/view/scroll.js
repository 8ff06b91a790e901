/** Where the page is scrolled to, when something else is to be read now. */
import { byId } from './dom.js';

/** The lanes are what there is to see, with the buttons and the status above them. */
export function keepLanesInView() {
  const { top, bottom } = byId('lanes').getBoundingClientRect();
  const bar = byId('actions').offsetHeight;
  if (top >= bar && bottom <= innerHeight) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollTo({ top: scrollY + top - bar, behavior: calm ? 'auto' : 'smooth' });
}

/** Whether a link in an article brought the reader here, not the rail or the address. */
export const followedLink = () => ['onward', 'when'].some((id) => byId(id).contains(document.activeElement));

/**
 * The link that was followed is gone or far below: a reader goes on from the top.
 * @param {string} article
 */
export function startOf(article) {
  byId(article).focus({ preventScroll: true });
  scrollTo(0, 0);
}
