/**
 * Fetches a URL and counts the bytes of the body, without keeping the bytes. Runs in the host,
 * whose script lies two folders below the site's root.
 * @param {string} address a URL, absolute or relative to the site's root
 * @param {number} limitMs
 * @param {AbortSignal} stop
 * @returns {Promise<[number, number]>} status and bytes
 */
export async function fetchAndCount(address, limitMs, stop) {
  const site = new URL('../../', self.location.href);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(limitMs)]);
  const response = await fetch(new URL(address, site), {
    signal, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer',
  });
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length;
  }
  return [response.status, bytes];
}
