// Tests in the browser for programs that need more than the runtime: rayon, images, requests, and
// workers of their own. Images must be equal to the images of the native build.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { rows } from './report-invariants.js';
import { refusal, run, site, until } from './site.js';

const isolated = await site();
const alone = await site({ isolated: false });

/** The page with one processor, with two processors, and without shared memory. */
const ways = [
  { name: 'one processor', open: isolated.open, processors: 1 },
  { name: 'two processors', open: isolated.open, processors: 2 },
  { name: 'no shared memory', open: alone.open, processors: 1 },
];

for (const { name, open, processors } of ways) {
  test(`rayon's rows on ${name}`, async (t) => {
    const page = await open(t);
    const report = await run(page, 'mandelbrot', { iterations: 2000 }, { processors });
    assert.equal(report.outcome, 'completed', report.message);
    assert.equal(report.answer.checksum, 404742650);
    const by = report.observed.processorOfRow;
    assert.equal(by.length, 400);
    assert.ok(
      by.every((processor) => Number.isInteger(processor) && processor >= 0 && processor < processors),
      `${by}`,
    );
    const [{ width, height, pixels }] = report.images;
    assert.deepEqual([width, height, pixels.length], [640, 400, 640 * 400 * 4]);
    assert.equal(report.tasks.id.length, 401);
  });
}

test('a blur of any radius is the native one', async (t) => {
  // A blur's weights are exponentials. Mathematical libraries round exponentials differently, so
  // the module has an `expf` of its own (crate/src/web/exp.rs). With this `expf`, the module must
  // compute the pixels of the native build.
  const native = JSON.parse(await readFile(new URL('blurs.json', import.meta.url), 'utf8'));
  const page = await isolated.open(t);
  const checksums = await page.evaluate(async () => {
    const all = [];
    for (let radius = 1; radius <= 64; radius++) {
      const params = { images: 2, size: 150, filter: 'blur', radius, tiles: 2 };
      all.push((await window.manyhands.run('images', params)).answer.checksums);
    }
    return all;
  });
  assert.deepEqual(checksums, native);
});

/** Blocks the service worker. It would answer requests before the test sees the requests. */
const UNANSWERED = /** @type {const} */ ({ serviceWorkers: 'block' });

for (const { name, open, processors } of ways) {
  test(`requests on ${name} are under way together, and one that fails is its own`, async (t) => {
    const page = await open(t, '', UNANSWERED);
    // Answer the requests only when all requests have been sent.
    const held = [];
    await page.context().route('**/net/slow?*', async (route) => {
      held.push(route);
      if (held.length < 8) return;
      for (const each of held) {
        const bytes = Number(new URL(each.request().url()).searchParams.get('bytes'));
        await each.fulfill({ body: '.'.repeat(bytes) });
      }
    });
    const report = await run(page, 'fetch', {}, { processors });
    assert.equal(report.outcome, 'completed', report.message);
    assert.deepEqual(report.answer, { bytes: 8000, statuses: Array(8).fill(200) });
    const waits = rows(report.states).filter(({ state, reason }) => state === 'blocked' && reason === 'io');
    assert.equal(waits.length, 8);
    const [lastStart, firstEnd] = [
      Math.max(...waits.map(({ startMs }) => startMs)),
      Math.min(...waits.map(({ endMs }) => endMs)),
    ];
    assert.ok(lastStart < firstEnd, `the last began at ${lastStart} ms, the first ended at ${firstEnd} ms`);

    // A missing file gives status 404, and port 1 gives no answer. The browser logs both as errors.
    page.removeAllListeners('console');
    const addresses = ['index.html', 'nowhere', 'http://127.0.0.1:1/'];
    const some = await run(page, 'fetch', { addresses }, { processors });
    assert.deepEqual(some.answer.statuses, [200, 404, 0]);
    assert.equal(some.observed.failures[0].request, 3);
    assert.match(some.observed.failures[0].sentence, /^http:\/\/127\.0\.0\.1:1\/ gave no answer/);
  });

  test(`requests on ${name} end with a run that is stopped`, async (t) => {
    const page = await open(t, '', UNANSWERED);
    let [asked, aborted] = [0, 0];
    page.on('requestfailed', () => (aborted += 1));
    await page.context().route('**/net/slow?*', () => {
      asked += 1;
    });
    const end = page.evaluate(
      (processors) => window.manyhands.run('fetch', { latencyMs: 9000 }, { processors }).then(({ outcome }) => outcome),
      processors,
    );
    await until(() => asked === 8, 'eight requests are under way');
    await page.evaluate(() => window.manyhands.stop());
    assert.equal(await end, 'stopped');
    await until(() => aborted === 8, 'eight requests were aborted');
    assert.equal((await run(page, 'sum')).outcome, 'completed');
  });
}

test('addresses that are none of the web are refused', async (t) => {
  const page = await isolated.open(t);
  for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'data:,a', '//example.org']) {
    assert.match(await refusal(page, 'fetch', { addresses: [address] }), /http:\/\/ or https:\/\//);
  }
});

for (const { name, open, processors } of ways) {
  test(`isolated workers beside ${name} count in memories of their own`, async (t) => {
    const page = await open(t);
    const params = { workers: 3, increments: 2_000_000, update: 'read then write' };
    let [lostInAll, started, ended] = [0, 0, 0];
    page.on('worker', (worker) => {
      if (!worker.url().endsWith('/isolated.js')) return;
      started += 1;
      worker.on('close', () => (ended += 1));
    });
    // On a busy machine, it is possible that tasks never run at the same time in the first runs.
    for (let times = 0; times < 3 || (processors > 1 && lostInAll === 0); times++) {
      const report = await run(page, 'spaces', params, { processors });
      assert.equal(report.outcome, 'completed', report.message);
      assert.deepEqual(report.answer, { isolated: Array(3).fill(2_000_000), sharedAtomic: 6_000_000 });
      const { shared, lost, copyMs, shareMs, failures } = report.observed;
      assert.deepEqual(failures, []);
      assert.equal(shared + lost, 6_000_000);
      if (processors === 1) assert.equal(lost, 0, 'nothing comes between on one processor');
      lostInAll += lost;
      assert.ok(copyMs > 0 && shareMs >= 0, `${copyMs} ms copied, ${shareMs} ms shared`);
    }
    assert.equal(lostInAll > 0, processors > 1, `${lostInAll} additions were lost`);
    assert.ok(started >= 9, `${started} started`);
    await until(() => ended === started, 'all isolated workers are gone');
  });
}
