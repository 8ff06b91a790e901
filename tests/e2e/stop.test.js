// Stop: how long it takes from the press to a page that can run again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { careless, hosts, works } from './careless.js';
import { site } from './site.js';

const { open } = await site();

/** From the press on, at most this for what looks up now and then, and for what never does. */
const STOP_MS = { listening: 300, deaf: 5000 };

/** On a busy machine the page itself may be late; the bench holds it to the limits. */
const PATIENCE = 2;

/** Presses Stop while a program runs; returns how the run ended and how long until the page could run again. */
async function stopped(page, program, params, options = {}) {
  return page.evaluate(async ([program, params, options]) => {
    const end = window.manyhands.run(program, params, options).then(({ outcome }) => outcome, ({ message }) => message);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const pressed = performance.now();
    window.manyhands.stop();
    const outcome = await end;
    const endedMs = performance.now() - pressed;
    const { answer } = await window.manyhands.run('sum', {});
    return { outcome, endedMs, usableMs: performance.now() - pressed, total: answer.total };
  }, [program, params, options]);
}

const LISTENING = [
  ['a task that computes', 'counters', { counters: 2, work: 20 }],
  ['a task without a time slice', 'counters', { counters: 2, work: 20, timeSliceMs: 0 }],
  ['tasks that sleep', 'greeters', { times: 100, firstDelayMs: 1000, mainWaitsMs: 10_000 }],
  ['tasks that wait for each other', 'pool', { workers: 2, jobs: 50, jobMs: 1000 }],
  ['a parallel iterator', 'mandelbrot', { width: 2000, height: 2000, iterations: 1000 }],
];

for (const [what, program, params] of LISTENING) {
  test(`Stop ends ${what} at once`, async (t) => {
    const page = await careless(open, t);
    for (const processors of [1, 2]) {
      const { outcome, endedMs, total } = await stopped(page, program, params, { processors });
      assert.equal(outcome, 'stopped');
      assert.ok(endedMs < STOP_MS.listening * PATIENCE, `${endedMs} ms`);
      assert.equal(total, 12);
    }
    assert.equal(await hosts(page), 1, 'the same host goes on');
  });
}

test('Stop ends a task that never looks up, with a sentence', async (t) => {
  const page = await careless(open, t);
  const { outcome, usableMs, total } = await stopped(page, 'runaway', { seconds: 60 });
  assert.match(outcome, /did not answer to Stop.*worker.*ended/);
  assert.ok(usableMs < STOP_MS.deaf * PATIENCE, `${usableMs} ms`);
  assert.equal(total, 12);
  assert.equal(await hosts(page), 2);
  await works(page);
});

test('stop and run, many times: one host, one pool', async (t) => {
  const page = await careless(open, t);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  // Of the page's own thread: to ask the workers would wait for those that sleep.
  const memory = async () => {
    await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize').value;
  };
  const round = () => page.evaluate(async () => {
    const end = window.manyhands.run('counters', { counters: 4, work: 20 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    window.manyhands.stop();
    return (await end).outcome;
  });
  for (let n = 0; n < 10; n++) assert.equal(await round(), 'stopped');
  const before = await memory();
  for (let n = 0; n < 90; n++) assert.equal(await round(), 'stopped');
  const grown = await memory() - before;
  assert.ok(grown < 1e6, `${grown} bytes in 90 rounds`);
  assert.equal(await hosts(page), 1);
  await works(page);
});
