// What programs answer in the browser, where it takes more than the runtime: rayon, pictures.
// Answers are those of the native build, which tests/peers compares with Go.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { run, site } from './site.js';

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
