/** Scrolls the page to what the reader needs to see next. */
import { byId } from '../common/dom.js';

/** Scrolls the lanes and their legend into view, below the toolbar. */
export function keepLanesInView() {
  const { top } = byId('legend').getBoundingClientRect();
  const { bottom } = byId('lanes').getBoundingClientRect();
  const actions = byId('actions');
  const bar = getComputedStyle(actions).position === 'sticky' ? actions.offsetHeight : 0;
  if (top >= bar && bottom <= innerHeight) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollTo({ top: scrollY + top - bar, behavior: calm ? 'auto' : 'smooth' });
}

/** Returns whether the reader followed a link in an article, not in the rail, and typed no URL. */
export const followedLink = () => ['onward', 'when'].some((id) => byId(id).contains(document.activeElement));

/**
 * Scrolls to the top of an article that a link opened, and moves the focus to the article. The link
 * that had the focus is gone, or far below.
 * @param {string} article
 */
export function startOf(article) {
  byId(article).focus({ preventScroll: true });
  scrollTo(0, 0);
}

/**
 * Moves from the first link of the page past the rail, to the article. The link does not change the
 * URL, because a URL names a place.
 * @param {Event} event
 */
export function skipToArticle(event) {
  event.preventDefault();
  const article = byId(byId('lesson').hidden ? 'when' : 'lesson');
  article.focus();
  article.scrollIntoView();
}
