// Five hundred random and hostile URLs and form values. The page handles each of these texts. No
// text starts a run or becomes markup. crate/tests/hostile.rs tests the parser alone with ten
// thousand texts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enabled, random, run, site } from './site.js';

const { open } = await site();

const TEXTS = [
  '',
  '4',
  '-1',
  '1e999',
  'NaN',
  '0x10',
  '٤',
  '%',
  '%00',
  '%E2%80%AE4',
  '<img src=x onerror=window.injected=1>',
  '"><script>window.injected=1</script>',
  'javascript:window.injected=1',
  '__proto__',
  'constructor',
  '../..',
  'a'.repeat(5000),
  '4&dishes=5',
  '4#/sum',
  '?',
  '🍲',
  '{"dishes":4}',
  '1,2,3',
  "'; --",
  '\\',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
  '${1}',
];
const KEYS = [
  'dishes',
  'chopMs',
  'processors',
  'seed',
  'structure',
  '__proto__',
  'toString',
  'view',
  '<b>',
  'numbers',
  'addresses',
  '',
];
const PLACES = ['kitchen', 'sum', 'fetch', 'greeters', 'runaway', '__proto__', '<b>', '%', 'kitchen/..', '..', ''];

test('addresses', async (t) => {
  const page = await open(t);
  const pick = random(4);
  const of = (list) => list[pick(0, list.length - 1)];
  const raw = (text) => (pick(0, 1) ? encodeURIComponent(text) : text);
  for (let n = 0; n < 400; n++) {
    const query = Array.from({ length: pick(0, 4) }, () => `${raw(of(KEYS))}=${raw(of(TEXTS))}`).join('&');
    const hash = `#/${raw(of(PLACES))}${query ? `?${query}` : ''}`;
    const found = await page.evaluate(async (hash) => {
      const before = location.href;
      const changed = new Promise((resolve) => {
        addEventListener('hashchange', resolve, { once: true });
      });
      location.hash = hash;
      if (location.href !== before) await changed;
      await window.watched.checked();
      const shown = [...document.querySelectorAll('#lesson, #when')].filter(
        (/** @type {HTMLElement} */ part) => !part.hidden,
      );
      return {
        injected: window.injected !== undefined || document.querySelector('main img, main b, main script') !== null,
        shown: shown.length,
        ran: document.querySelector('#stop').getAttribute('aria-disabled') !== 'true',
      };
    }, hash);
    assert.equal(found.injected, false, hash);
    assert.ok(found.shown >= 1, `something is shown at ${hash}`);
    assert.equal(found.ran, false, `nothing runs at ${hash}`);
  }
  await page.evaluate(() => {
    location.hash = '#/kitchen';
  });
  await enabled(page, 'Run and compare');
  assert.equal((await run(page, 'sum')).outcome, 'completed');
});

test('forms', async (t) => {
  const page = await open(t, '#/kitchen');
  const pick = random(5);
  const fields = await page.locator('#form input').all();
  for (let n = 0; n < 100; n++) {
    const field = fields[pick(0, fields.length - 1)];
    const text = TEXTS[pick(0, TEXTS.length - 1)];
    if (
      !(await field.isVisible()) ||
      !(await field.evaluate((/** @type {HTMLInputElement} */ input) => input.type === 'text'))
    )
      continue;
    await field.fill(text);
    await field.blur();
    assert.equal(await field.inputValue(), text, 'nothing typed is lost');
    assert.equal(await page.evaluate(() => window.injected), undefined);
  }
});
