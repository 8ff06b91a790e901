/**
 * Memory can be shared only on a page whose host sends two headers. Where it
 * doesn't, the site's own service worker adds them, which takes one reload.
 */
import { keepFiles, network } from './network.js';

const RELOADED = 'manyhands reloaded';

/** Keeping the files would disturb what is measured meanwhile, so it waits for a page at rest. */
const AT_REST_MS = 5000;

/**
 * @param {() => boolean} isUntouched   whether the reader has done nothing yet that a reload would undo
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

/** Whether this tab has not been reloaded for this; never more than once, whatever comes of it. */
function isFirstTime() {
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    sessionStorage.setItem(RELOADED, 'yes');
    return true;
  } catch {
    return false; // without storage nobody could tell a second time from the first
  }
}

function forget() {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // There is none, so that nothing was kept.
  }
}
