/**
 * Makes the page isolated. Memory can be shared only on a page that is served with two headers. If
 * the server does not send these headers, the site's own service worker adds them. The page must
 * then be reloaded once.
 */
import { keepFiles, network } from './network.js';

const RELOADED = 'manyhands reloaded';

/**
 * The time between two checks whether a run is in progress. Files are stored only while nothing
 * runs, because storing them would disturb measurements.
 */
const AT_REST_MS = 5000;

/**
 * @param {() => boolean} isUntouched   false if a reload would undo something that the reader did
 * @param {() => boolean} isAtRest      true if nothing runs
 */
export async function seekIsolation(isUntouched, isAtRest) {
  if (!crossOriginIsolated) {
    const refused = await network();
    if (refused === '' && isUntouched() && isFirstTime()) location.reload();
    return;
  }
  forget();
  // The page is isolated already. The service worker stores the files for visits without a network.
  keepFiles((act) => {
    const timer = setInterval(() => {
      if (!isAtRest()) return;
      clearInterval(timer);
      act();
    }, AT_REST_MS);
  });
}

/**
 * Returns true if this tab has not been reloaded for isolation yet, and records that it is reloaded
 * now. So the page is reloaded only once, even if the reload does not make the page isolated.
 */
function isFirstTime() {
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    sessionStorage.setItem(RELOADED, 'yes');
    return true;
  } catch {
    return false; // without storage, a second reload cannot be told from the first
  }
}

function forget() {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // There is no storage, so nothing was stored.
  }
}
