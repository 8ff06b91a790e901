/**
 * Installs the site's service worker, and waits until it answers. Among other things, the service
 * worker answers requests after a delay, for programs that show how tasks wait for a network.
 */
import { FOLDER } from '../common/folder.js';

const SCRIPT = new URL('../service-worker.js', FOLDER);
const WITHIN_MS = 5000;
const TOO_LATE = 'it did not start in time';

/** @type {Promise<string> | undefined} */
let asked;

/**
 * Installs the service worker, and waits until it answers the requests of this page.
 * @returns {Promise<string>} why the service worker does not answer; empty if it answers
 */
export function network() {
  asked ??= install().catch((error) => `${error instanceof Error ? error.message : error}`);
  return asked;
}

/**
 * Does the same as {@link network}, and waits until the service worker also answers the requests of
 * a host. The service worker answers a host that was started earlier later than the page.
 * @param {import('../run/host-link.js').HostLink} host
 * @returns {Promise<string>} why the service worker does not answer; empty if it answers
 */
export async function networkFor(host) {
  const refused = await network();
  if (refused !== '') return refused;
  const answered = await host.reach(WITHIN_MS).catch(() => true); // a lost host is reported by hostLost
  return answered ? '' : TOO_LATE;
}

/**
 * Lets the newest service worker of the site replace the active one, and store all files for use
 * without a network. While a service worker is replaced, Chromium holds the page's requests back.
 * So the service worker is replaced, and the files are stored, only when nothing runs.
 * @param {(act: () => void) => void} whenAtRest   calls `act` when nothing runs
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
  // After a forced reload, no service worker controls the page. The message "claim" asks it to.
  if (!serviceWorker.controller) active?.postMessage('claim');
  return serviceWorker.controller ? '' : controlled;
}
