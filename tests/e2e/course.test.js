// The course: every lesson opens from its URL, the whole course works by keyboard alone, and
// the tools for teachers work.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { violations } from './accessibility.js';
import { button, idle, lane, run, runAndCompare, site } from './site.js';

const { open, address } = await site();

/** @param {import('playwright-core').Page} page */
const programs = (page) => page.evaluate(() => window.manyhands.programs());

/** @param {import('playwright-core').Page} page @param {RegExp} pattern */
const said = (page, pattern) =>
  page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('[role=status]').textContent),
    pattern.source,
  );

test('every lesson opens from its address, and runs with its defaults', async (t) => {
  const page = await open(t);
  const all = await programs(page);
  for (const { id, title } of all) {
    await t.test(id, async () => {
      await page.goto(`${address}#/${id}`);
      await page.waitForFunction((wanted) => document.title.startsWith(wanted), title);
      await page.getByRole('radio').first().check();
      await runAndCompare(page);
      assert.match(await lane(page, 'Concurrent').innerText(), /concurrency: at most \d/);
      assert.match(await lane(page, 'Parallel').innerText(), /parallelism: at most \d/);
      const feedback = await page.locator('#feedback').innerText();
      assert.match(
        feedback,
        /You predicted “.*”; your run (shows “.*”|cannot tell whether this is right)/,
        'an answer is judged, or it is said why not',
      );
      await page.getByText('In these runs').waitFor();
      assert.equal((await page.locator('#figures td', { hasText: /\d (ms|s)/ }).count()) > 0, true);
      assert.equal(await page.locator('[aria-invalid=true]').count(), 0);
      // These two lessons are about order and about memory, so no sentence compares their times.
      if (['sum', 'spaces'].includes(id)) {
        assert.doesNotMatch(
          await page.locator('#lanes').innerText(),
          /too short|saved|longer\.|gained|difference|without parallelism/,
        );
      }
    });
  }
});

test('whatever a lesson suggests to change can run', async (t) => {
  const page = await open(t);
  for (const { id, title } of await programs(page)) {
    await page.goto(`${address}#/${id}`);
    await page.waitForFunction((wanted) => document.title.startsWith(wanted), title);
    const suggestions = page.locator('#next button');
    await suggestions.first().waitFor();
    for (let n = 0; n < (await suggestions.count()); n++) {
      const label = await suggestions.nth(n).innerText();
      await suggestions.nth(n).click();
      await said(page, /The form now has the values/);
      await page.evaluate(() => window.watched.checked());
      assert.equal(await page.locator('[aria-invalid=true], .refusal:not([hidden])').count(), 0, `${id}: ${label}`);
    }
  }
});

test('both codes of every lesson are there, with the values of the form', async (t) => {
  const page = await open(t);
  for (const { id, params } of await programs(page)) {
    await page.goto(`${address}#/${id}?${params[0].name}=${params[0].kind === 'choice' ? params[0].choices[0] : 2}`);
    const code = page.locator('#code');
    if ((await code.getAttribute('open')) === null) await code.locator('summary').click();
    const panel = page.getByRole('tabpanel');
    for (const [tab, pattern] of [
      ['Rust', /pub fn program\(\) -> Program/],
      ['Go', /package main/],
    ]) {
      await page.getByRole('tab', { name: tab }).click();
      await panel.filter({ hasText: pattern }).waitFor();
      const shown = await panel.locator(`[data-param="${params[0].name}"]`).first().getAttribute('data-value');
      assert.ok(shown, `${id} ${tab}: the value of ${params[0].name} stands where it is read`);
      assert.ok((await panel.locator('.code-keyword').count()) > 3, 'keywords have a colour');
    }
  }
});

test('figures from before a change stay beside the new ones', async (t) => {
  const page = await open(t, '#/counters?work=0.2');
  await runAndCompare(page);
  await page.getByLabel('Time slice').fill('0');
  await page.getByLabel('Time slice').press('Tab');
  await runAndCompare(page);
  await page.getByText('from before, with Time slice 10 ms').waitFor();
  assert.ok((await page.locator('#figures .before').count()) >= 6);
});

test('the quadrants are filled by four runs', async (t) => {
  const page = await open(t, '#/quadrants?tasks=2&taskMs=20');
  await button(page, 'Run and compare').click();
  await said(page, /Sequential on all processors \d/);
  const cells = await page.locator('#quadrants td').allInnerTexts();
  assert.equal(cells.filter((text) => /\d+(\.\d+)? ms/.test(text)).length, 8, cells.join('|'));
  // The run without a lane is drawn below the table, with a row for each processor.
  const fourth = page.getByRole('figure').filter({ hasText: /One after another on \d+ processors?: \d/ });
  await fourth.waitFor();
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  assert.equal(await fourth.locator('.row').count(), Math.min(processors, 8));
  assert.ok((await fourth.locator('[class^=hue-]').count()) > 4, 'each task has a bar');
});

test('the whole course by keyboard alone', async (t) => {
  const page = await open(t, '#/kitchen');
  const all = await programs(page);
  /** Presses Tab until the focused element matches a selector. */
  const tabTo = async (selector) => {
    for (let n = 0; n < 400; n++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    }
    throw new Error(`no way by Tab to ${selector}`);
  };
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // "To the lesson"
  for (const { id, title } of all) {
    await page.waitForFunction((wanted) => document.title.startsWith(wanted), title);
    await tabTo('input[type=radio]');
    await page.keyboard.press('Space');
    await tabTo('#run');
    await page.keyboard.press('Enter');
    await idle(page);
    assert.match(
      await page.locator('#feedback').innerText(),
      /You predicted “.*”; your run (shows “.*”|cannot tell whether this is right)/,
      id,
    );
    await tabTo('#next button');
    await page.keyboard.press('Enter');
    await said(page, /The form now has the values/);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'run', 'the next thing to do has the focus');
    await tabTo('#code summary');
    if (!(await page.locator('#code').evaluate((/** @type {HTMLDetailsElement} */ code) => code.open)))
      await page.keyboard.press('Enter'); // the code stays open in the next lessons
    await tabTo('[role=tab]');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel').filter({ hasText: 'package main' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await tabTo('#onward a');
    await page.keyboard.press('Enter');
  }
  await page.getByRole('heading', { level: 1, name: 'When to use which' }).waitFor();
  assert.match(await page.locator('#when').innerText(), /\d+ ms/, 'what this visit has run stands in the end');
});

for (const [colorScheme, width] of /** @type {const} */ ([
  ['light', 1280],
  ['dark', 390],
])) {
  test(`every lesson can be reached and read by all, ${colorScheme} at ${width} px`, async (t) => {
    const page = await open(t, '', { colorScheme, viewport: { width, height: 844 } });
    for (const id of [...(await programs(page)).map((program) => program.id), 'when']) {
      await page.goto(`${address}#/${id}`);
      if (id === 'when') {
        await page.getByRole('heading', { level: 1, name: 'When to use which' }).waitFor();
      } else {
        await page.waitForFunction(
          (hash) => document.querySelector('[aria-current]')?.getAttribute('href') === hash,
          `#/${id}`,
        );
        await page.getByRole('radio').first().check();
        await runAndCompare(page);
        if (!(await page.locator('#code').evaluate((/** @type {HTMLDetailsElement} */ code) => code.open)))
          await page.locator('#code summary').click();
        await page
          .getByRole('tabpanel')
          .filter({ hasText: /pub fn program|package main/ })
          .waitFor();
      }
      // The toolbar covers what is scrolled under it, so scroll to the top of the page.
      await page.evaluate(() => scrollTo(0, 0));
      assert.deepEqual(await violations(page), [], id);
      const [content, view] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok(content <= view, `${id}: ${content} px`);
    }
  });
}

test('a projector has no rail, and the address says so', async (t) => {
  const page = await open(t, '#/sum?parts=3&view=projector');
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.equal(await page.getByLabel('Parts').inputValue(), '3');
  assert.ok((await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))) > 20);
  await page.getByLabel('Parts').fill('2');
  await page.getByLabel('Parts').press('Tab');
  await page.waitForFunction(() => /parts=2.*view=projector/.test(location.hash));
  await button(page, 'Normal view').click();
  await page.getByRole('navigation').waitFor();
  assert.doesNotMatch(await page.evaluate(() => location.hash), /view/);
  assert.equal(await page.getByLabel('Parts').inputValue(), '2', 'values stay');
});

test('a lesson with prediction and figures prints on one sheet', async (t) => {
  for (const id of ['kitchen', 'quadrants']) {
    const page = await open(t, `#/${id}`, { colorScheme: 'dark' });
    await page.getByRole('radio').nth(1).check();
    await runAndCompare(page);
    const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page[^s]/g)?.length, 1, id);
  }
});

test('a result is copied as text', async (t) => {
  const page = await open(t, '#/kitchen?dishes=3&chopMs=5&boilMs=60', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('radio').first().check();
  await runAndCompare(page);
  await button(page, 'Copy results').click();
  await said(page, /copied/);
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const pattern of [
    /Dishes 3 · Chop 5 ms · Boil 60 ms/,
    /Sequential +1 processor +\d+ ms/,
    /Predicted: overlapping/,
    /dishes=3/,
  ]) {
    assert.match(text, pattern);
  }
  for (const found of await page.locator('.step.found').allInnerTexts()) assert.ok(text.includes(found), found);
});

test('the service worker answers slowly, within limits, and nothing else', async (t) => {
  const page = await open(t);
  await run(page, 'fetch', { latencyMs: 10 });
  const answers = await page.evaluate(async () => {
    const ask = async (query) => {
      const began = performance.now();
      const response = await fetch(`net/slow${query}`);
      const { byteLength } = await response.arrayBuffer();
      return [response.status, byteLength, performance.now() - began];
    };
    return { slow: await ask('?ms=150&bytes=1000'), plain: await ask(''), other: (await fetch('index.html')).status };
  });
  assert.deepEqual(answers.slow.slice(0, 2), [200, 1000]);
  assert.ok(answers.slow[2] >= 149);
  assert.deepEqual(answers.plain.slice(0, 2), [200, 0]);
  assert.equal(answers.other, 200);
});

test('a page that was loaded past the service worker gets it back', async (t) => {
  const page = await open(t);
  const requests = async () => (await run(page, 'fetch', { requests: 3, latencyMs: 10 })).answer.statuses;
  assert.deepEqual(await requests(), [200, 200, 200]);
  const devtools = await page.context().newCDPSession(page);
  // Read the controller before the page's scripts run, because these scripts ask the service worker
  // to control the page.
  await page.addInitScript(() => {
    window.controlledAtFirst = navigator.serviceWorker.controller !== null;
  });
  const loaded = page.waitForEvent('load');
  await devtools.send('Page.reload', { ignoreCache: true });
  await loaded;
  assert.equal(await page.evaluate(() => window.controlledAtFirst), false, 'loaded past it');
  await page.evaluate(() => window.manyhands.ready);
  assert.deepEqual(await requests(), [200, 200, 200], 'its host, too');
  assert.equal(await page.evaluate(async () => (await fetch('net/slow?bytes=7')).status), 200);
});

test('refused by the service worker: no number, too long, too much', async (t) => {
  const page = await open(t);
  await run(page, 'fetch', { latencyMs: 10 });
  // The browser reports each response with an error status on the console.
  page.removeAllListeners('console');
  for (const query of ['ms=x', 'ms=-1', 'ms=1e9', 'ms=60001', 'bytes=99999999', 'ms=1.5', 'bytes=']) {
    const [status, text] = await page.evaluate(async (q) => {
      const response = await fetch(`net/slow?${q}`);
      return [response.status, await response.text()];
    }, query);
    assert.equal(status, 400, query);
    assert.match(text, /whole number from 0 to 60000/);
  }
});

test('own images: what is none, breaks off or is too large is said, and the rest is filtered', async (t) => {
  const page = await open(t, '#/images');
  const jpeg = Buffer.from(
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(200, 100);
      const ink = canvas.getContext('2d');
      for (let x = 0; x < 200; x += 10) {
        ink.fillStyle = `hsl(${x} 80% 50%)`;
        ink.fillRect(x, 0, 10, 100);
      }
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
    }),
  );
  await page.getByLabel('Your own images').setInputFiles([
    { name: 'stripes.jpg', mimeType: 'image/jpeg', buffer: jpeg },
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Only words.') },
    { name: 'half.jpg', mimeType: 'image/jpeg', buffer: jpeg.subarray(0, jpeg.length >> 1) },
    { name: 'huge.png', mimeType: 'image/png', buffer: png(7680, 5461) },
    { name: 'nothing.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
  ]);
  for (const pattern of [
    /“notes.png” is neither/,
    /“half.jpg” breaks off/,
    /“huge.png” \(7680 × 5461\) has 40\.0/,
    /“nothing.png” is neither/,
  ]) {
    await page.getByText(pattern).first().waitFor();
  }
  await page.getByText('stripes.jpg (200 × 100)').waitFor();
  await runAndCompare(page);
  assert.equal(await page.locator('#images figure').count(), 1);
  const part = page.getByRole('button', { name: /stripes.jpg: made by processor/ });
  await part.press('ArrowDown');
  await page.getByText(/stripes.jpg · image 1: processor \d/).waitFor();
  await page.getByText('image 1, Parallel').waitFor();
  await button(page, 'Use the page’s images again').click();
  await runAndCompare(page);
  assert.equal(await page.locator('#images figure').count(), 4);
});

/** Returns a black PNG image with one bit per pixel. */
function png(width, height) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {Buffer} bytes */
function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
