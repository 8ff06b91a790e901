/**
 * The site's own service worker, which answers the requests that a program makes
 * to be kept waiting.
 */

const SCRIPT = new URL('../service-worker.js', import.meta.url);
const WITHIN_MS = 5000;

/** @type {Promise<string> | undefined} */
let asked;

/**
 * Has it installed, and waits until it answers for this page.
 * @returns {Promise<string>} why it does not; empty: it does
 */
export function network() {
  asked ??= install().catch((error) => `${error instanceof Error ? error.message : error}`);
  return asked;
}

async function install() {
  if (!('serviceWorker' in navigator)) return 'this browser has no service workers, or has none for an address like this one';
  const { serviceWorker } = navigator;
  const controlled = new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(''), { once: true });
    setTimeout(() => resolve('it did not start in time'), WITHIN_MS);
  });
  const { active } = await serviceWorker.register(SCRIPT, { scope: new URL('.', SCRIPT).pathname });
  // Reloaded past its caches, a page is past its service worker, too, until that is told.
  if (!serviceWorker.controller) active?.postMessage('claim');
  return serviceWorker.controller ? '' : controlled;
}
