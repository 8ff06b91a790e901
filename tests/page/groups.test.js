// Groups of tasks: the rows of a timeline, and the number of a group's tasks in each state. A run
// looks the same shortly before and after its end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATES } from '../../www/common/messages.js';
import { describeGroup } from '../../www/timeline/words/describe-group.js';
import { countAt, GroupShares, stretchAt, stretchBefore, sumGroup } from '../../www/timeline/index/group-levels.js';
import { Groups, groupWords } from '../../www/timeline/index/groups.js';
import { layoutOf, MOST_ROWS, ROWS_AT_ONCE } from '../../www/timeline/layout/layout.js';
import { Raster } from '../../www/timeline/drawing/raster.js';
import { labelOf, planRows, RowList } from '../../www/timeline/layout/rows.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce } from '../../www/common/slices.js';
import { TimeScale } from '../../www/timeline/layout/time-scale.js';
import { LiveTimeline } from '../../www/timeline/index/timeline.js';
import { Shares } from '../../www/timeline/index/tracks.js';
import { random, randomRun } from './random-run.js';

/** @type {[string, string]} */
const TASK = ['task', 'tasks'];

/** Makes groups of main and of tasks with these names. By default main created all tasks. */
function groupsOf(names, parents = names.map(() => 0)) {
  const groups = new Groups();
  groups.add({
    id: Uint32Array.from({ length: names.length + 1 }, (_, id) => id),
    name: ['main', ...names],
    parent: Int32Array.of(-1, ...parents),
  });
  return groups;
}

const series = (name, n) => Array.from({ length: n }, (_, i) => `${name} ${i + 1}`);

/** Returns the rows of a lane as text: the labels of groups and the names of tasks. */
function rowsOf(lanes, opened = [], lane = 0) {
  const plan = planRows(lanes, { find: '', only: null, opened: new Set(opened) });
  const rows = new RowList(plan, lanes[lane]);
  const names = Array.from({ length: lanes[lane].count }, (_, task) => lanes[lane].nameOf(task));
  return Array.from({ length: rows.count }, (_, row) => {
    const { name, more } = labelOf(rows, row, names, TASK);
    return more ? `${name} ${more}` : name;
  });
}

test('few tasks have a row each', () => {
  const names = series('counter', ROWS_AT_ONCE - 1);
  assert.deepEqual(rowsOf([groupsOf(names)]), ['main', ...names]);
});

test('a numbered series is a group with its own name, and other tasks keep their rows', () => {
  assert.deepEqual(rowsOf([groupsOf(series('counter', 64))]), ['main', '64 counters']);
  assert.deepEqual(rowsOf([groupsOf(['generator', ...series('squarer', 30), 'merger'])]), [
    'main',
    'generator',
    '30 squarers',
    'merger',
  ]);
  assert.deepEqual(rowsOf([groupsOf([...series('waits', 16), ...series('computes', 16)])]), [
    'main',
    '16 waits',
    '16 computes',
  ]);
  assert.deepEqual(rowsOf([groupsOf([1, 2, 3, 4].flatMap((image) => series(`image ${image} tile`, 9)))]), [
    'main',
    '36 image tiles',
  ]);
});

test('tasks whose names have nothing in common are grouped by the task that created them', () => {
  const words = ['soup', 'rice', 'stew', 'beans', 'peas', 'corn', 'eggs', 'leek'];
  const dishes = Array.from({ length: 40 }, (_, n) => (n < 8 ? words[n] : `${words[n % 8]} ${Math.floor(n / 8) + 1}`));
  assert.deepEqual(rowsOf([groupsOf(dishes)]), ['main', '40 tasks started by main']);
  assert.deepEqual(groupWords(16, { series: '', parent: 'main' }, ['dish', 'dishes']), [
    '16 dishes',
    'started by main',
  ]);
  const names = [...series('chef', 3), ...dishes];
  const parents = names.map((_, i) => (i < 3 ? 0 : 1));
  assert.deepEqual(rowsOf([groupsOf(names, parents)]), ['main', '3 chefs', '40 tasks started by chef 1']);
});

test('where many tasks create a few each, all share one row', () => {
  const names = [...series('chef', 100), ...Array.from({ length: 300 }, (_, i) => `step ${i}`)];
  const parents = names.map((_, i) => (i < 100 ? 0 : 1 + (i % 100)));
  assert.deepEqual(rowsOf([groupsOf(names, parents)]), ['main', '400 tasks']);
});

test('all lanes have the same rows, although their tasks differ', () => {
  const lanes = [groupsOf(series('piece', 5)), groupsOf(series('piece', 40)), groupsOf([])];
  assert.deepEqual(
    [0, 1, 2].map((lane) => rowsOf(lanes, [], lane)),
    [
      ['main', '5 pieces'],
      ['main', '40 pieces'],
      ['main', '0 pieces'],
    ],
  );
  const opened = rowsOf(lanes, ['main/piece'], 0);
  assert.equal(opened.length, 2 + 40);
  assert.deepEqual(opened.slice(0, 9), [
    'main',
    '5 pieces',
    'piece 1',
    'piece 2',
    'piece 3',
    'piece 4',
    'piece 5',
    '',
    '',
  ]);
});

test('an open group shows as many tasks as there is room for, and says how many are left', () => {
  const groups = groupsOf([...series('counter', 1000), 'last']);
  const plan = planRows([groups], { find: '', only: null, opened: new Set(['main/counter']) });
  assert.equal(plan.rows.length, MOST_ROWS);
  assert.equal(plan.left, 1000 - (MOST_ROWS - 3));
  const rows = new RowList(plan, groups);
  assert.deepEqual(rows.groupRows, [1]);
  assert.equal(rows.rowOf(2), 3);
  assert.equal(rows.rowOf(1000), 1, 'found in the row of its group');
  assert.equal(rows.ownRow(1000), -1);
  assert.equal(rows.rowOf(1001), MOST_ROWS - 1);
});

test('rows that grow with a run are those of all its tasks', () => {
  const names = [...series('counter', 50), 'last', ...series('helper', 3)];
  const whole = groupsOf(names);
  const plan = planRows([whole], { find: '', only: null, opened: new Set(['main/counter']) });
  const growing = new Groups();
  const rows = new RowList(plan, growing);
  ['main', ...names].forEach((name, id) => {
    growing.add({ id: Uint32Array.of(id), name: [name], parent: Int32Array.of(id === 0 ? -1 : 0) });
    rows.grow();
  });
  const expected = new RowList(plan, whole);
  for (let task = 0; task < whole.count; task++) {
    assert.deepEqual(
      [rows.ownRow(task), rows.wholeRow(task)],
      [expected.ownRow(task), expected.wholeRow(task)],
      `task ${task}`,
    );
    if (rows.ownRow(task) >= 0) assert.equal(rows.taskAt(rows.ownRow(task)), task);
  }
});

test('a task that comes late takes its place in its group', () => {
  const groups = new Groups();
  const add = (id, name) =>
    groups.add({ id: Uint32Array.of(id), name: [name], parent: Int32Array.of(id === 0 ? -1 : 0) });
  add(0, 'main');
  for (let id = 2; id <= 20; id++) add(id, `counter ${id}`);
  const plan = planRows([groups], { find: '', only: null, opened: new Set(['main/counter']) });
  const rows = new RowList(plan, groups);
  assert.deepEqual([rows.rowOf(1), rows.rowOf(2), rows.taskAt(2)], [-1, 2, 2]);
  add(1, 'counter 1');
  rows.grow();
  assert.deepEqual([rows.ownRow(1), rows.ownRow(2), rows.taskAt(2)], [2, 3, 1]);
  assert.equal(rows.rowOf(20), 1, 'the plan has no row for one more yet');
});

const overlap = (a, b, c, d) => Math.max(0, Math.min(b, d) - Math.max(a, c));

test('a group’s levels are what adding up its tasks’ intervals gives', () => {
  for (let seed = 1; seed <= 4; seed++) {
    const report = randomRun({ seed, spans: 3000, tasks: 40, processors: 3 });
    const index = atOnce(indexOf(report));
    const members = Array.from({ length: 20 }, (_, i) => 2 * i);
    atOnce(sumGroup(index, { key: 'even', tasks: members }));
    const { levels, running, most: atOnceMost } = index.groups.get('even');
    const next = random(seed);
    for (let trial = 0; trial < 50; trial++) {
      const [from, to] = [next(), next()].map((share) => share * report.wallMs).sort((a, b) => a - b);
      const [mean, most] = [new Float32Array(1), new Float32Array(1)];
      const counts = STATES.map(() => 0);
      STATES.forEach((_, state) => {
        levels[state].walk(from, to - from, mean, most);
        let sum = 0;
        const { task, state: states, startMs, endMs } = report.states;
        for (let i = 0; i < task.length; i++) {
          if (task[i] % 2 !== 0 || states[i] !== state) continue;
          sum += overlap(startMs[i], endMs[i], from, to);
          if (startMs[i] <= from && from < endMs[i]) counts[state]++;
        }
        assert.ok(
          Math.abs(mean[0] - sum / (to - from)) < 1e-3 * Math.max(1, mean[0]),
          `${mean[0]}, not ${sum / (to - from)}`,
        );
      });
      let ran = 0;
      const { task, state, startMs, endMs } = report.states;
      for (let i = 0; i < task.length; i++)
        if (task[i] % 2 === 0 && state[i] === 0) ran += overlap(startMs[i], endMs[i], from, to);
      let byProcessor = 0;
      const shares = new Shares(1, 3);
      for (let p = 0; p < running.rows; p++) {
        running.walk(p, from, to - from, Infinity, shares, () => {});
        byProcessor += shares.inState[0][0];
      }
      assert.ok(Math.abs(byProcessor - ran / (to - from)) < 1e-3, 'the processors of a group together');
      assert.ok(counts.reduce((a, b) => a + b) <= atOnceMost);
      const stretch = stretchAt(levels, from, report.wallMs);
      assert.deepEqual(stretch.counts, counts);
      assert.ok(stretch.fromMs <= from && from < stretch.toMs);
      assert.deepEqual(stretchAt(levels, (from + stretch.fromMs) / 2, report.wallMs).counts, counts);
      const before = stretchAt(levels, stretchBefore(levels, stretch.fromMs), report.wallMs);
      assert.ok(Math.abs(before.toMs - stretch.fromMs) < 1e-9, 'stretches meet');
    }
  }
});

/** Returns the columns of a report as one step of a live run. */
const stepOf = ({ tasks, states, output }) => ({
  tasks,
  states,
  output,
  open: {
    task: new Uint32Array(0),
    state: new Uint8Array(0),
    reason: new Uint8Array(0),
    channel: new Int32Array(0),
    processor: new Int32Array(0),
    startMs: new Float64Array(0),
  },
});

test('how many are in which state at a moment is the same live and in the end', () => {
  const report = randomRun({ seed: 3, spans: 2000, tasks: 30, processors: 2 });
  const index = atOnce(indexOf(report));
  const members = Array.from({ length: 29 }, (_, i) => i + 1);
  const group = {
    key: 'main/task',
    nth: -1,
    size: 29,
    open: false,
    series: 'task',
    parent: 'main',
    tasks: members,
    most: 0,
  };
  atOnce(sumGroup(index, group));
  const timeline = new LiveTimeline(2);
  timeline.add(stepOf(report), report.wallMs);
  const next = random(9);
  for (let trial = 0; trial < 60; trial++) {
    const ms = next() * report.wallMs;
    const { counts } = stretchAt(index.groups.get('main/task').levels, ms, report.wallMs);
    assert.deepEqual(
      countAt(timeline, (task) => task > 0, ms),
      counts,
    );
    const { name, rows } = describeGroup(index, group, ms, TASK);
    assert.equal(name, '29 tasks');
    const said = Object.fromEntries(rows);
    STATES.forEach((state, i) => {
      const text = said[state[0].toUpperCase() + state.slice(1)];
      assert.equal(parseInt(text, 10), counts[i]);
      if (counts[i] > 0 && counts[i] <= 4) assert.equal(text.match(/task \d+/g)?.length, counts[i], text);
    });
  }
});

/** All images that were drawn with `putImageData`. */
let put = [];

class Canvas {
  constructor(width = 1, height = 1) {
    Object.assign(this, { width, height });
    this.ink = new Proxy(
      {},
      {
        get:
          (_, what) =>
          (...figures) => {
            if (what === 'putImageData') put.push(figures[0]);
            return what === 'measureText' ? { width: 6 * figures[0].length } : undefined;
          },
        set: () => true,
      },
    );
  }

  getContext() {
    return this.ink;
  }
}
Object.assign(globalThis, {
  OffscreenCanvas: Canvas,
  document: { createElement: () => new Canvas() },
  ImageData: class {
    constructor(width, height) {
      Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
    }
  },
});

test('a run looks the same while it goes on and when it has ended', async () => {
  const { ClosedLayer } = await import('../../www/timeline/drawing/closed-layer.js');
  const { IndexedLayer } = await import('../../www/timeline/drawing/indexed-layer.js');
  const hue = { fill: 'rgb(10, 20, 30)', ink: 'white' };
  /** @type {any} the part of a palette that the timelines in this test use */
  const palette = {
    font: 'serif',
    blocked: 'rgb(1, 1, 1)',
    cursor: 'rgb(2, 2, 2)',
    processors: [hue],
    share: { running: 'rgb(3, 3, 3)', ready: 'rgb(4, 4, 4)', blocked: 'rgb(5, 5, 5)' },
  };
  for (const density of [1, 2]) {
    const report = randomRun({ seed: 7, spans: 4000, tasks: 40, processors: 9 });
    const index = atOnce(indexOf(report));
    const timeline = new LiveTimeline(9);
    timeline.add(stepOf(report), report.wallMs);
    const plan = planRows([timeline.groups], { find: '', only: null, opened: new Set(['main/task']) });
    const rows = new RowList(plan, timeline.groups);
    for (const row of rows.groupRows) atOnce(sumGroup(index, rows.groupAt(row)));
    const layout = layoutOf({ rows: rows.count, groupRows: rows.groupRows, processors: 9, narrow: false });
    assert.equal(layout.together, 9);
    const scale = new TimeScale(0, report.wallMs * 1.04, 96, 600);
    /** @type {any} */
    const ink = new Canvas().ink;
    put = [];
    const closed = new ClosedLayer(timeline, layout, scale, palette, density, () => '', rows, null);
    closed.full = { 'main/task': 39 };
    while (closed.advance());
    closed.drawOn(ink);
    const live = put.at(-1);
    put = [];
    new IndexedLayer().draw(ink, {
      index,
      layout,
      scale,
      palette,
      density,
      rows,
      mostTasks: 40,
      full: { 'main/task': 39 },
      wordOf: () => '',
    });
    const ended = put.at(-1);
    assert.deepEqual([live.width, live.height], [ended.width, ended.height]);
    const [a, b] = [live, ended].map(({ data }) => new Uint32Array(data.buffer));
    const filled = b.filter((pixel) => pixel !== 0).length;
    const different = a.filter((pixel, i) => pixel !== b[i]).length;
    assert.ok(filled > 20_000, `${filled} pixels`);
    // A few pixels may differ, because halves may be rounded up or down.
    assert.ok(different < filled / 500, `${different} of ${filled} pixels differ at density ${density}`);
  }
});

test('shares of a group that goes on leave the closed ones as they are', () => {
  const shares = new GroupShares(4);
  shares.add(1, 0, 0, 3);
  shares.add(0, 5, 0, 1);
  const copy = shares.copy();
  copy.add(1, 0, 1, 4);
  copy.add(0, 5, 1, 2);
  copy.add(0, 2, 1, 2);
  assert.deepEqual(Array.from(shares.pixels.ready), [1, 1, 1, 0]);
  assert.deepEqual(Array.from(copy.pixels.ready), [1, 2, 2, 1]);
  assert.deepEqual(Array.from(copy.pixels.running[5]), [1, 1, 0, 0]);
  assert.deepEqual(Object.keys(shares.pixels.running), ['5'], 'processors that ran none are missing');
});

const COLOURS = { processors: Uint32Array.of(101, 102), ready: 0, blocked: 0, waits: 0, states: [0, 11, 12] };

/** Draws a group in a column one pixel wide, and counts the pixels of each colour. */
function heights(pixels, height, full) {
  const raster = new Raster(1, height);
  raster.group(pixels, 0, height, full, COLOURS);
  const found = {};
  for (const colour of raster.pixels) found[colour] = (found[colour] ?? 0) + 1;
  return found;
}

test('a group shows one running task of many, and all of them', () => {
  assert.deepEqual(heights({ running: [[1]], ready: [63], blocked: [0] }, 64, 64), { 101: 2, 11: 62 });
  const all = heights({ running: Array.from({ length: 64 }, () => [1]), ready: [0], blocked: [0] }, 64, 64);
  assert.deepEqual(all, { 101: 32, 102: 32 });
  assert.deepEqual(heights({ running: [[1], [1]], ready: [0], blocked: [2] }, 64, 8), {
    0: 32,
    101: 8,
    102: 8,
    12: 16,
  });
  assert.deepEqual(heights({ running: [], ready: [0], blocked: [0] }, 8, 8), { 0: 8 });
});

test('a group’s height stands for the tasks that exist at once, not for all that ever did', () => {
  const report = randomRun({ seed: 4, spans: 500, tasks: 25, processors: 2 });
  const { tasks, states } = report;
  // Move all intervals, so that each task's intervals come after the intervals of the task before.
  let at = 0;
  tasks.id.forEach((id) =>
    states.task.forEach((task, i) => {
      if (task !== id) return;
      const ms = states.endMs[i] - states.startMs[i];
      states.startMs[i] = at;
      states.endMs[i] = at += ms;
    }),
  );
  const index = atOnce(indexOf({ ...report, wallMs: at }));
  atOnce(sumGroup(index, { key: 'all', tasks: [...tasks.id] }));
  assert.equal(index.groups.get('all').most, 1);
  const groups = groupsOf(series('counter', 30));
  for (const open of [[0, 1, 2], [0, 2, 3, 4], [0]]) groups.countExisting({ task: Uint32Array.from(open) });
  assert.equal(groups.withKey(0, 'main/counter').most, 3);
});
