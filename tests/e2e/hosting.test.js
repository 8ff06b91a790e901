// The site on a web server that sends no headers, without a network, and after a new version has
// replaced it.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serve } from '../../scripts/serve.js';
import { launch, NEVER_MS, run, until } from './site.js';

const FOLDER = readdirSync('dist').find((name) => name.startsWith('www-'));

/** Makes a copy of the site as another version, with another motto. Returns its folder. */
function anotherVersion(t) {
  const copy = mkdtempSync(join(tmpdir(), 'manyhands-'));
  t.after(() => rmSync(copy, { recursive: true }));
  cpSync('dist', copy, { recursive: true });
  const folder = 'www-0123456789ab';
  renameSync(join(copy, FOLDER), join(copy, folder));
  for (const file of ['index.html', 'service-worker.js', '_headers']) {
    const text = readFileSync(join(copy, file), 'utf8').replaceAll(FOLDER, folder);
    writeFileSync(join(copy, file), text.replace('See how concurrency', 'Second edition: see how concurrency'));
  }
  return copy;
}

/** Opens a page in its own browser, because the caches of a service worker outlive a page. */
async function visit(t, address, before) {
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  context.setDefaultTimeout(NEVER_MS);
  const page = Object.assign(await context.newPage(), { loads: 0 });
  page.on('load', () => {
    page.loads++;
  });
  await before?.(page);
  await page.goto(address);
  return page;
}

const isolated = (page) => page.waitForFunction(() => window.crossOriginIsolated);
/** Waits until the page is ready, even if it reloads once, and returns the machine. */
async function ready(page) {
  await page.waitForFunction(() => window.manyhands);
  return page.evaluate(() => window.manyhands.ready);
}

/** Waits until the service worker has cached a whole folder. It begins when nothing runs. */
const isKept = (page, folder) =>
  until(
    () =>
      page.evaluate(async (folder) => {
        const name = (await caches.keys()).find((name) => name.endsWith(folder));
        return name !== undefined && (await caches.match('./', { cacheName: name })) !== undefined;
      }, folder),
    `${folder} is kept`,
  );

/** Makes a page set `window.controlled` when the service worker takes control of the page. */
const noteControl = (page) =>
  page.addInitScript(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      window.controlled = true;
    });
  });

/**
 * Checks that the page was not reloaded after the service worker took control. The run takes much
 * longer than the page needs to decide on a reload.
 */
async function wasNotReloaded(page) {
  await page.waitForFunction(() => window.controlled);
  assert.equal((await run(page, 'sum', {}, { processors: 1 })).outcome, 'completed');
  assert.equal(page.loads, 1);
}

test('a host without headers: one reload, and all processors', async (t) => {
  const server = await serve({ port: 0, headers: false });
  t.after(server.close);
  const page = await visit(t, server.address);
  await isolated(page);
  const machine = await ready(page);
  assert.equal(machine.isolated, true);
  assert.equal((await run(page, 'sum', {}, { processors: machine.processors })).outcome, 'completed');
  assert.equal(page.loads, 2);
  await page.reload();
  await ready(page);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  assert.equal(page.loads, 3, 'no further reload');
});

test('without storage there is no reload, and half of the page', async (t) => {
  const server = await serve({ port: 0, headers: false });
  t.after(server.close);
  const page = await visit(t, server.address, async (page) => {
    await noteControl(page);
    await page.addInitScript(() => {
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          window.askedForStorage = true;
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
  });
  await ready(page);
  await page.waitForFunction(() => window.askedForStorage);
  await wasNotReloaded(page);
});

test('what the reader has begun is not reloaded away', async (t) => {
  const server = await serve({ port: 0, headers: false });
  t.after(server.close);
  /** @type {(value?: any) => void} */
  let release = () => {};
  const held = new Promise((resolve) => {
    release = resolve;
  });
  const page = await visit(t, server.address, async (page) => {
    await noteControl(page);
    await page.context().route('**/service-worker.js', async (route) => {
      await held;
      await route.continue();
    });
  });
  await ready(page);
  assert.equal((await run(page, 'sum', {}, { processors: 1 })).outcome, 'completed');
  release();
  await wasNotReloaded(page);
});

test('offline the page still runs; and a new version comes as a whole', async (t) => {
  const first = await serve({ port: 0, headers: false });
  t.after(() => first.close().catch(() => {}));
  const port = Number(new URL(first.address).port);
  const page = await visit(t, first.address);
  await isolated(page);
  await ready(page);
  await isKept(page, FOLDER);
  await first.close();
  await page.goto(first.address);
  await ready(page);
  assert.equal((await run(page, 'sum')).outcome, 'completed');
  assert.match(await page.locator('.motto').innerText(), /^See how concurrency/);

  const second = await serve({ port, headers: false, folder: anotherVersion(t) });
  t.after(() => second.close().catch(() => {}));
  await page.goto(second.address);
  await ready(page);
  assert.match(await page.locator('.motto').innerText(), /^Second edition/, 'the index is asked for anew');
  assert.equal((await run(page, 'sum')).outcome, 'completed');
  await isKept(page, 'www-0123456789ab');
  await second.close();
  await page.goto(second.address);
  await ready(page);
  assert.match(await page.locator('.motto').innerText(), /^Second edition/);
});

test('a version with a hole is not kept', async (t) => {
  const copy = anotherVersion(t);
  rmSync(join(copy, 'www-0123456789ab', 'icon.svg'));
  let missed = false;
  const answered = (path, status) => {
    missed ||= path.endsWith('/icon.svg') && status === 404;
  };
  const server = await serve({ port: 0, headers: false, folder: copy, answered });
  t.after(server.close);
  const page = await visit(t, server.address);
  await isolated(page);
  await ready(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    navigator.serviceWorker.controller.postMessage('keep');
  });
  // In this browser, only the service worker requests the icon. The service worker opens its cache
  // before the request.
  await until(() => missed, 'the service worker asks for the file that is missing');
  await until(() => page.evaluate(async () => (await caches.keys()).length === 0), 'nothing is kept');
  assert.equal((await run(page, 'sum')).outcome, 'completed');
});
