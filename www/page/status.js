/** The status line, which says what happens. Screen readers read it aloud. */
import { byId } from '../common/dom.js';
import { count, PROCESSOR_WORDS } from '../common/words.js';

export const GETTING_READY = 'The workers are getting ready. You can press “Run and compare” already.';

const isNarrow = matchMedia('(max-width: 40rem)');

/** @param {string} sentence */
export function say(sentence) {
  const status = byId('status');
  status.textContent = sentence;
  // On a narrow page a long sentence scrolls, so the line must be reachable by keyboard.
  if (isNarrow.matches && status.scrollHeight > status.clientHeight) status.tabIndex = 0;
  else status.removeAttribute('tabindex');
}

/**
 * @param {import('./app.js').State} state
 * @returns {string} the status while nothing runs and nothing has happened
 */
export function idleStatus({ hasOpened, catalogue }) {
  return hasOpened
    ? `Ready. This browser reports ${count(catalogue.machine.browserCores, PROCESSOR_WORDS)}.`
    : GETTING_READY;
}
