// Lessons judge by the figures of runs. If the figures support no answer, a lesson gives no answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, valuesLine } from '../../www/code/code-words.js';
import { LESSONS } from '../../www/course/lessons/index.js';
import { difference, longestFirstWait } from '../../www/course/lessons/judging.js';
import { change, KINDS } from '../../www/course/lessons/quadrants.js';
import { isWhole, kindOf } from '../../www/images/own-images.js';
import { resultText } from '../../www/course/result-text.js';
import { imagesOf } from '../../www/images/tiles.js';

/**
 * Returns a report with the fields that lessons read.
 *
 * @param {number} wallMs
 * @param {any} [facts]   fields that replace the default ones; `tasks` is a list of rows
 * @returns {any}
 */
function report(wallMs, facts = {}) {
  const { tasks = [], ...rest } = facts;
  return {
    processors: 1,
    wallMs,
    busyMs: wallMs,
    clockStepMs: 0.005,
    params: {},
    seed: 1,
    output: [],
    findings: [],
    observed: {},
    answer: {},
    concurrency: { max: 2, mean: 1 },
    parallelism: { max: 1, mean: 1 },
    images: [],
    tasks: {
      id: Uint32Array.from(tasks, (_, i) => i),
      name: tasks.map(({ name }) => name),
      createdMs: Float64Array.from(tasks, ({ created = 0 }) => created),
      firstRunMs: Float64Array.from(tasks, ({ first = 0 }) => first),
      runningMs: Float64Array.from(tasks, ({ running = 0 }) => running),
    },
    ...rest,
  };
}

/** Returns a verdict on two lanes in the form in which the Rust code sends verdicts. */
const step = (kind, beforeMs = 0, afterMs = 0, more = {}) => ({
  kind,
  beforeMs,
  afterMs,
  leastMs: 0.05 * Math.max(beforeMs, afterMs),
  uneven: false,
  sentence: `They are ${kind}.`,
  ...more,
});

/** Returns a lesson's judgement of runs. `steps` has verdicts by the lower of their two lanes. */
const judged = (id, reports, steps = {}) => LESSONS[id].question.judge(reports, (_, below) => steps[below]);

/** The kinds of verdicts that support no answer. The lesson gives the verdict's own sentence. */
const UNCLEAR = ['busy', 'answers', 'single task', 'oversubscribed', 'too short'];

test('every lesson has a claim, a question with several options, and something to change', () => {
  assert.equal(Object.keys(LESSONS).length, 11);
  for (const [id, lesson] of Object.entries(LESSONS)) {
    assert.match(lesson.claim, /\.$/, id);
    assert.match(lesson.text, /\.$/, id);
    const ids = lesson.question.options.map((option) => option.id);
    assert.ok(ids.length >= 2 && new Set(ids).size === ids.length, id);
    for (const option of lesson.question.options) {
      for (const answer of Object.keys(option.instead ?? {}))
        assert.ok(ids.includes(answer) && answer !== option.id, `${id}: ${option.id}`);
    }
    assert.ok(lesson.next.length > 0 && lesson.notes.length > 0, id);
    for (const note of [...lesson.notes, ...lesson.next.map(({ look }) => look)])
      assert.match(note, /[.?]$/, `${id}: ${note}`);
  }
});

test('a difference has to be beyond the clock and beyond chance', () => {
  assert.equal(difference(100, 50, 0.005), 'less');
  assert.equal(difference(100, 96, 0.005), 'alike');
  assert.equal(difference(100, 110, 0.005), 'more');
  assert.equal(difference(1, 0.5, 0.1), 'too short');
});

test('the kitchen: which step saved more, or none', () => {
  const kitchen = (concurrent, parallel) => judged('kitchen', {}, { concurrent, parallel });
  assert.equal(kitchen(step('saved', 960, 420), step('saved', 420, 300)).answer, 'overlap');
  assert.equal(kitchen(step('saved', 960, 900), step('saved', 900, 500)).answer, 'cooks');
  assert.equal(kitchen(step('saved', 900, 600), step('saved', 600, 300)).answer, 'equal');
  assert.equal(kitchen(step('nothing', 300, 300), step('nothing', 300, 300)).answer, null);
  assert.equal(kitchen(step('longer', 300, 400), step('longer', 400, 500)).answer, null);
  assert.equal(
    kitchen(step('saved', 960, 420), step('nothing', 420, 415)).because,
    'Overlapping saved 540 ms, more cooks saved nothing.',
  );
  assert.equal(
    kitchen(step('longer', 300, 400), step('nothing', 400, 398)).because,
    'Overlapping cost 100 ms, more cooks saved nothing.',
  );
});

test('the kitchen: a busy machine is named, and nobody is told that cooks do not help', () => {
  const kitchen = (concurrent, parallel) => judged('kitchen', {}, { concurrent, parallel });
  const saved = step('saved', 960, 420);
  for (const kind of [...UNCLEAR, 'small', 'spread', 'other cause']) {
    assert.deepEqual(kitchen(saved, step(kind, 420, 418)), { answer: null, because: `They are ${kind}.` });
    assert.deepEqual(kitchen(step(kind, 420, 418), saved), { answer: null, because: `They are ${kind}.` });
  }
  const slowed = step('saved', 420, 390, { uneven: true });
  assert.deepEqual(kitchen(saved, slowed), { answer: null, because: 'They are saved. Run again.' });
});

test('what no step carries is answered by no lesson', () => {
  const run = report(400, { processors: 2, parallelism: { max: 2, mean: 1 }, observed: { computeMs: 200 } });
  const reports = { sequential: run, concurrent: run, parallel: run, sequentialAll: run };
  for (const id of ['kitchen', 'greeters', 'counters', 'quadrants', 'images', 'mandelbrot']) {
    for (const kind of UNCLEAR) {
      const found = step(kind, 400, 398);
      const { answer, because } = judged(id, reports, { concurrent: found, parallel: found, sequentialAll: found });
      assert.deepEqual([answer, because], [null, found.sentence], `${id}: ${kind}`);
    }
    assert.match(judged(id, reports).because, /have not been compared/, id);
  }
});

test('greeters: more processors end a program of waits no sooner', () => {
  const greeters = (parallel) => judged('greeters', { concurrent: report(380) }, { parallel }).answer;
  assert.equal(greeters(step('nothing', 380, 381)), 'no');
  assert.equal(greeters(step('saved', 380, 280)), 'yes');
  assert.equal(greeters(step('small', 380, 379)), null);
});

test('the counters: work that ran faster by chance is not saved by taking turns', () => {
  const counters = (sequential, concurrent, found) =>
    judged('counters', { sequential, concurrent }, { concurrent: found }).answer;
  assert.equal(counters(report(900), report(700), step('other cause', 900, 700)), 'nothing');
  assert.equal(counters(report(900), report(898), step('small', 900, 898)), 'nothing');
  assert.equal(counters(report(900, { busyMs: 200 }), report(210, { busyMs: 200 }), step('saved', 900, 210)), 'most');
  assert.equal(counters(report(900, { busyMs: 700 }), report(750, { busyMs: 700 }), step('saved', 900, 750)), 'some');
});

test('an order that was kept once is no rule', () => {
  const came = (arrival, params = {}) => report(1, { observed: { arrival }, params });
  assert.equal(judged('sum', { concurrent: came([1, 0]) }).answer, 'open');
  assert.equal(judged('sum', { concurrent: came([0, 1]), parallel: came([0, 1]) }).answer, null);
  assert.equal(judged('sum', { concurrent: came([0, 1]), parallel: came([1, 0]) }).answer, null);
  assert.equal(judged('sum', { concurrent: came([0]) }).answer, null);
  const numbers = { from: -2, squarers: 3 };
  assert.equal(judged('pipeline', { concurrent: came([4, 1, 0, 1], numbers) }).answer, null);
  assert.equal(judged('pipeline', { concurrent: came([1, 4, 0, 1], numbers) }).answer, 'other');
  assert.equal(judged('pipeline', { concurrent: came([4, 1, 0], { from: -2, squarers: 1 }) }).answer, 'sorted');
  assert.equal(judged('pipeline', { concurrent: came([]) }).answer, null);
});

test('a pool: workers save where jobs wait', () => {
  const params = { workers: 3, jobs: 6, jobMs: 100 };
  assert.equal(
    judged('pool', { concurrent: report(605, { busyMs: 600, params: { ...params, work: 'compute' } }) }).answer,
    'same',
  );
  assert.equal(
    judged('pool', { concurrent: report(400, { busyMs: 300, params: { ...params, work: 'both' } }) }).answer,
    'sooner',
  );
  assert.equal(
    judged('pool', { concurrent: report(203, { busyMs: 2, params: { ...params, work: 'wait' } }) }).answer,
    'sooner',
  );
  assert.equal(judged('pool', { concurrent: report(605, { params: { ...params, workers: 1 } }) }).answer, null);
});

test('requests: as long as one, or as all together', () => {
  const perRequestMs = [200, 201, 202, 203];
  const run = (wallMs) => report(wallMs, { observed: { perRequestMs }, params: {} });
  assert.equal(judged('fetch', { concurrent: run(206), parallel: run(207) }).answer, 'longest');
  assert.equal(judged('fetch', { concurrent: run(806), parallel: run(207) }).answer, 'processors');
  assert.equal(judged('fetch', { concurrent: run(806), parallel: run(807) }).answer, 'sum');
  assert.equal(judged('fetch', { concurrent: run(450), parallel: run(450) }).answer, null);
});

test('shared counters: racing is told by what it lost, and none lost proves nothing', () => {
  const run = (lost, update) => report(10, { observed: { lost }, params: { update }, processors: 2 });
  assert.equal(
    judged('spaces', { concurrent: run(0, 'atomic'), parallel: run(0, 'atomic') }).answer,
    null,
    'nobody raced',
  );
  assert.equal(
    judged('spaces', { concurrent: run(0, 'read then write'), parallel: run(7, 'read then write') }).answer,
    'racing',
  );
  assert.equal(
    judged('spaces', { concurrent: run(0, 'read then write'), parallel: run(0, 'read then write') }).answer,
    null,
  );
});

test('more processors that saved nothing answer nothing about shares', () => {
  const run = (processors) =>
    report(400, { processors, parallelism: { max: processors, mean: 1 }, answer: { checksum: 1 } });
  for (const id of ['images', 'mandelbrot']) {
    for (const kind of ['longer', 'small', 'nothing', 'spread', 'other cause']) {
      assert.equal(
        judged(id, { concurrent: run(1), parallel: run(2) }, { parallel: step(kind, 400, 398) }).answer,
        null,
        `${id}: ${kind}`,
      );
    }
    assert.equal(judged(id, { concurrent: run(1), parallel: run(1) }).answer, null, id);
  }
  const images = (afterMs) =>
    judged('images', { concurrent: run(1), parallel: run(2) }, { parallel: step('saved', 400, afterMs) }).answer;
  assert.equal(images(205), 'share');
  assert.equal(images(300), 'more');
  assert.equal(
    judged('mandelbrot', { concurrent: run(1), parallel: run(2) }, { parallel: step('saved', 400, 205) }).answer,
    'sooner',
  );
});

test('quadrants: the same work that went faster is no gain', () => {
  const run = (computeMs, running, max = 1) =>
    report(500, {
      observed: { computeMs, waitMs: 60 },
      processors: 2,
      parallelism: { max, mean: 1 },
      tasks: [{ name: 'main' }, { name: 'computes 1', running }],
    });
  assert.equal(change(run(240, 240), run(120, 240), KINDS[1]), 'less');
  assert.equal(change(run(240, 240), run(120, 120), KINDS[1]), 'other work');
  assert.equal(change(run(240, 240), run(239, 240), KINDS[1]), 'alike');
  const quadrants = (all) =>
    judged('quadrants', { sequential: run(240, 240), sequentialAll: all }, { sequentialAll: step('small', 500, 498) })
      .answer;
  assert.equal(quadrants(run(120, 120)), null, 'one at a time is on one processor');
  assert.equal(quadrants(run(238, 238)), 'nothing');
});

test('the longest wait for a first turn leaves main out, and counts who never had one', () => {
  const waits = (...tasks) => longestFirstWait(report(100, { tasks: [{ name: 'main', first: 90 }, ...tasks] }));
  assert.equal(waits({ name: 'a', created: 1, first: 11 }, { name: 'b', created: 2, first: 32 }), 30);
  assert.equal(waits({ name: 'a', created: 40, first: NaN }), 60);
  assert.equal(waits(), null);
});

test('commands are words for a shell, whatever the values are', () => {
  assert.equal(
    command('rust', 'sum', { numbers: [7, -2], parts: 2 }, { processors: 2, seed: 1 }),
    'cargo run --release --example run -- sum numbers=7,-2 parts=2 processors=2 seed=1',
  );
  assert.equal(
    command('go', 'sum', { numbers: [7, -2] }, { processors: 2 }),
    'GOMAXPROCS=2 go run sum.go -numbers=7,-2',
  );
  assert.equal(
    command('go', 'fetch', { addresses: ["a?b&c'; rm"] }, {}),
    "GOMAXPROCS=1 go run fetch.go '-addresses=a?b&c'\\''; rm'",
  );
});

/** @type {any} the part of a program that this test needs */
const PROGRAM = {
  id: 'kitchen',
  title: 'Kitchen',
  lesson: 'one chef, several dishes',
  summary: '',
  structures: ['concurrent'],
  params: [
    { name: 'chopMs', label: 'Chop', unit: 'ms', default: 60 },
    { name: 'spare', label: 'Spare', unit: '', default: null },
  ],
};

test('values in a line, with what was left out', () => {
  assert.equal(valuesLine(PROGRAM, {}), 'Chop 60 ms');
  assert.equal(valuesLine(PROGRAM, { chopMs: 5, spare: 2 }), 'Chop 5 ms · Spare 2');
});

test('a result as text has the lanes in their order, what was found, and the machine', () => {
  const text = resultText({
    program: PROGRAM,
    machine: { browserCores: 2, isolated: true, processors: 2 },
    reports: {
      parallel: report(300, { processors: 2, params: { chopMs: 60 } }),
      sequential: report(960, { params: { chopMs: 60 } }),
    },
    findings: ['Overlapping saved 660 ms.'],
    prediction: {
      question: 'Which?',
      answer: 'both',
      late: false,
      feedback: 'You predicted “both”; your run shows “one”.',
    },
    browser: 'Browser/1',
    address: 'http://here/#/kitchen',
  });
  assert.match(text, /Sequential {3}1 processor {4}960 ms.*\nParallel {5}2 processors {3}300 ms/);
  for (const part of [
    'Chop 60 ms · Seed 1',
    'Overlapping saved',
    'Predicted: both.',
    'your run shows “one”',
    '2 logical processors',
    'http://here/#/kitchen',
  ]) {
    assert.ok(text.includes(part), part);
  }
});

test('images are told by their first bytes and their last mark', () => {
  const png = Uint8Array.of(
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    0,
    0,
    0,
    1,
    0x49,
    0x44,
    0x41,
    0x54,
    9,
    1,
    2,
    3,
    4,
    0,
    0,
    0,
    0,
    0x49,
    0x45,
    0x4e,
    0x44,
    1,
    2,
    3,
    4,
  );
  assert.equal(kindOf(png), 'image/png');
  assert.ok(isWhole('image/png', png));
  for (let cut = 8; cut < png.length; cut++) assert.ok(!isWhole('image/png', png.subarray(0, cut)), `cut at ${cut}`);
  // A segment that contains a preview with an end marker, coded data with an escaped 0xff and a
  // restart marker, the end marker, and one more byte.
  const jpeg = Uint8Array.of(
    0xff,
    0xd8,
    0xff,
    0xe1,
    0,
    6,
    0xff,
    0xd8,
    0xff,
    0xd9,
    0xff,
    0xda,
    0,
    3,
    7,
    5,
    0xff,
    0,
    0xff,
    0xd0,
    6,
    0xff,
    0xd9,
    42,
  );
  assert.equal(kindOf(jpeg), 'image/jpeg');
  assert.ok(isWhole('image/jpeg', jpeg));
  for (let cut = 3; cut < jpeg.length - 1; cut++)
    assert.ok(!isWhole('image/jpeg', jpeg.subarray(0, cut)), `cut at ${cut}`);
  assert.equal(kindOf(new TextEncoder().encode('a text named .png')), null);
  assert.equal(kindOf(new Uint8Array()), null);
});

test('tiles are the rows that the formula says', () => {
  const image = (name) => ({ name, width: 1, height: 7, pixels: new Uint8ClampedArray(28) });
  const images = report(1, { observed: { processorOfTile: [[0, 1, 0]] }, images: [image('a'), image('b')] });
  assert.deepEqual(
    imagesOf(images)[0].tiles.map(({ from, to, processor, task }) => [from, to, processor, task]),
    [
      [0, 2, 0, 'image 1 tile 1'],
      [2, 4, 1, 'image 1 tile 2'],
      [4, 7, 0, 'image 1 tile 3'],
    ],
  );
  const whole = report(1, { observed: { processorOfTile: [[1]] }, images: [image('a'), image('b')] });
  assert.equal(imagesOf(whole)[0].tiles[0].task, 'image 1');
  const rows = report(1, { observed: { processorOfRow: [0, 1] }, images: [image('m')] });
  assert.deepEqual(
    imagesOf(rows)[0].tiles.map(({ task }) => task),
    ['row 1', 'row 2'],
  );
});
