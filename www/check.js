// The first script of the page, in JavaScript that old browsers support. It runs before the page is
// first painted, and does three things:
//
// - It sets the theme that the reader chose on an earlier visit, so that no other theme flashes up.
// - It sets the rule for the URLs of scripts and workers (Trusted Types).
// - It checks whether this browser has the features that the other scripts need. If so, it loads
//   these scripts. If not, it says which features are missing.
(function () {
  'use strict';
  var here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  var trusted = /** @type {any} */ (window).trustedTypes;

  try {
    var theme = localStorage.getItem('manyhands.theme'); // page/theme.js writes it
    if (theme === 'light' || theme === 'dark') document.documentElement.setAttribute('data-theme', theme);
  } catch (error) {
    // If storage is forbidden, the page has the system's theme.
  }

  // Scripts and workers can be loaded from this site only.
  if (trusted && trusted.createPolicy) {
    trusted.createPolicy('default', {
      createScriptURL: function (/** @type {string} */ url) {
        var asked = new URL(url, document.baseURI);
        if (asked.origin !== location.origin) throw new TypeError('Scripts come from this site alone, not from ' + asked.origin);
        return asked.href;
      }
    });
  }

  /** WebAssembly modules of a few bytes. Each is valid only if the browser has one feature. */
  var SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  var FINAL_EXCEPTIONS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0,
    10, 13, 1, 11, 0, 2, 64, 31, 64, 1, 2, 0, 11, 11, 11];

  /** @param {number[]} bytes */
  function knows(bytes) {
    return WebAssembly.validate(new Uint8Array(bytes));
  }

  function sharesMemory() {
    try {
      var memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
      return Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]';
    } catch (error) {
      return false;
    }
  }

  /** Returns whether workers can be modules. If so, the browser reads a new worker's `type`. */
  function startsModules() {
    var asked = false;
    var url = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
    try {
      new Worker(url, { get type() { asked = true; return /** @type {const} */ ('module'); } }).terminate();
    } catch (error) {
      return false;
    }
    URL.revokeObjectURL(url);
    return asked;
  }

  function missing() {
    if (!window.WebAssembly || !WebAssembly.validate) return ['WebAssembly (it may be switched off)'];
    /** @type {string[]} */
    var names = [];
    if (!window.Worker || !startsModules()) names.push('modules in workers');
    if (!knows(SIMD)) names.push('WebAssembly SIMD');
    if (!knows(FINAL_EXCEPTIONS)) names.push('WebAssembly exceptions in their final form');
    if (!sharesMemory()) names.push('WebAssembly’s shared memory');
    return names;
  }

  /** @param {string} id */
  function byId(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  /** @param {string[]} names */
  function say(names) {
    byId('old').hidden = false;
    byId('old-sentence').textContent = 'This browser cannot run the programs of this page. It lacks '
      + names.join(', ') + '. Chrome and Edge 137, Firefox 131, Safari 18.4 and later versions have it.';
    byId('lesson').hidden = true;
  }

  var names = missing();
  if (names.length === 0) {
    var main = document.createElement('script');
    main.type = 'module';
    main.src = new URL('main.js', here).href;
    document.head.appendChild(main);
  } else if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', function () { say(names); });
  } else {
    say(names);
  }
})();
