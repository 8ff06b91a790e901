// A web server that sends no isolation headers. The page has no shared memory, so it has one
// processor.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guest, guestsAnswer, guestsTrap } from './guest-runs.js';
import { verify } from './report-invariants.js';
import { lane, refusal, run, runAndCompare, site } from './site.js';
import { stopRun } from './stopping.js';

const { open } = await site({ isolated: false });

test('both structures run on one processor', async (t) => {
  const page = await open(t);
  const machine = await page.evaluate(() => window.manyhands.ready);
  assert.equal(machine.isolated, false);
  for (const structure of ['sequential', 'concurrent']) {
    const report = await run(page, 'kitchen', { chopMs: 5, boilMs: 10 }, { structure, processors: 1 });
    assert.equal(report.outcome, 'completed', report.message);
    assert.equal(report.parallelism.max, 1);
    assert.equal(report.answer.served.length, 4);
    verify(report);
  }
});

test('goroutines of a guest run on one processor, and a trap ends only its run', async (t) => {
  const page = await open(t);
  await guestsAnswer(page, 1);
  await guestsTrap(page, 6, 1);
});

test('more processors are refused in a sentence that says what is missing', async (t) => {
  const page = await open(t);
  assert.match(await refusal(page, 'kitchen', {}, { processors: 2 }), /isolat/i);
});

test('the Parallel lane says what is missing, the others draw', async (t) => {
  const page = await open(t, '#/kitchen?dishes=2&chopMs=5&boilMs=20');
  await runAndCompare(page);
  for (const name of ['Sequential', 'Concurrent']) {
    assert.match(await lane(page, name).innerText(), /\d ms/);
  }
  assert.match(await lane(page, 'Parallel').innerText(), /Cross-Origin-Opener-Policy/);
});

test('a run can be stopped', async (t) => {
  const page = await open(t);
  for (const [program, params] of /** @type {const} */ ([
    ['counters', { counters: 4, work: 20 }],
    ['guest', guest('computes', 4, 2 ** 31)],
  ])) {
    const { outcome } = await stopRun(page, program, params, { processors: 1 });
    assert.equal(outcome, 'stopped', program);
  }
});

test('a run that never looks up is ended with the worker that it keeps', async (t) => {
  const page = await open(t);
  const message = await page.evaluate(async () => {
    const { asked } = window.watched;
    const { run: before } = asked;
    const end = window.manyhands.run('runaway', { seconds: 60 }, { processors: 1 }).catch(({ message }) => message);
    while (asked.run === before) await new Promise((resolve) => setTimeout(resolve));
    // The host must not get the message before the task begins, and cannot get the message later.
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.type !== 'stop') postMessage.call(this, message, ...rest);
    };
    window.manyhands.stop();
    const message = await end;
    Worker.prototype.postMessage = postMessage;
    return message;
  });
  assert.match(message, /^The worker that runs the programs did not answer to Stop/);
  assert.equal((await run(page, 'sum', {}, { processors: 1 })).outcome, 'completed');
});
