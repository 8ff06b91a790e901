/**
 * The site's own service worker, which answers the requests that a program makes
 * to be kept waiting.
 */
import { FOLDER } from '../common/folder.js';

const SCRIPT = new URL('../service-worker.js', FOLDER);
const WITHIN_MS = 5000;
const TOO_LATE = 'it did not start in time';

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

/**
 * As {@link network}, and waits until it answers for a host as well: one that was there before it
 * is taken over later than the page.
 * @param {import('../run/host-link.js').HostLink} host
 * @returns {Promise<string>}
 */
export async function networkFor(host) {
  const refused = await network();
  if (refused !== '') return refused;
  const answered = await host.reach(WITHIN_MS).catch(() => true); // a host that is lost says so elsewhere
  return answered ? '' : TOO_LATE;
}

/**
 * Lets the newest service worker of the site replace the active one and keep all files. While it is
 * replaced, the browser does not answer the page's requests. So this waits until nothing runs.
 * @param {(act: () => void) => void} whenAtRest   acts when nothing runs
 */
export function keepFiles(whenAtRest) {
  whenAtRest(async () => {
    if ((await network()) !== '') return;
    const registration = await navigator.serviceWorker.getRegistration(SCRIPT);
    const tell = () => (registration?.installing ?? registration?.waiting ?? registration?.active)?.postMessage('keep');
    tell();
    registration?.addEventListener('updatefound', () => whenAtRest(tell));
  });
}

async function install() {
  if (!('serviceWorker' in navigator)) return 'this browser has no service workers for an address like this one';
  const { serviceWorker } = navigator;
  const controlled = new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(''), { once: true });
    setTimeout(() => resolve(TOO_LATE), WITHIN_MS);
  });
  const { active } = await serviceWorker.register(SCRIPT, { scope: new URL('.', SCRIPT).pathname });
  // Reloaded past its caches, a page is past its service worker, too, until that is told.
  if (!serviceWorker.controller) active?.postMessage('claim');
  return serviceWorker.controller ? '' : controlled;
}
