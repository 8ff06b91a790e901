// Browsers that lack a feature: the page names the feature, and readers can still read the lessons.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './site.js';

const { open } = await site();

const LACKING = {
  'WebAssembly (it may be switched off)': () => {
    delete window.WebAssembly;
  },
  'modules in workers': () => {
    const { Worker } = window;
    window.Worker = class extends Worker {
      // biome-ignore lint/complexity/noUselessConstructor: it takes no options
      constructor(url) {
        super(url);
      }
    };
  },
  'WebAssembly SIMD': () => {
    const { validate } = WebAssembly;
    WebAssembly.validate = (bytes) => bytes[14] !== 123 && validate(bytes);
  },
  'WebAssembly exceptions in their final form': () => {
    const { validate } = WebAssembly;
    WebAssembly.validate = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => !bytes.includes(31) && validate(bytes);
  },
  'WebAssembly’s shared memory': () => {
    const { Memory } = WebAssembly;
    /** @type {any} */ (WebAssembly).Memory = function memory(how) {
      if (how.shared) throw new TypeError('shared is not known');
      return new Memory(how);
    };
  },
};

for (const [what, remove] of Object.entries(LACKING)) {
  test(`without ${what}`, async (t) => {
    const page = await open(t, '', {}, { ready: false, before: (page) => page.addInitScript(remove) });
    const sentence = page.locator('#old-sentence');
    await sentence.waitFor();
    assert.equal(
      await sentence.innerText(),
      'This browser cannot run the programs of this page. It lacks ' +
        `${what}. Chrome and Edge 137, Firefox 131, Safari 18.4 and later versions have it.`,
    );
    assert.equal(await page.evaluate(() => typeof window.manyhands), 'undefined', 'nothing else is loaded');
    await page
      .getByRole('link', { name: /read the lessons/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.ok((await page.getByRole('heading', { level: 2 }).count()) > 8, 'a heading for each lesson');
  });
}

test('without scripts the lessons can be read', async (t) => {
  const page = await open(t, '', { javaScriptEnabled: false }, { ready: false });
  await page.getByRole('link', { name: 'You can read the lessons without them' }).click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
});
