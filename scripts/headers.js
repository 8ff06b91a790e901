// The headers of the site's responses. serve.js sends them. pack.js writes them into _headers, a
// file that some web hosts read, and into the service worker, which adds them to every response.

// The content security policy allows only scripts of this site. No text can become a script, so
// text that a reader types cannot run. The pool's workers are started from blob: URLs, and import
// only scripts of this site.
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
 * The only script that may contact other sites, for URLs that the reader types. A worker obeys
 * the policy in the response for its own script.
 */
export const HOST = 'host/host.js';
export const HOST_POLICY = text({ ...POLICY, 'connect-src': "'self' http: https:" });

/** The headers. The first two let a browser share memory between workers. */
export const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The Cache-Control of files whose URL contains their version. Such files never change. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
