// Stop: how long it takes from the press to a page that can run again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from '../measuring.js';
import { careless, hosts, works } from './careless.js';
import { lane, site } from './site.js';
import { LISTENING, STOP_MS, stopped } from './stopping.js';

const { open } = await site();

for (const [what, program, params] of LISTENING) {
  test(`Stop ends ${what} at once`, async (t) => {
    const page = await careless(open, t);
    await page.evaluate(() => window.manyhands.run('sum')); // what is compiled once
    for (const processors of [1, 2]) {
      const usable = [];
      for (let n = 0; n < 3; n++) {
        const { outcome, total, usableMs } = await stopped(page, program, params, { processors });
        assert.equal(outcome, 'stopped');
        assert.equal(total, 12);
        usable.push(usableMs);
      }
      t.diagnostic(`${program} on ${processors}: ${usable.map(Math.round).join(', ')} ms`);
      // A machine that is busy with something else may hold one of several presses up, not most.
      assert.ok(median(usable) <= STOP_MS.listening, `${usable} ms`);
    }
    assert.equal(await hosts(page), 1, 'the same host goes on');
  });
}

for (const [program, params] of /** @type {const} */ ([
  ['counters', { counters: 64, work: 10 }],
  ['images', { images: 64 }],
  ['mandelbrot', { width: 2048, iterations: 10_000 }],
])) {
  test(`Stop ends ${program} on many more processors than cores`, async (t) => {
    const page = await careless(open, t);
    await page.evaluate(() => window.manyhands.run('sum', {}, { processors: 64 })); // its workers are there
    const usable = [];
    for (let n = 0; n < 5; n++) {
      const { outcome, usableMs } = await stopped(page, program, params, { processors: 64 });
      assert.equal(outcome, 'stopped');
      usable.push(usableMs);
    }
    t.diagnostic(`${usable.map(Math.round).join(', ')} ms`);
    assert.ok(median(usable) <= STOP_MS.listening, `${usable} ms`);
    assert.equal(await hosts(page), 2, 'one more, for a larger pool');
  });
}

test('Stop before a run has begun leaves nothing to wait for', async (t) => {
  const page = await open(t);
  const waited = await page.evaluate(async () => {
    const run = window.manyhands.run('counters', {}, { processors: 64 }).catch((error) => error.message);
    await new Promise((resolve) => setTimeout(resolve));
    const pressed = performance.now();
    window.manyhands.stop();
    return [await run, performance.now() - pressed];
  });
  assert.equal(waited[0], 'The run was stopped before it began.');
  assert.ok(waited[1] <= STOP_MS.listening, `${waited[1]} ms`);
});

test('Stop ends a task that never looks up, and what was recorded is its report', async (t) => {
  const page = await careless(open, t);
  const usable = [];
  for (let n = 1; n <= 2; n++) {
    const { outcome, message, wallMs, busyMs, spans, usableMs, total } = await stopped(page, 'runaway', { seconds: 60 });
    assert.equal(outcome, 'stopped');
    assert.match(message, /did not answer to Stop.*workers have been ended/);
    assert.ok(wallMs > 50 && wallMs < 1000, `${wallMs} ms until Stop`);
    assert.ok(Math.abs(busyMs - wallMs) < 1, `main was inside a processor for ${busyMs} of ${wallMs} ms`);
    assert.ok(Math.abs(Math.max(...spans) - wallMs) < 1, 'its span ends with the run');
    assert.equal(total, 12);
    usable.push(usableMs);
    assert.equal(await hosts(page), n + 1);
  }
  t.diagnostic(`${usable.map(Math.round).join(', ')} ms`);
  assert.ok(Math.min(...usable) <= STOP_MS.deaf, `${usable} ms`);
  await works(page);
});

test('the lane of a task that never looks up shows it up to Stop', async (t) => {
  const page = await careless(open, t);
  await page.evaluate(async () => {
    const end = window.manyhands.run('runaway', { seconds: 60 });
    await new Promise((resolve) => setTimeout(resolve, 150));
    window.manyhands.stop();
    await end;
  });
  const text = await lane(page, 'Parallel').innerText();
  assert.match(text, /did not answer to Stop/);
  assert.match(text, /parallelism 1/);
  await works(page);
});
