// The parts that depend most on the browser, tested in Firefox: memory that workers share, the end
// of runs and of workers, and a page on a web server without isolation headers.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { serve } from '../../scripts/serve.js';
import { outcomeOf } from '../e2e/fault-page.js';
import { guestsAnswer, guestsTrap } from '../e2e/guest-runs.js';
import { manyPanics, manyRuns } from '../soak/endurance.js';
import { STOPPABLE, stopRun, stopUnresponsive } from '../e2e/stopping.js';
import { watchRuns } from '../e2e/watching.js';
import { start } from './firefox.js';

const server = await serve({ port: 0 });
const page = await start(process.env.FIREFOX, process.env.GECKODRIVER);
after(async () => {
  await page.close();
  await server.close();
});

/** Waits until the page can run programs, and returns the machine. */
const ready = () =>
  page.evaluate(async () => {
    while (!window.manyhands) await new Promise((resolve) => setTimeout(resolve, 10));
    return window.manyhands.ready;
  });

/** Loads the page with `window.watched`, and waits until it can run programs. */
async function open() {
  await page.goto(server.address);
  await page.evaluate(watchRuns);
  return ready();
}

async function works() {
  const { outcome, message, answer } = await page.evaluate(() => window.manyhands.run('sum'));
  assert.equal(outcome, 'completed', message);
  assert.equal(answer.total, 12);
}

test('“Run and compare” runs every lane', async (t) => {
  t.diagnostic(`Firefox ${page.version}`);
  await open();
  const lanes = await page.evaluate(async () => {
    const run = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Run and compare');
    const able = () => run.getAttribute('aria-disabled') !== 'true';
    const until = async (holds) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await until(able);
    run.click();
    await until(() => !able());
    await until(able);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return ['Sequential', 'Concurrent', 'Parallel'].map(
      (name) => /** @type {HTMLElement} */ (document.querySelector(`section[aria-label="${name}"]`)).innerText,
    );
  });
  for (const text of lanes) assert.match(text, /parallelism: at most \d/);
});

test('all processors are inside tasks at the same time', async () => {
  const { processors } = await open();
  const { answer, parallelism } = await page.evaluate(
    (tasks) => window.manyhands.run('meeting', { tasks }, { processors: tasks }),
    processors,
  );
  assert.equal(answer.met, processors);
  assert.equal(parallelism.max, processors);
});

test('goroutines of a guest run on one processor and on several, and a trap ends only its run', async () => {
  await open();
  for (const processors of [1, 2, 8]) await guestsAnswer(page, processors);
  await guestsTrap(page, 12, 2);
  await works();
});

test('every program in every lane gives its answer', async (t) => {
  await open();
  await manyRuns(page, 84, (line) => t.diagnostic(line));
});

test('panics, each with its sentence, and the same pool goes on', async (t) => {
  await open();
  await manyPanics(page, 30, (line) => t.diagnostic(line));
  await works();
});

for (const fault of ['trap', 'memory', 'stack']) {
  test(`${fault}: a sentence, and another host takes over`, async () => {
    await open();
    const { outcome, message } = await outcomeOf(page, 'fault', { fault, afterMs: 100 });
    assert.equal(outcome, 'Lost');
    assert.match(message, /^The worker that runs the programs can’t go on/);
    await works();
  });
}

for (const [what, program, params, ways] of STOPPABLE) {
  test(`Stop ends ${what}`, async () => {
    await open();
    for (const way of [...ways, undefined]) {
      const { outcome, message, total } = await stopRun(page, program, params, {}, way);
      assert.equal(outcome, 'stopped', `by ${way ?? 'both ways'}`);
      assert.equal(message, 'The run was stopped.');
      assert.equal(total, 12);
    }
  });
}

test('Stop ends a task that never looks up, and what was recorded is its report', async () => {
  await open();
  for (let n = 0; n < 2; n++) {
    const { outcome, message } = await stopUnresponsive(page);
    assert.equal(outcome, 'stopped');
    assert.match(message, /did not answer to Stop/);
    await works();
  }
});

test('a host that sends no headers: the service worker adds them, and all processors take part', async (t) => {
  const bare = await serve({ port: 0, headers: false });
  t.after(bare.close);
  await page.goto(bare.address);
  // The page reloads itself once. The reload ends every `evaluate` that still waits in the page.
  while (!(await page.evaluate(() => crossOriginIsolated).catch(() => false))) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { isolated, processors } = await ready();
  assert.ok(isolated && processors > 0);
  await works();
});
