/**
 * The rule of www/check.js for workers: they start workers and load scripts of
 * this site alone. The pool's are started from blob: addresses that it made.
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
