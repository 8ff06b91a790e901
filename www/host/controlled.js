/** Two folders above this script, the site's root is what its service worker answers for. */
const ASKED = new URL('../../?controlled', import.meta.url);

const AGAIN_MS = 20;

/**
 * Whether the site's service worker answers this worker's requests, or comes to do so in time. A
 * worker that was there before it is taken over after its page, and learns nothing of it: so it asks.
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
