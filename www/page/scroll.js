/** Where the page is scrolled to, when something else is to be read now. */
import { byId } from '../common/dom.js';

/** Brings the lanes into view, with their legend, under the bar that holds the buttons and the status. */
export function keepLanesInView() {
  const { top } = byId('legend').getBoundingClientRect();
  const { bottom } = byId('lanes').getBoundingClientRect();
  const actions = byId('actions');
  const bar = getComputedStyle(actions).position === 'sticky' ? actions.offsetHeight : 0;
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

/**
 * The first link of the page leads past the rail. It does so without an address of
 * its own, since addresses name places here.
 * @param {Event} event
 */
export function skipToArticle(event) {
  event.preventDefault();
  const article = byId(byId('lesson').hidden ? 'when' : 'lesson');
  article.focus();
  article.scrollIntoView();
}
