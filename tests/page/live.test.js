// The timeline of a run in progress, on canvases that only record the drawing operations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutOf } from '../../www/timeline/layout/layout.js';
import { step } from './step.js';

/** All drawing operations: the canvas, the name of the operation, and its arguments. */
let drawn = [];

class CountingCanvas {
  constructor(width, height) {
    Object.assign(this, { width, height });
    this.ink = new Proxy(
      {},
      {
        get:
          (_, what) =>
          (...figures) => {
            if (what === 'measureText') return { width: 6 * figures[0].length };
            drawn.push({ canvas: this, what, figures });
            return undefined;
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
  OffscreenCanvas: CountingCanvas,
  ImageData: class {
    constructor(width, height) {
      Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
    }
  },
});

const { NO_PLAN } = await import('../../www/timeline/layout/rows.js');
const { LiveDrawing } = await import('../../www/timeline/drawing/live-drawing.js');

const hue = { fill: 'blue', ink: 'white' };
/** @type {any} the part of a palette that the timelines in this test use */
const palette = {
  font: 'serif',
  blocked: 'rgb(1,1,1)',
  cursor: 'rgb(2,2,2)',
  processors: [hue, hue],
  share: { running: 'rgb(3,3,3)', ready: 'rgb(4,4,4)', blocked: 'rgb(5,5,5)' },
};

/**
 * Returns the scene of a timeline with this number of tasks.
 *
 * @param {number} tasks
 * @param {Partial<import('../../www/timeline/drawing/live-drawing.js').SentScene>} [more]
 * @returns {import('../../www/timeline/drawing/live-drawing.js').SentScene}
 */
const scene = (tasks, more = {}) => ({
  layout: layoutOf({ rows: tasks, processors: 1, narrow: false }),
  scale: { startMs: 0, endMs: 100, left: 100, width: 500 },
  palette,
  density: 1,
  words: ['', 'waits to send'],
  stripName: 'a processor',
  cursorMs: null,
  cursorY: null,
  noun: ['task', 'tasks'],
  plan: NO_PLAN,
  full: {},
  ...more,
});

/**
 * Returns the operations with which `paint` draws the closed states. These are the operations on
 * all canvases except the timeline's own canvas and the canvas with the names.
 */
function closed(drawing, canvas) {
  drawn = [];
  drawing.paint();
  return drawn.filter((each) => each.canvas !== canvas && each.what !== 'scale' && !isBackdrop(each.canvas));
}

const names = () => drawn.filter(({ what }) => what === 'fillText').map(({ figures }) => figures[0]);

const isBackdrop = (canvas) =>
  drawn.some((each) => each.canvas === canvas && each.what === 'fillText' && each.figures[0] === 'a processor');

const rows = (marks) => marks.filter(({ what }) => what === 'roundRect').map(({ figures }) => figures[1]);

test('what has closed is drawn once, in its row', () => {
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = new LiveDrawing(canvas, 1);
  const { layout } = scene(2);
  drawing.setScene(scene(2));
  drawing.add(
    step({
      ids: [0, 1],
      names: ['main', 'soup'],
      turns: [
        [0, 0, 0, 20],
        [0, 1, 20, 60],
      ],
    }),
    60,
  );
  assert.deepEqual(
    rows(closed(drawing, canvas)),
    [0, 1].map((row) => layout.top + row * layout.rowPitch + (layout.rowPitch - layout.rowHeight) / 2),
  );
  assert.deepEqual(closed(drawing, canvas), [], 'nothing has come');
  drawing.setScene(scene(2, { cursorMs: 30, cursorY: 10 }));
  assert.deepEqual(closed(drawing, canvas), [], 'a cursor lies above what has closed');
  drawing.add(step({ turns: [[0, 0, 60, 90]] }), 90);
  assert.equal(rows(closed(drawing, canvas)).length, 1, 'what has come, and no more');
});

test('it is drawn anew where it would look otherwise', () => {
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = new LiveDrawing(canvas, 1);
  drawing.setScene(scene(2));
  drawing.add(
    step({
      ids: [0, 1],
      names: ['main', 'soup'],
      turns: [
        [0, 0, 0, 20],
        [0, 1, 20, 60],
      ],
    }),
    60,
  );
  closed(drawing, canvas);
  for (const change of [
    { scale: { startMs: 0, endMs: 200, left: 100, width: 500 } },
    { palette: { ...palette, font: 'sans' } },
    { density: 2 },
  ]) {
    drawing.setScene(scene(2, change));
    assert.equal(rows(closed(drawing, canvas)).length, 2, Object.keys(change)[0]);
  }
  drawing.setScene(scene(2, { plan: { ...NO_PLAN, find: 'soup' } }));
  assert.equal(rows(closed(drawing, canvas)).length, 1, 'the one that is looked for');
});

test('tasks that come after the first scene have their rows', () => {
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = new LiveDrawing(canvas, 1);
  drawing.setScene(scene(3));
  assert.deepEqual(closed(drawing, canvas), []);
  drawing.add(
    step({
      ids: [0, 1, 2],
      names: ['main', 'soup', 'rice'],
      turns: [
        [0, 1, 0, 20],
        [0, 2, 20, 60],
      ],
    }),
    60,
  );
  assert.equal(rows(closed(drawing, canvas)).length, 2);
});

test('what is open reaches as far as the run was seen', () => {
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = new LiveDrawing(canvas, 1);
  drawing.setScene(scene(1));
  drawing.add(step({ ids: [0], names: ['main'], open: [[0, 0, 255, -1, 0, 10]] }), 60);
  drawn = [];
  drawing.paint();
  const [from, , width] = drawn.find(({ what }) => what === 'roundRect').figures;
  assert.deepEqual([from, from + width], [150, 400]);
});

test('names are drawn when tasks have come, and not again', () => {
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = new LiveDrawing(canvas, 1);
  drawing.setScene(scene(2));
  for (const [coming, expected] of [
    [['main'], ['main', '', 'a processor']],
    [[], []],
    [['soup'], ['main', 'soup', 'a processor']],
  ]) {
    drawing.add(step({ ids: coming.map((name) => Number(name === 'soup')), names: coming }), 0);
    closed(drawing, canvas);
    assert.deepEqual(
      names().filter((text) => !/ms$/.test(text)),
      expected,
    );
  }
});

test('nothing is drawn before anybody has said how', () => {
  const canvas = new OffscreenCanvas(1, 1);
  drawn = [];
  assert.equal(new LiveDrawing(canvas, 1).paint(), false);
  assert.deepEqual(drawn, []);
});

test('what a task waits for is written where there is room, with its channel where there is room for that', () => {
  for (const { ms, expected } of [
    { ms: 100, expected: 'waits to send on channel 8' },
    { ms: 25, expected: 'waits to send' },
    { ms: 15, expected: undefined },
  ]) {
    const canvas = new OffscreenCanvas(1, 1);
    const drawing = new LiveDrawing(canvas, 1);
    drawing.setScene(scene(1, { words: ['', 'waits to send'] }));
    drawing.add(step({ ids: [0], names: ['main'], open: [[0, 2, 1, 7, -1, 0]] }), ms);
    drawn = [];
    drawing.paint();
    assert.equal(
      names().find((text) => text.startsWith('waits')),
      expected,
      `${5 * ms} px`,
    );
  }
});
