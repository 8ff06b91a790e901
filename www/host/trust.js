/**
 * Sets the rule of www/check.js in a worker: the worker loads scripts and starts workers from this
 * site only. The pool's workers are started from blob: URLs, which belong to this site.
 */
const trusted = /** @type {any} */ (self).trustedTypes;

trusted?.createPolicy?.('default', {
  /** @param {string} url */
  createScriptURL(url) {
    const { origin, href } = new URL(url, self.location.href);
    if (origin !== self.location.origin) throw new TypeError(`Scripts come from this site alone, not from ${origin}`);
    return href;
  },
});
