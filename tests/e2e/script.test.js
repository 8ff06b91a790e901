// The API `window.manyhands` for scripts: what it returns and what it refuses.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, run, site } from './site.js';

const { open } = await site();

test('the catalogue names every program and parameter', async (t) => {
  const page = await open(t);
  const programs = await page.evaluate(() => window.manyhands.programs());
  const ids = programs.map((program) => program.id);
  for (const id of ['kitchen', 'greeters', 'counters', 'sum']) assert.ok(ids.includes(id), id);
  for (const program of programs) {
    for (const key of ['title', 'lesson', 'summary']) assert.ok(program[key], `${program.id}: ${key}`);
    assert.ok(program.structures.includes('concurrent'));
    for (const param of program.params) {
      const what = `${program.id}: ${param.name}`;
      assert.ok(param.label && param.help, `${what} explains itself`);
      assert.ok(['integer', 'number', 'choice', 'list'].includes(param.kind), what);
      if (param.kind === 'choice') assert.ok(param.choices.includes(/** @type {string} */ (param.default)), what);
      if (typeof param.default === 'number') {
        assert.ok(param.min <= param.default && param.default <= param.max, what);
      }
    }
  }
});

test('the machine is what the browser reports', async (t) => {
  const page = await open(t);
  const [machine, reported] = await page.evaluate(async () => [
    await window.manyhands.ready,
    navigator.hardwareConcurrency,
  ]);
  assert.deepEqual(machine, { browserCores: reported, isolated: true, processors: reported });
});

test('a report says what was run, with defaults filled in', async (t) => {
  const page = await open(t);
  const report = await run(page, 'sum', { parts: 3 }, { processors: 1, seed: 9 });
  assert.equal(report.program, 'sum');
  assert.deepEqual(report.params.numbers, [7, 2, 8, -9, 4, 0]);
  assert.equal(report.params.parts, 3);
  assert.equal(report.params.capacity, 0);
  assert.equal(report.structure, 'concurrent');
  assert.equal(report.seed, 9);
  assert.equal(report.message, '');
  assert.equal(report.answer.total, 12);
  assert.equal(report.answer.partials.length, 3);
  assert.ok(report.wallMs > 0 && report.startupMs >= 0 && report.clockStepMs > 0);
});

test('a text of 1 MiB reaches a program without an answer, in every lane', async (t) => {
  const page = await open(t);
  const text = 'αβγδεζη\n\n'.repeat(65_536);
  for (const options of [
    { structure: 'sequential', processors: 1 },
    { structure: 'concurrent', processors: 1 },
    { structure: 'concurrent', processors: 2 },
  ]) {
    const { outcome, answer, output } = await run(page, 'text', { text }, options);
    assert.equal(outcome, 'completed');
    assert.deepEqual(answer, {});
    assert.deepEqual(
      output.map((chunk) => chunk.text),
      ['32768\n', '32768\n', '32768\n', '32768\n'],
    );
  }
  assert.equal(
    await refusal(page, 'text', { text: `${text}!` }),
    'Text must be a text of at most 1048576 bytes, not 1048577.',
  );
});

test('every chunk of output has its time, its task and its stream', async (t) => {
  const page = await open(t);
  const params = { times: 2, firstDelayMs: 5, delayStepMs: 5, mainWaitsMs: 60 };
  // In the sequential structure all greeters have ended when main returns, so no line is missing.
  const report = await run(page, 'greeters', params, { structure: 'sequential', processors: 1 });
  assert.equal(report.output.length, 4);
  assert.deepEqual(report.droppedBytes, { stdout: 0, stderr: 0 });
  let before = 0;
  for (const chunk of report.output) {
    assert.ok(chunk.atMs >= before && chunk.atMs <= report.wallMs);
    assert.ok(report.tasks.id.includes(chunk.task));
    assert.equal(chunk.stream, 1);
    assert.match(chunk.text, /^\w+\n$/);
    before = chunk.atMs;
  }
});

// The error message of a refusal is one sentence with the parameter's label and limits.
test('bad values are refused in a sentence, and nothing runs', async (t) => {
  const page = await open(t);
  const programs = await page.evaluate(() => window.manyhands.programs());
  const dishes = programs.find(({ id }) => id === 'kitchen').params.find(({ name }) => name === 'dishes');
  const limits = new RegExp(`${dishes.label}.*${dishes.min}.*${dishes.max}`);
  for (const value of ['many', '4', -1, 2.5, dishes.max + 1, null, true, [4], {}]) {
    assert.match(await refusal(page, 'kitchen', { dishes: value }), limits, JSON.stringify(value));
  }
  // Arguments of `evaluate` are sent as JSON, which cannot express these values. So the evaluated
  // code contains the values.
  for (const value of ['NaN', 'Infinity', '10n ** 30n', '() => 4', 'Symbol()', 'undefined, extra: 1']) {
    const sentence = await page.evaluate(
      `manyhands.run('kitchen', {dishes: ${value}}).then(() => 'not refused', (e) => e.message)`,
    );
    assert.match(sentence, value.startsWith('undefined') ? /extra/ : limits, value);
  }
  /** @type {[any[], RegExp][]} */
  const refused = [
    [['kitchn'], /kitchn/],
    [['kitchen', { dishs: 4 }], /dishs/],
    [['kitchen', { chopMs: 'abc' }], /Chop/],
    [['sum', { numbers: [1, 'two'] }], /Numbers/],
    [['sum', { numbers: 7 }], /Numbers/],
    [['kitchen', 4], /Parameters must be an object/],
    [['kitchen', ['dishes']], /Parameters must be an object/],
    [['kitchen', {}, { processors: 0 }], /Processors.*1.*64/],
    [['kitchen', {}, { processors: 65 }], /Processors.*1.*64/],
    [['kitchen', {}, { processors: 1.5 }], /Processors.*1.*64/],
    [['kitchen', {}, { processors: '2' }], /Processors.*1.*64/],
    [['kitchen', {}, { structure: 'parallel' }], /sequential.*concurrent/],
    [['kitchen', {}, { seed: -1 }], /Seed.*4,?294,?967,?295/],
    [['kitchen', {}, { seed: 2 ** 32 }], /Seed/],
    [['kitchen', {}, { sed: 1 }], /sed/],
  ];
  for (const [args, pattern] of refused) {
    const sentence = await refusal(page, ...args);
    assert.match(sentence, pattern, JSON.stringify(args));
    assert.match(sentence, /^[^\n]*\.$/, 'one line that ends in a full stop');
  }
  assert.equal((await run(page, 'sum')).outcome, 'completed', 'the page stays usable');
});

test('a second run before the first has ended is refused, and the first goes on', async (t) => {
  const page = await open(t);
  const [outcome, sentence] = await page.evaluate(async () => {
    const first = window.manyhands.run('counters', { counters: 2, work: 20 }, { processors: 1 });
    await window.watched.started();
    const second = await window.manyhands.run('sum').then(
      () => 'not refused',
      (e) => e.message,
    );
    window.manyhands.stop();
    return [(await first).outcome, second];
  });
  assert.equal(outcome, 'stopped', 'it went on until then');
  assert.match(sentence, /run/i);
  assert.notEqual(sentence, 'not refused');
});

test('stop without a run does nothing', async (t) => {
  const page = await open(t);
  await page.evaluate(() => window.manyhands.stop());
  assert.equal((await run(page, 'sum')).outcome, 'completed');
});
