// Properties of a run's report that do not depend on the machine's speed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows, verify } from './report-invariants.js';
import { random, run, site, started } from './site.js';

const { open } = await site();

const PROGRAMS = {
  kitchen: (pick) => ({ dishes: pick(1, 6), chopMs: pick(1, 4), boilMs: pick(1, 8) }),
  greeters: (pick) => ({
    times: pick(1, 3),
    greeters: pick(1, 4),
    firstDelayMs: pick(1, 4),
    delayStepMs: pick(0, 2),
    mainWaitsMs: 60,
  }),
  counters: (pick) => ({
    counters: pick(1, 12),
    iterations: pick(1, 20_000),
    timeSliceMs: pick(0, 2),
    serialPercent: pick(0, 50),
  }),
  sum: (pick) => ({
    numbers: Array.from({ length: pick(1, 40) }, () => pick(-1000, 1000)),
    parts: pick(1, 8),
    capacity: pick(0, 3),
  }),
};

/**
 * Returns the part of the answer that must be the same in every lane. In the program greeters, the
 * number of greetings before main returns depends on when the greeters get a processor. So only the
 * sum of greetings and missing greetings is compared.
 */
function answerOf({ program, params, structure, answer, observed }) {
  if (program !== 'greeters') return answer;
  const said = Object.values(answer.said);
  const all = params.greeters * params.times;
  assert.ok(
    said.every((times) => times <= params.times),
    `${said}`,
  );
  assert.equal(said.reduce((a, b) => a + b) + observed.unsaid, all);
  if (structure === 'sequential') assert.equal(observed.unsaid, 0, 'one after another, each says all');
  return all;
}

test('one hundred random runs keep every fact, and every lane gives the same answer', async (t) => {
  const page = await open(t);
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  const structures = Object.fromEntries(
    (await page.evaluate(() => window.manyhands.programs())).map((p) => [p.id, p.structures]),
  );
  const pick = random(2026);
  const ids = Object.keys(PROGRAMS);
  for (let n = 0; n < 100; n++) {
    const id = ids[n % ids.length];
    const params = PROGRAMS[id](pick);
    const seed = pick(0, 2 ** 32 - 1);
    const lanes = [
      { structure: 'concurrent', processors: 1 },
      { structure: 'concurrent', processors },
    ];
    if (structures[id].includes('sequential')) {
      lanes.unshift({ structure: 'sequential', processors: 1 });
    }
    const answers = [];
    for (const lane of lanes) {
      const report = await run(page, id, params, { ...lane, seed });
      try {
        assert.equal(report.outcome, 'completed', report.message);
        assert.equal(report.structure, lane.structure);
        assert.equal(report.processors, lane.processors);
        if (lane.processors === 1) assert.equal(report.parallelism.max, 1);
        verify(report);
      } catch (error) {
        error.message += ` — ${id} ${JSON.stringify({ ...params, ...lane, seed })}`;
        throw error;
      }
      answers.push(answerOf(report));
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0], `${id} ${JSON.stringify(params)}`);
  }
});

test('eight counters and main are nine at once, on one processor one inside a task', async (t) => {
  const page = await open(t);
  const report = await run(page, 'counters', { counters: 8, work: 0.05 }, { processors: 1 });
  assert.equal(report.concurrency.max, 9);
  assert.equal(report.parallelism.max, 1);
  verify(report);
});

test('all processors are inside tasks at once', async (t) => {
  const page = await open(t);
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  const report = await run(page, 'meeting', { tasks: processors }, { processors });
  assert.equal(report.answer.met, processors);
  assert.equal(report.parallelism.max, processors);
  assert.equal(new Set(report.spans.processor).size, processors);
  verify(report);
});

test("one after another, no two of the kitchen's dishes overlap", async (t) => {
  const page = await open(t);
  const params = { dishes: 4, chopMs: 3, boilMs: 5 };
  const report = await run(page, 'kitchen', params, { structure: 'sequential', processors: 1 });
  const dishes = rows(report.tasks).filter((task) => task.parent !== null);
  assert.equal(dishes.length, 4);
  for (let n = 1; n < dishes.length; n++) {
    assert.ok(dishes[n - 1].endedMs <= dishes[n].createdMs, 'a dish begins before the last is done');
  }
  assert.equal(report.concurrency.max, 2);
});

test('one processor and one seed give one order of spans, another seed another', async (t) => {
  const page = await open(t);
  const order = async (seed) => {
    // Without time slices, the order does not depend on how long a task takes.
    const params = { counters: 8, iterations: 1000, timeSliceMs: 0 };
    const report = await run(page, 'counters', params, { processors: 1, seed });
    assert.equal(report.outcome, 'completed');
    return report.spans.task.join();
  };
  const first = await order(7);
  for (let n = 1; n < 20; n++) assert.equal(await order(7), first);
  const others = new Set();
  for (let seed = 100; seed < 110; seed++) others.add(await order(seed));
  assert.ok(others.size > 1, 'ten seeds, one order');
});

test('a run can be stopped, and says so', async (t) => {
  const page = await open(t);
  const end = run(page, 'counters', { counters: 4, work: 20 }, { processors: 1 });
  await started(page);
  await page.evaluate(() => window.manyhands.stop());
  const report = await end;
  assert.equal(report.outcome, 'stopped');
  assert.equal(report.message, 'The run was stopped.');
  assert.deepEqual([...new Set(report.tasks.endedBy)], ['stopped']);
  assert.equal((await run(page, 'sum')).outcome, 'completed');
});

test('main returns while others still have something to say', async (t) => {
  const page = await open(t);
  const params = { times: 50, firstDelayMs: 10, mainWaitsMs: 35 };
  const report = await run(page, 'greeters', params, { processors: 1 });
  assert.equal(report.outcome, 'completed');
  assert.ok(report.wallMs >= 35);
  const [main, ...greeters] = rows(report.tasks);
  assert.equal(main.endedBy, 'returned');
  assert.deepEqual(
    greeters.map((task) => task.endedBy),
    ['main returned', 'main returned'],
  );
  verify(report);
});
