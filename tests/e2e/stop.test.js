// Stop ends every run: by a word in shared memory, by a message to the host, or by a new host that
// replaces the old one. `./build.sh bench --stop` measures how long Stop takes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultPage, hosts, works } from './fault-page.js';
import { lane, site } from './site.js';
import { STOPPABLE, stopRun, stopUnresponsive } from './stopping.js';

const { open } = await site();

for (const [what, program, params, ways] of STOPPABLE) {
  for (const way of [...ways, undefined]) {
    test(`Stop ends ${what} by ${way ?? 'both ways'}, and the same host goes on`, async (t) => {
      const page = await faultPage(open, t);
      for (const processors of [1, 2]) {
        const { outcome, message, total } = await stopRun(page, program, params, { processors }, way);
        assert.equal(outcome, 'stopped');
        assert.equal(message, 'The run was stopped.');
        assert.equal(total, 12);
      }
      assert.equal(await hosts(page), 1);
    });
  }
}

for (const [program, params] of /** @type {const} */ ([
  ['counters', { counters: 64, work: 10 }],
  ['images', { images: 64 }],
  ['mandelbrot', { width: 2048, iterations: 10_000 }],
])) {
  test(`Stop ends ${program} on many more processors than cores`, async (t) => {
    const page = await faultPage(open, t);
    for (const way of /** @type {const} */ (['word', 'message'])) {
      const { outcome, message, total } = await stopRun(page, program, params, { processors: 64 }, way);
      assert.equal(outcome, 'stopped', way);
      assert.equal(message, 'The run was stopped.', way);
      assert.equal(total, 12);
    }
    assert.equal(await hosts(page), 2, 'one more, for a larger pool');
  });
}

test('Stop before a run has begun leaves nothing to wait for', async (t) => {
  const page = await open(t);
  const [message, runs] = await page.evaluate(async () => {
    const { asked } = window.watched;
    const before = { ...asked };
    const run = window.manyhands.run('counters', {}, { processors: 64 }).catch((error) => error.message);
    while (asked.check === before.check) await new Promise((resolve) => setTimeout(resolve));
    window.manyhands.stop();
    return [await run, asked.run - before.run];
  });
  assert.equal(message, 'The run was stopped before it began.');
  assert.equal(runs, 0, 'no host was asked to run anything');
});

test('Stop ends a task that never looks up with its host, and what was recorded is its report', async (t) => {
  const page = await faultPage(open, t);
  for (let n = 1; n <= 2; n++) {
    const { outcome, message, wallMs, busyMs, startMs, endMs } = await stopUnresponsive(page);
    assert.equal(outcome, 'stopped');
    assert.match(message, /did not answer to Stop.*workers have been ended/);
    assert.deepEqual(startMs, [0], 'main alone was inside a processor, from the start');
    assert.deepEqual(endMs, [wallMs], 'and up to Stop');
    assert.equal(busyMs, wallMs);
    await works(page);
    assert.equal(await hosts(page), n + 1);
  }
});

test('the lane of a task that never looks up shows it up to Stop', async (t) => {
  const page = await faultPage(open, t);
  await stopUnresponsive(page);
  const text = await lane(page, 'Parallel').innerText();
  assert.match(text, /did not answer to Stop/);
  assert.match(text, /parallelism: at most 1 processor/);
  await works(page);
});
