// What the site's responses are to carry, wherever it is hosted: serve.js sends it, pack.js writes
// it down for hosts that read a file named _headers, and for the service worker, which adds it where
// a host sends nothing.

// Scripts of this site alone, and no text that turns into script: what is typed can't run. The
// pool's workers are started from blob: addresses; what they import is the site's own.
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self' blob:",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
};

const text = (/** @type {Record<string, string>} */ policy) =>
  Object.entries(policy)
    .map((rule) => rule.join(' '))
    .join('; ');

export const CONTENT_SECURITY_POLICY = text(POLICY);

/**
 * The one script that asks other sites, for addresses that a reader typed. A worker goes by the
 * policy that came with its own script.
 */
export const HOST = 'host/host.js';
export const HOST_POLICY = text({ ...POLICY, 'connect-src': "'self' http: https:" });

/** With the first two a browser lets workers share memory. */
export const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** For what has its version in its address, and so never changes. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
