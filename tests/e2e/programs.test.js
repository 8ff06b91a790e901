// What programs answer in the browser, where it takes more than the runtime: rayon, pictures.
// Answers are those of the native build, which tests/peers compares with Go.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { refusal, run, site } from './site.js';

const isolated = await site();
const alone = await site({ isolated: false });

/** The page on one processor and on two, and without shared memory. */
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
    const by = new Set(report.observed.processorOfRow);
    assert.deepEqual([...by].sort(), [0, 1].slice(0, processors));
    const [{ width, height, pixels }] = report.pictures;
    assert.deepEqual([width, height, pixels.length], [640, 400, 640 * 400 * 4]);
    assert.equal(report.tasks.id.length, 401);
  });
}

test('a blur of any radius is the native one', async (t) => {
  // The weights of a blur come of exponentials, which no two mathematical libraries round alike.
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

for (const { name, open, processors } of ways) {
  test(`requests on ${name} are under way together, and one that fails is its own`, async (t) => {
    const page = await open(t);
    await page.context().route('**/net/slow?*', async (route) => {
      const query = new URL(route.request().url()).searchParams;
      await new Promise((resolve) => setTimeout(resolve, Number(query.get('ms'))));
      await route.fulfill({ body: '.'.repeat(Number(query.get('bytes'))) });
    });
    const report = await run(page, 'fetch', { latencyMs: 400 }, { processors });
    assert.equal(report.outcome, 'completed', report.message);
    assert.deepEqual(report.answer, { bytes: 8000, statuses: Array(8).fill(200) });
    assert.ok(report.wallMs >= 395 && report.wallMs < 2400, `${report.wallMs} ms`);
    const { state, reason } = report.states;
    assert.equal(state.filter((word, n) => word === 'blocked' && reason[n] === 'io').length, 8);

    // What is not there answers 404; port 1 answers nobody. The browser reports both on its own.
    page.removeAllListeners('console');
    const addresses = ['index.html', 'nowhere', 'http://127.0.0.1:1/'];
    const some = await run(page, 'fetch', { addresses }, { processors });
    assert.deepEqual(some.answer.statuses, [200, 404, 0]);
    assert.equal(some.observed.failures[0].request, 3);
    assert.match(some.observed.failures[0].sentence, /^http:\/\/127\.0\.0\.1:1\/ gave no answer/);
  });

  test(`requests on ${name} end with a run that is stopped`, async (t) => {
    const page = await open(t);
    let aborted = 0;
    page.on('requestfailed', () => (aborted += 1));
    await page.context().route('**/net/slow?*', () => {});
    const outcome = await page.evaluate(async (processors) => {
      const run = window.manyhands.run('fetch', { latencyMs: 9000 }, { processors });
      await new Promise((resolve) => setTimeout(resolve, 500));
      window.manyhands.stop();
      return (await run).outcome;
    }, processors);
    assert.equal(outcome, 'stopped');
    await page.waitForTimeout(200);
    assert.equal(aborted, 8);
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
    // Where other programs keep the cores busy, the two may not meet at once.
    for (let times = 0; times < 3 || (processors > 1 && lostInAll === 0 && times < 40); times++) {
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
    await page.waitForTimeout(500);
    assert.ok(started >= 9 && ended === started, `${started} started, ${ended} are gone`);
  });
}
