/**
 * The service worker stands between the page and its server. It does three things that a plain file
 * server often cannot do:
 *
 * - It adds the headers with which a browser lets workers share memory, and the content security
 *   policy.
 * - It stores the files, so that the page works offline. It stores the folder of a version as a
 *   whole or not at all, and then reads that folder from its cache. For other files, such as
 *   index.html, it asks the server first, and waits for at most 3 s.
 * - It answers the requests for two URLs itself. With the first URL, a lesson shows how a program
 *   waits for the network, on any server. The second URL tells whether the service worker answers
 *   requests:
 *
 *     net/slow?ms=200&bytes=1000     1,000 bytes, after 200 ms
 *     ?controlled                    status 204, which no file server sends
 *
 * It is a classic script at the top of the site, because a service worker may answer only for its
 * own folder and the folders below it. The build writes the constant SITE in front of it.
 */

/**
 * @typedef {object} Site
 * @property {string} folder
 * @property {string[]} files   all files to store except index.html
 * @property {Record<string, string>} headers
 * @property {{path: string, policy: string}} host   the one script with another content security policy
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { folder, files, headers, host } = /** @type {{SITE: Site}} */ (/** @type {unknown} */ (self)).SITE;
const HERE = new URL('./', worker.registration.scope);
const KEPT = `manyhands ${HERE.pathname} `;
const CACHE = KEPT + folder;

/** If the server has not answered after this time, the network counts as missing. */
const INDEX_WITHIN_MS = 3000;

// The first service worker of a site becomes active as soon as it is installed. A later service
// worker waits for the message "keep", which a page sends when nothing runs. While a service worker
// is replaced, Chromium does not answer the page's requests. On a busy machine, the replacement
// took minutes.

// The page that installs the service worker is open already. So the service worker has to claim the
// page before it can answer the page's requests.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (event) => {
  // A forced reload bypasses the service worker. The page then sends "claim".
  if (event.data === 'claim') event.waitUntil(worker.clients.claim());
  // The installation does not load all files, because runs may wait for the installation. The page
  // sends "keep" when nothing runs.
  if (event.data === 'keep') {
    event.waitUntil(worker.skipWaiting());
    event.waitUntil(keep().then(forget, () => {}));
  }
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== HERE.origin || !url.pathname.startsWith(HERE.pathname)) return;
  const path = url.pathname.slice(HERE.pathname.length);
  if (path === 'net/slow') event.respondWith(slow(url.searchParams));
  else if (path === '' && url.search === '?controlled')
    event.respondWith(withHeaders(new Response(null, { status: 204 })));
  else if (request.method === 'GET')
    event.respondWith(answer(request, path).then((response) => withHeaders(response, path), offline));
});

// ---- Stored files ------------------------------------------------------------

/**
 * Stores all files of this version, or none, because an incomplete version would fail offline. The
 * page has loaded most files already, so they are in the browser's HTTP cache. The requests use
 * that cache, so a first visit transfers no file twice.
 */
async function keep() {
  const cache = await caches.open(CACHE);
  if (await cache.match(HERE)) return;
  try {
    await cache.addAll(files.map((file) => new Request(new URL(file, HERE), { cache: howToAsk(file) })));
    await cache.put(HERE, await index()); // stored last: if it is in the cache, all files are
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/**
 * Returns the cache mode for the request of a file. A file in the folder of a version never
 * changes, so any copy of the file can be used.
 * @param {string} file
 * @returns {RequestCache}
 */
function howToAsk(file) {
  return file.startsWith(`${folder}/`) ? 'force-cache' : 'no-cache';
}

/**
 * Returns index.html of this version. If the copy in the HTTP cache belongs to another version,
 * this function asks the server.
 */
async function index() {
  for (const cache of /** @type {const} */ (['force-cache', 'reload'])) {
    const response = await fetch(HERE, { cache });
    if (response.ok && (await response.clone().text()).includes(folder)) return response;
  }
  throw new Error('The host has the page of another version.');
}

/**
 * Deletes the stored earlier versions except the newest. A page of the newest earlier version may
 * still be open, and may start a worker later.
 */
async function forget() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(KEPT) && name !== CACHE);
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
}

/**
 * @param {Request} request
 * @param {string} path   within the site
 */
async function answer(request, path) {
  if (/^www-[0-9a-f]+\//.test(path)) {
    return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), INDEX_WITHIN_MS);
  try {
    // The request's own cache mode may allow an old copy. The mode `no-cache` gets the newest file.
    const response = await fetch(request.url, { cache: 'no-cache', signal: limit.signal });
    if (response.ok) return response;
    return (await kept(path)) ?? response;
  } catch (error) {
    const response = await kept(path);
    if (response) return response;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Returns a stored file of this version, or of an earlier version if this one is not stored yet.
 * @param {string} path
 */
async function kept(path) {
  const asked = new URL(path === 'index.html' ? './' : path, HERE);
  return (
    (await caches.match(asked, { cacheName: CACHE, ignoreSearch: true })) ?? caches.match(asked, { ignoreSearch: true })
  );
}

/**
 * @param {Response} response
 * @param {string} [path]   within the site
 */
function withHeaders(response, path) {
  if (response.type === 'error' || response.type === 'opaque' || response.type === 'opaqueredirect') return response;
  const all = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  if (path === host.path) all.set('Content-Security-Policy', host.policy);
  const { status, statusText } = response;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : response.body, { status, statusText, headers: all });
}

function offline() {
  return withHeaders(
    new Response('Nothing is kept of this page, and its host does not answer.\n', {
      status: 503,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    }),
  );
}

// ---- Waiting for the network -------------------------------------------------

const MOST_MS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * @param {URLSearchParams} query
 * @returns {Promise<Response>}
 */
async function slow(query) {
  const ms = whole(query.get('ms'), MOST_MS);
  const bytes = whole(query.get('bytes'), MOST_BYTES);
  if (ms === null || bytes === null) {
    return withHeaders(
      new Response(`“ms” has to be a whole number from 0 to ${MOST_MS}, “bytes” one from 0 to ${MOST_BYTES}.\n`, {
        status: 400,
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      }),
    );
  }
  await new Promise((resolve) => setTimeout(resolve, ms));
  return withHeaders(
    new Response(new Uint8Array(bytes), {
      headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' },
    }),
  );
}

/**
 * @param {string | null} text   null if no value is given, which means 0
 * @param {number} most
 * @returns {number | null} null if the text is not a whole number up to the limit
 */
function whole(text, most) {
  if (text === null) return 0;
  const number = Number(text);
  return /^\d+$/.test(text) && number <= most ? number : null;
}
