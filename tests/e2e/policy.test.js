// The content security policy applies in the page and in its workers. The policy limits which
// scripts may run, and which sites these scripts may contact.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CONTENT_SECURITY_POLICY, HEADERS, HOST_POLICY } from '../../scripts/headers.js';
import { listen } from '../../scripts/serve.js';
import { run, runAndCompare, site } from './site.js';

const { open, address } = await site();

const expected = { errors: true };

test('every response carries the headers, and the page says its policy itself, too', async () => {
  const index = await fetch(address);
  const html = await index.text();
  const host = html.match(/src="(www-\w+)\//)[1];
  for (const path of [
    '',
    'service-worker.js',
    'lessons.html',
    `${host}/host/host.js`,
    `${host}/wasm/manyhands_bg.wasm`,
  ]) {
    const response = await fetch(address + path);
    assert.equal(response.status, 200, path);
    const headers = path.endsWith('/host.js') ? { ...HEADERS, 'Content-Security-Policy': HOST_POLICY } : HEADERS;
    for (const [name, value] of Object.entries(headers))
      assert.equal(response.headers.get(name), value, `${path} ${name}`);
  }
  assert.ok(html.includes(`content="${CONTENT_SECURITY_POLICY}"`));
  const written = readFileSync('dist/_headers', 'utf8');
  for (const [name, value] of Object.entries(HEADERS)) assert.ok(written.includes(`  ${name}: ${value}\n`), name);
});

/**
 * Starts another site, whose responses every site may read. Returns the site's URL.
 * @param {import('node:test').TestContext} t
 */
async function foreignSite(t) {
  const { address, close } = await listen((_, response) => {
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.end('12345');
  });
  t.after(close);
  return address;
}

/** Tries actions that are forbidden to this site's pages, and returns the outcome of each. */
async function attempts(foreign) {
  const outcomes = {};
  const attempt = async (what, act) => {
    // In `evaluate`, Playwright allows eval until the first `await`. So await something first.
    await new Promise((resolve) => setTimeout(resolve));
    try {
      outcomes[what] = String(await act());
    } catch {
      outcomes[what] = 'refused';
    }
  };
  await attempt('foreign request', () => fetch(foreign).then(() => 'done'));
  // biome-ignore lint/security/noGlobalEval: the page has to refuse it
  await attempt('text as script', () => globalThis.eval('"ran"'));
  await attempt('foreign worker', () => new Worker(`${foreign}worker.js`));
  await attempt('worker of text', () => new Worker('data:text/javascript,1'));
  return outcomes;
}

const REFUSED = {
  'foreign request': 'refused',
  'text as script': 'refused',
  'foreign worker': 'refused',
  'worker of text': 'refused',
};

test('the page', async (t) => {
  const page = await open(t, '', {}, expected);
  assert.deepEqual(await page.evaluate(attempts, await foreignSite(t)), REFUSED);
  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    let text = 'ran';
    try {
      script.textContent = 'window.injected = true';
      document.body.append(script);
      text = window.injected ? 'ran' : 'refused';
    } catch {
      text = 'refused';
    }
    let markup = 'set';
    try {
      document.body.innerHTML = '<img src=x>';
    } catch {
      markup = 'refused';
    }
    return [text, markup];
  });
  assert.deepEqual(outcome, ['refused', 'refused']);
});

test('the host asks another site, since a reader may name one, and may do nothing else that is foreign', async (t) => {
  const page = await open(t, '', {}, expected);
  const foreign = await foreignSite(t);
  const host = page.workers().find((worker) => worker.url().endsWith('/host.js'));
  assert.deepEqual(await host.evaluate(attempts, foreign), { ...REFUSED, 'foreign request': 'done' });
  // `localhost` is the same server, but another origin. Other origins must not read its responses.
  const closed = address.replace('127.0.0.1', 'localhost');
  const { outcome, answer, observed } = await run(page, 'fetch', { addresses: [foreign, closed] });
  assert.equal(outcome, 'completed');
  assert.deepEqual(answer, { bytes: 5, statuses: [200, 0] });
  assert.equal(observed.failures.length, 1);
});

test('the worker that draws may do nothing that is foreign', async (t) => {
  const page = await open(t, '', {}, expected);
  await run(page, 'sum');
  const painter = page.workers().find((worker) => worker.url().endsWith('/live-worker.js'));
  assert.deepEqual(await painter.evaluate(attempts, await foreignSite(t)), REFUSED);
});

test('the pool’s workers may do what their host may', async (t) => {
  const foreign = await foreignSite(t);
  // The workers make their attempts when their script loads. Later, a worker of the pool never
  // returns to its event loop, so the test could not send it a message.
  const tried = `await (${attempts})('${foreign}').then((outcomes) => new BroadcastChannel('tried').postMessage(outcomes));`;
  const page = await open(
    t,
    '',
    {},
    {
      ...expected,
      before: async (page) => {
        await page.addInitScript(() => {
          window.tried = [];
          new BroadcastChannel('tried').onmessage = ({ data }) => window.tried.push(data);
        });
        await page.context().route('**/workerHelpers*', async (route) => {
          const response = await route.fetch();
          await route.fulfill({
            response,
            body: (await response.text()).replace('const pkg =', `${tried} const pkg =`),
          });
        });
      },
    },
  );
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  const all = Array(processors).fill({ ...REFUSED, 'foreign request': 'done' });
  assert.deepEqual(await page.evaluate(() => window.tried), all);
});

test('over a whole course no request leaves the site, and nothing is stored', async (t) => {
  const page = await open(t);
  const asked = new Set();
  page.context().on('request', (request) => asked.add(new URL(request.url()).origin));
  const programs = await page.evaluate(() => window.manyhands.programs());
  for (const { id } of programs) {
    await page.evaluate((id) => {
      location.hash = `#/${id}`;
    }, id);
    await page.waitForFunction((title) => document.title.startsWith(title), programs.find((p) => p.id === id).title);
    await runAndCompare(page);
  }
  for (const origin of asked) assert.ok(origin === new URL(address).origin || origin === 'null', origin);
  const stored = await page.evaluate(async () => [document.cookie, (await indexedDB.databases()).length]);
  assert.deepEqual(stored, ['', 0]);
});
