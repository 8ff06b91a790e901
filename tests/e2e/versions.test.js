// Recordings by earlier versions of the page. The tests open them as a reader does.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { frames, lane, site } from './site.js';

const { open } = await site();

const kept = (/** @type {string} */ name) => readFile(new URL(`../page/recordings/${name}`, import.meta.url));

/**
 * Goes from interval to interval until the details match a pattern. Returns these details.
 * @param {import('playwright-core').Page} page
 * @param {RegExp} pattern
 */
async function detailsThatSay(page, pattern) {
  await lane(page, 'Parallel').getByRole('application').focus();
  await page.keyboard.press('ArrowDown');
  const details = page.getByRole('region', { name: 'Selection' });
  await details.waitFor();
  for (let n = 0; n < 20; n++) {
    const text = await details.innerText();
    if (pattern.test(text)) return text;
    await page.keyboard.press('Shift+ArrowLeft');
    await frames(page);
  }
  return assert.fail(`no interval says ${pattern}`);
}

/** Checks that the page names the facts that version 1 lacks, and shows all other facts. */
async function showsVersionOne(page) {
  await page
    .getByText(/recorded on .*2 processors/)
    .first()
    .waitFor();
  await lane(page, 'Parallel').getByText('What happened on each channel').click();
  const cells = lane(page, 'Parallel')
    .getByRole('group', { name: 'What happened on each channel' })
    .locator('tbody td');
  await cells.last().waitFor();
  assert.deepEqual((await cells.allInnerTexts()).slice(-2), ['not recorded', 'not recorded']);
  assert.doesNotMatch(await detailsThatSay(page, /Channel\s+not recorded/), /channel \d/);
}

test('a recording of version 1 opens', async (t) => {
  const page = await open(t, '#/sum');
  await page.locator('input[type=file][accept=".manyhands"]').setInputFiles({
    name: 'old.manyhands',
    mimeType: '',
    buffer: await kept('version-1-sum.manyhands'),
  });
  await showsVersionOne(page);
});

test('an address with runs of version 1 opens', async (t) => {
  const page = await open(t, String(await kept('version-1-sum.link.txt')), {}, { ready: false });
  await showsVersionOne(page);
});

test('three lanes of version 1 open with the processors that they ran on', async (t) => {
  const page = await open(t, '#/kitchen');
  await page.locator('input[type=file][accept=".manyhands"]').setInputFiles({
    name: 'old.manyhands',
    mimeType: '',
    buffer: await kept('version-1-kitchen.manyhands'),
  });
  await page
    .getByText(/recorded on .*2 processors/)
    .first()
    .waitFor();
  for (const name of ['Sequential', 'Concurrent', 'Parallel']) {
    assert.match(await lane(page, name).locator('.wall').innerText(), /\d ms/);
  }
  await detailsThatSay(page, /running on cook [12]/);
});
