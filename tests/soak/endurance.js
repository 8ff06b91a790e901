// Many runs in one page, as in a lesson or in a day at an exhibition.

import assert from 'node:assert/strict';
import { median, pairs } from '../measure/measuring.js';
import { outcomeOf } from '../e2e/fault-page.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../../www/common/messages.js').Structure} Structure */
/** @typedef {import('../../www/common/messages.js').Values} Values */

/**
 * Each program with values for a short run, and the program's answer if a formula gives it. "any"
 * means that the answer depends on when tasks get a processor. A program without an answer in this
 * list must always give the answer of its first run. tests/peers compares all answers with Go.
 *
 * @type {[string, Values, any?][]}
 */
const PROGRAMS = [
  ['spaces', { workers: 2, increments: 2000, payloadMiB: 0 }, { isolated: [2000, 2000], sharedAtomic: 4000 }],
  ['kitchen', { dishes: 3, chopMs: 1, boilMs: 3 }],
  // Sequential greeters say all words. Concurrent greeters say only the words before main returns.
  ['greeters', { times: 2, mainWaitsMs: 80, firstDelayMs: 2, delayStepMs: 1 }, 'any'],
  ['counters', { counters: 4, iterations: 200_000 }, { counts: [200_000, 200_000, 200_000, 200_000] }],
  ['quadrants', { tasks: 2, taskMs: 2 }],
  ['sum', { numbers: [7, 2, 8, -9, 4, 0], parts: 2 }, { partials: [17, -5], total: 12 }],
  ['fetch', { requests: 4, latencyMs: 5, bytes: 100 }, { bytes: 400, statuses: [200, 200, 200, 200] }],
  ['images', { images: 4, size: 64 }],
  ['pool', { workers: 3, jobs: 5, jobMs: 2 }, { results: [1, 2, 3, 4, 5].map((job) => ({ job, value: 2 * job })) }],
  ['pipeline', { from: 2, to: 5, squarers: 2 }, { squares: [4, 9, 16, 25] }],
  ['mandelbrot', { width: 64, height: 48, iterations: 50 }],
];

/** The number of runs after which a page has allocated all memory that it keeps. */
const SETTLED_AFTER = 100;

/**
 * Returns the sizes of the page thread's heap and of the module's memory in bytes. Garbage is
 * collected first.
 *
 * @param {import('playwright-core').Page} page
 */
export async function memory(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  // One collection may not free everything that can be freed.
  const heaps = [];
  for (let n = 0; n < 4; n++) {
    await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    heaps.push(metrics.find(({ name }) => name === 'JSHeapUsedSize').value);
  }
  await client.detach();
  const host = page.workers().find((worker) => worker.url().endsWith('/host.js'));
  const module = await host.evaluate(async () => {
    // The module is loaded already, so its initialiser only returns its exports again.
    const wasm = await import(new URL('../wasm/manyhands.js', location.href).href);
    return (await wasm.default()).memory.buffer.byteLength;
  });
  return { heap: Math.min(...heaps), module };
}

/**
 * The largest growth, in bytes, that does not count as a leak. The time of garbage collections
 * varies, and a module takes a few more pages if its allocations are placed differently. A few
 * dozen leaked runs take more.
 */
const FLAT = { heap: 1e6, module: 4 * 65_536 };

/**
 * Checks that memory did not grow in at least one of several equal periods. A leak makes the memory
 * grow in each period. If a module once needs its largest allocations at the same time, it grows in
 * one period, and never shrinks.
 *
 * @param {{heap: number, module: number}[]} points   the sizes at the ends of the periods
 * @param {string} when
 * @param {(line: string) => void} say
 */
function assertFlat(points, when, say) {
  const part = (what) => `${points.map((point) => (point[what] / 1e6).toFixed(2)).join(', ')} MB`;
  const line = `${when}: the page ${part('heap')}; the module ${part('module')}`;
  say(line);
  for (const [what, most] of Object.entries(FLAT)) {
    const growth = points.slice(1).map((point, n) => point[what] - points[n][what]);
    assert.ok(Math.min(...growth) <= most, line);
  }
}

/**
 * Makes a number of runs of all programs in all their lanes, in turn. Checks the answers of the
 * runs, and that memory does not grow after the first SETTLED_AFTER runs. For more than
 * SETTLED_AFTER runs, the page must be a page of Playwright, because the memory is measured.
 *
 * @param {Pick<Page, 'evaluate'>} page
 * @param {number} runs
 * @param {(line: string) => void} say
 */
export async function manyRuns(page, runs, say) {
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  const catalogue = await page.evaluate(() => window.manyhands.programs());
  /** @type {{structure: Structure, processors: number}[]} */
  const lanes = [
    { structure: 'concurrent', processors: 1 },
    { structure: 'concurrent', processors },
    { structure: 'sequential', processors: 1 },
  ];
  const kinds = PROGRAMS.flatMap(([id, params, answer]) => {
    const { structures } = catalogue.find((program) => program.id === id);
    return lanes
      .filter(({ structure }) => structures.includes(structure))
      .map((options) => ({ id, params, answer, options }));
  });
  const first = new Map();
  const began = performance.now();
  const stretch = Math.round((runs - SETTLED_AFTER) / 3);
  const points = [];
  let [done, next] = [0, Math.min(SETTLED_AFTER, runs)];
  while (done < runs) {
    const some = Array.from({ length: Math.min(50, next - done) }, (_, n) => ({
      ...kinds[(done + n) % kinds.length],
      seed: done + n,
    }));
    const ends = await page.evaluate(async (some) => {
      const ends = [];
      for (const { id, params, options, seed } of some) {
        const { outcome, message, answer, tasks } = await window.manyhands.run(id, params, { ...options, seed });
        ends.push({ outcome, message, answer, tasks: tasks.id.length });
      }
      return ends;
    }, some);
    for (const [n, { outcome, message, answer, tasks }] of ends.entries()) {
      const kind = some[n];
      const what = `run ${done + n}, ${kind.id} ${JSON.stringify(kind.options)}: ${message}`;
      assert.equal(outcome, 'completed', what);
      if (!first.has(kind.id)) first.set(kind.id, kind.answer ?? answer);
      if (kind.answer !== 'any') assert.deepEqual(answer, first.get(kind.id), what);
      assert.ok(tasks > 0, what);
    }
    done += some.length;
    if (done < next) continue;
    if (runs > SETTLED_AFTER) points.push(await memory(/** @type {Page} */ (page)));
    next = Math.min(runs, next + stretch);
  }
  say(
    `${runs} runs of ${kinds.length} kinds in ${((performance.now() - began) / 1000).toFixed(0)} s, all completed with the right answers`,
  );
  if (points.length > 1) assertFlat(points, `after ${SETTLED_AFTER} runs and every ${stretch} later`, say);
}

/**
 * Runs one program with its defaults ten times, and then twice fifty times. Checks that memory does
 * not grow, and that the workers that the program starts have ended.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} program
 * @param {(line: string) => void} say
 */
export async function manyRunsOf(page, program, say) {
  const runs = (count) =>
    page.evaluate(
      async ([program, count]) => {
        for (let n = 0; n < count; n++) {
          const { outcome, message } = await window.manyhands.run(program, {});
          if (outcome !== 'completed') throw new Error(message);
        }
      },
      [program, count],
    );
  await runs(10);
  const [points, workers] = [[await memory(page)], page.workers().length];
  for (const _ of ['fifty', 'fifty more']) {
    await runs(50);
    points.push(await memory(page));
  }
  assertFlat(points, `${program} on its defaults, before, after 50 runs and after 50 more`, say);
  assert.equal(page.workers().length, workers);
}

const PANICS = {
  panic: /^Task “main” panicked: a task failed because it was asked to/,
  several: /^Task “fails” panicked: one of several tasks failed/,
  payload: /^Task “main” panicked/,
};

/**
 * Makes a number of tasks panic. Checks that each panic ends its run with the right error message.
 *
 * @param {Pick<Page, 'evaluate'>} page
 * @param {number} panics
 * @param {(line: string) => void} say
 */
export async function manyPanics(page, panics, say) {
  const kinds = Object.entries(PANICS);
  for (let n = 0; n < panics; n++) {
    const [fault, sentence] = kinds[n % kinds.length];
    const { outcome, message } = await outcomeOf(page, 'fault', { fault, afterMs: 0 });
    assert.equal(outcome, 'panicked', message);
    assert.match(message, sentence);
  }
  say(`${panics} panics, each with its sentence`);
}

/**
 * Stops a run that computes on all processors, a number of times. Checks that memory does not grow.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} stops
 * @param {(line: string) => void} say
 */
export async function manyStops(page, stops, say) {
  const round = () =>
    page.evaluate(async () => {
      const end = window.manyhands.run('counters', { counters: 4, work: 20 });
      await window.watched.started();
      window.manyhands.stop();
      return (await end).outcome;
    });
  const points = [];
  const measured = [10, Math.round(stops / 2), stops];
  for (let n = 1; n <= stops; n++) {
    assert.equal(await round(), 'stopped');
    if (measured.includes(n)) points.push(await memory(page));
  }
  assertFlat(points, `after ${measured.join(', ')} stops`, say);
}

/**
 * Returns the speed-up of counters on all processors over one processor: the median of five pairs.
 * The work takes two seconds, so the time to start a run does not matter.
 *
 * @param {import('playwright-core').Page} page
 */
export async function speedUp(page) {
  const wall = (options) =>
    page.evaluate(
      async (options) => (await window.manyhands.run('counters', { counters: 8, work: 2 }, options)).wallMs,
      options,
    );
  const walls = await pairs(
    5,
    () => wall({ processors: 1 }),
    () => wall({}),
  );
  return median(walls.map(([one, all]) => one / all));
}
