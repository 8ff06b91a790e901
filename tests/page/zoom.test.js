// The models from which a timeline is drawn, at every zoom level, tested with random runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATES } from '../../www/common/messages.js';
import { spansOf } from '../../www/common/report.js';
import { packed, Raster } from '../../www/timeline/drawing/raster.js';
import { Groups } from '../../www/timeline/index/groups.js';
import { planRows, RowList } from '../../www/timeline/layout/rows.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce, inSlices } from '../../www/common/slices.js';
import { sortedTimes } from '../../www/timeline/index/sorted-times.js';
import { levelsOf } from '../../www/timeline/index/steps.js';
import { Shares } from '../../www/timeline/index/tracks.js';
import { Viewport } from '../../www/timeline/layout/viewport.js';
import { random, randomRun } from './random-run.js';

const WIDTH = 60;

/** @param {number} actual @param {number} expected */
const near = (actual, expected, what = '', most = 1e-4) =>
  assert.ok(
    Math.abs(actual - expected) <= most * Math.max(1, Math.abs(expected)),
    `${what} ${actual}, not ${expected}`,
  );

const overlap = (a, b, c, d) => Math.max(0, Math.min(b, d) - Math.max(a, c));

test('a pixel’s shares are what adding up the intervals in it gives, at any zoom', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const processors = 1 + (seed % 4);
    const report = randomRun({ seed, spans: 3000, tasks: 1 + seed * 2, processors });
    const { tasks } = atOnce(indexOf(report));
    const next = random(seed * 77);
    const shares = new Shares(WIDTH, processors);
    for (let trial = 0; trial < 30; trial++) {
      const row = Math.floor(next() * tasks.rows);
      const pixelMs = report.wallMs / WIDTH / 10 ** (next() * 4);
      const fromMs = next() * (report.wallMs - pixelMs * WIDTH) - pixelMs;
      const wideMs = pixelMs * 4;
      const wide = [];
      tasks.walk(row, fromMs, pixelMs, wideMs, shares, (interval) => wide.push(interval));
      const { states } = report;
      const expected = STATES.map(() => new Float64Array(WIDTH));
      let wideOnes = 0;
      for (let i = 0; i < states.task.length; i++) {
        if (states.task[i] !== row) continue;
        const [start, end] = [states.startMs[i], states.endMs[i]];
        if (end - start >= wideMs) {
          if (overlap(start, end, fromMs, fromMs + pixelMs * WIDTH) > 0) wideOnes++;
          continue;
        }
        for (let x = 0; x < WIDTH; x++) {
          expected[states.state[i]][x] +=
            overlap(start, end, fromMs + x * pixelMs, fromMs + (x + 1) * pixelMs) / pixelMs;
        }
      }
      expected.forEach((column, state) =>
        column.forEach((share, x) =>
          near(shares.inState[state][x], share, `seed ${seed} trial ${trial} ${STATES[state]} at ${x}:`),
        ),
      );
      assert.equal(wide.length, new Set(wide).size, 'each wide one is told once');
      assert.equal(wide.length, wideOnes);
      for (let i = 1; i < wide.length; i++) assert.ok(tasks.startMs[wide[i]] >= tasks.startMs[wide[i - 1]]);
    }
  }
});

test('nothing is lost: every turn is counted in some pixel, or is a mark of its own', () => {
  for (let seed = 10; seed < 14; seed++) {
    const report = randomRun({ seed, spans: 5000, tasks: 5, processors: 3 });
    const { tasks, processors } = atOnce(indexOf(report));
    for (const tracks of [tasks, processors]) {
      for (const zoom of [1, 3, 50]) {
        const width = 40 * zoom;
        const pixelMs = (report.wallMs / width) * 1.001;
        const shares = new Shares(width, 3);
        let turns = 0;
        for (let row = 0; row < tracks.rows; row++) {
          tracks.walk(row, 0, pixelMs, pixelMs * 4, shares, (interval) => {
            if (tracks.state[interval] === 0) turns++;
          });
          turns += shares.turns.reduce((a, b) => a + b, 0);
        }
        assert.equal(turns, spansOf(report.states).task.length);
      }
    }
  }
});

test('a pixel has the colour of the processor that ran most of it, and tasks know theirs', () => {
  const report = randomRun({ seed: 5, spans: 2000, tasks: 3, processors: 4 });
  const { tasks } = atOnce(indexOf(report));
  const spans = spansOf(report.states);
  const shares = new Shares(WIDTH, 4);
  const pixelMs = report.wallMs / WIDTH;
  for (let row = 0; row < tasks.rows; row++) {
    tasks.walk(row, 0, pixelMs, pixelMs * 4, shares, () => {});
    for (let x = 0; x < WIDTH; x++) {
      const ms = new Float64Array(4);
      for (let i = 0; i < spans.task.length; i++) {
        if (spans.task[i] !== row || spans.endMs[i] - spans.startMs[i] >= pixelMs * 4) continue;
        ms[spans.processor[i]] += overlap(spans.startMs[i], spans.endMs[i], x * pixelMs, (x + 1) * pixelMs);
      }
      near(ms[shares.owner[x]], Math.max(...ms), `row ${row}, pixel ${x}:`);
    }
  }
});

test('an interval is found at its time', () => {
  const report = randomRun({ seed: 8, spans: 400, tasks: 4 });
  const { tasks } = atOnce(indexOf(report));
  const { states } = report;
  for (let i = 0; i < tasks.order.length; i++) {
    const task = states.task[tasks.order[i]];
    assert.equal(tasks.at(task, (tasks.startMs[i] + tasks.endMs[i]) / 2), i);
  }
  assert.equal(tasks.at(0, report.wallMs + 1), -1);
});

test('levels: the mean over all is the report’s, and over a pixel what adding up gives', () => {
  for (let seed = 20; seed < 24; seed++) {
    const report = randomRun({ seed, spans: 2000, tasks: 6, processors: 2 });
    const { levels } = atOnce(indexOf(report));
    const [mean, most] = [new Float32Array(1), new Float32Array(1)];
    levels[0].walk(0, report.wallMs, mean, most);
    near(mean[0], report.parallelism.mean, 'parallelism');
    assert.ok(most[0] <= report.processors);
    near(mean[0] * report.wallMs, report.busyMs, 'mean × wall is busy');
    let all = 0;
    for (const steps of levels) {
      steps.walk(0, report.wallMs, mean, most);
      all += mean[0];
    }
    near(all, report.concurrency.mean, 'concurrency');
    const next = random(seed);
    /** @type {[Float32Array, Float32Array]} */
    const pixels = [new Float32Array(WIDTH), new Float32Array(WIDTH)];
    for (let trial = 0; trial < 10; trial++) {
      const pixelMs = report.wallMs / WIDTH / 10 ** (next() * 3);
      const fromMs = next() * (report.wallMs - WIDTH * pixelMs);
      levels[1].walk(fromMs, pixelMs, ...pixels);
      const { states } = report;
      for (let x = 0; x < WIDTH; x += 7) {
        let sum = 0;
        for (let i = 0; i < states.task.length; i++) {
          if (states.state[i] === 1)
            sum += overlap(states.startMs[i], states.endMs[i], fromMs + x * pixelMs, fromMs + (x + 1) * pixelMs);
        }
        near(pixels[0][x], sum / pixelMs, `pixel ${x}`, 1e-3);
        assert.ok(pixels[1][x] >= pixels[0][x] - 1e-4, 'a mean is not above the most');
      }
    }
  }
});

test('levels of intervals that meet, and of none', () => {
  const steps = atOnce(levelsOf(Float64Array.of(0, 2, 2), Float64Array.of(2, 3, 4), 5));
  assert.deepEqual(
    [-1, 0, 1.9, 2, 2.5, 3, 3.5, 4].map((ms) => steps.valueAt(ms)),
    [0, 1, 1, 2, 2, 1, 1, 0],
  );
  const none = atOnce(levelsOf(new Float64Array(0), new Float64Array(0), 5));
  const [mean, most] = [new Float32Array(3).fill(9), new Float32Array(3).fill(9)];
  none.walk(0, 1, mean, most);
  assert.deepEqual([...mean, ...most], [0, 0, 0, 0, 0, 0]);
  assert.equal(none.valueAt(1), 0);
});

test('times are sorted to within a tick', () => {
  const next = random(4);
  const times = Float64Array.from({ length: 5000 }, () => next() * 300);
  const sorted = atOnce(sortedTimes(times, 300));
  const expected = times.slice().sort();
  sorted.forEach((ms, i) => near(ms, expected[i], '', 1e-7));
  assert.equal(atOnce(sortedTimes(new Float64Array(0), 0)).length, 0);
});

test('a viewport keeps to its axis, and what is zoomed at stays where it is', () => {
  const next = random(6);
  for (let trial = 0; trial < 500; trial++) {
    const whole = 1 + next() * 1e4;
    const from = next() * whole;
    const view = new Viewport(from, from + next() * whole, whole);
    const ms = view.startMs + next() * view.lengthMs;
    for (const other of [
      view.zoom(ms, 2),
      view.zoom(ms, 0.3),
      view.pan(next() * whole - whole / 2),
      view.show(ms, ms),
      view.onAxis(whole / 3),
    ]) {
      assert.ok(other.startMs >= 0 && other.endMs <= other.wholeMs * (1 + 1e-12) && other.lengthMs > 0);
    }
    const nearer = view.zoom(ms, 2);
    if (view.lengthMs > whole * 4e-6) {
      near((ms - nearer.startMs) / nearer.lengthMs, (ms - view.startMs) / view.lengthMs, 'share', 1e-6);
    }
  }
  assert.ok(new Viewport(0, 5, 5).whole);
  assert.ok(!new Viewport(1, 2, 5).whole);
  assert.ok(new Viewport(0, 5, 5).zoom(2, 0.1).whole, 'not further than all');
});

test('rows are those whose name holds what is looked for', () => {
  const groups = new Groups();
  groups.add({
    id: Uint32Array.of(0, 1, 2, 3),
    name: ['main', 'soup', 'rice', 'Soup two'],
    parent: Int32Array.of(-1, 0, 0, 0),
  });
  const rowsFor = (wanted) => new RowList(planRows([groups], { opened: new Set(), ...wanted }), groups);
  const tasks = (rows) => Array.from({ length: rows.count }, (_, row) => rows.taskAt(row));
  assert.deepEqual(tasks(rowsFor({ find: 'soup', only: null })), [1, 3]);
  assert.deepEqual(tasks(rowsFor({ find: 'x', only: 'soup' })), [1]);
  const all = rowsFor({ find: ' ', only: null });
  assert.deepEqual([all.count, all.taskAt(3), all.taskAt(4), all.rowOf(2), all.rowOf(4)], [4, 3, -1, 2, -1]);
  const some = rowsFor({ find: 'soup', only: null });
  assert.deepEqual([some.rowOf(3), some.rowOf(0)], [1, -1]);
});

test('a raster fills what it is told and nothing outside', () => {
  const raster = new Raster(3, 10);
  raster.column(1, -4, 6, 7);
  raster.column(2, 8, 40, 5);
  assert.deepEqual(
    [0, 1, 2].map((x) => raster.pixels.filter((colour, at) => at % 3 === x && colour !== 0).length),
    [0, 2, 2],
  );
  const shares = new Shares(3, 1);
  shares.turns[0] = 1;
  shares.inState[0][1] = 0.5;
  shares.turns[1] = 4;
  shares.inState[2][2] = 1;
  const rows = new Raster(3, 16);
  rows.row(shares, 0, 16, { processors: Uint32Array.of(9), ready: 2, blocked: 3, waits: 4, states: [] });
  const heights = [0, 1, 2].map((x) => rows.pixels.filter((colour, at) => at % 3 === x && colour !== 0).length);
  assert.deepEqual(heights, [16, 8, 1]);
  assert.equal(packed('rgb(1, 2, 3)') >>> 24, 255);
});

test('long work pauses, and is dropped when nobody wants it any more', async () => {
  function* endless() {
    for (;;) yield;
  }
  let asked = 0;
  assert.equal(await inSlices(endless(), () => ++asked < 3), null);
  assert.equal(asked, 3);
  function* short() {
    yield;
    return 5;
  }
  assert.equal(await inSlices(short()), 5);
});
