/** A URL at the site's root, two folders above this script, which the service worker answers. */
const ASKED = new URL('../../?controlled', import.meta.url);

const AGAIN_MS = 20;

/**
 * Returns whether the site's service worker answers this worker's requests, now or within a limit.
 * The service worker takes control of an older worker later than of the page, and no event reports
 * this. So this function makes requests, with pauses of 20 ms.
 * @param {number} limitMs
 * @returns {Promise<boolean>}
 */
export async function isControlled(limitMs) {
  const last = performance.now() + limitMs;
  for (;;) {
    const status = await fetch(ASKED, { cache: 'no-store' }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 204) return true;
    if (performance.now() > last) return false;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
