/**
 * Makes the page isolated. Memory can be shared only on a page that is served with two headers. If
 * the server does not send them, the site's own service worker adds them, which takes one reload.
 */
import { keepFiles, network } from './network.js';

const RELOADED = 'manyhands reloaded';

/** How often the page checks whether nothing runs. Keeping the files would disturb measurements. */
const AT_REST_MS = 5000;

/**
 * @param {() => boolean} isUntouched   whether the reader has done nothing that a reload would undo
 * @param {() => boolean} isAtRest      whether nothing runs
 */
export async function seekIsolation(isUntouched, isAtRest) {
  if (!crossOriginIsolated) {
    const refused = await network();
    if (refused === '' && isUntouched() && isFirstTime()) location.reload();
    return;
  }
  forget();
  // The page is isolated already. The service worker keeps the files for a visit without a network.
  keepFiles((act) => {
    const timer = setInterval(() => {
      if (!isAtRest()) return;
      clearInterval(timer);
      act();
    }, AT_REST_MS);
  });
}

/**
 * Returns whether this tab has not been reloaded for isolation yet, and notes that it is now. So
 * the page is not reloaded again, even if the reload did not make it isolated.
 */
function isFirstTime() {
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    sessionStorage.setItem(RELOADED, 'yes');
    return true;
  } catch {
    return false; // without storage, a second time cannot be told from the first
  }
}

function forget() {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // There is no storage, so nothing was stored.
  }
}
