/**
 * Answers one address of this site after a delay that the address names, so that
 * waiting for the network can be shown wherever the page is hosted:
 *
 *     net/slow?ms=200&bytes=1000     so many bytes, so much later
 *
 * Everything else goes to the network as if this file were not there. It is a
 * classic script at the top of the site, since its folder is what it may answer for.
 */

const MOST_MS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SLOW = new URL('net/slow', worker.registration.scope);

worker.addEventListener('install', () => worker.skipWaiting());

// The page that installs it is open already, and has to be served, too.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

// So has one that was reloaded past its service worker: it asks.
worker.addEventListener('message', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin === SLOW.origin && url.pathname === SLOW.pathname) event.respondWith(slow(url.searchParams));
});

/**
 * @param {URLSearchParams} query
 * @returns {Promise<Response>}
 */
async function slow(query) {
  const ms = whole(query.get('ms'), MOST_MS);
  const bytes = whole(query.get('bytes'), MOST_BYTES);
  if (ms === null || bytes === null) {
    return new Response(`“ms” has to be a whole number from 0 to ${MOST_MS}, “bytes” one from 0 to ${MOST_BYTES}.\n`, {
      status: 400, headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    });
  }
  await new Promise((resolve) => setTimeout(resolve, ms));
  return new Response(new Uint8Array(bytes), {
    headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' },
  });
}

/**
 * @param {string | null} text   null: nothing is given, which stands for 0
 * @param {number} most
 * @returns {number | null} null: not a whole number within the limit
 */
function whole(text, most) {
  if (text === null) return 0;
  const number = Number(text);
  return /^\d+$/.test(text) && number <= most ? number : null;
}
