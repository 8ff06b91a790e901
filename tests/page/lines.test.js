// Lines of source: what happened at each line, and how the page names the lines of an interval.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_PLACE, STATES } from '../../www/common/messages.js';
import { atOnce } from '../../www/common/slices.js';
import { linesOf, lineSums, placeOf } from '../../www/timeline/index/lines.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { describe } from '../../www/timeline/words/describe.js';
import { lineName, sumsWords } from '../../www/timeline/words/line-words.js';
import { randomRun } from './random-run.js';

const RUNNING = STATES.indexOf('running');

const report = randomRun({ seed: 5, spans: 800, tasks: 12, processors: 3 });
const { states, places, channelEvents, tasks } = report;
const rows = Array.from(states.task, (_, row) => row);

test('the sums of a line are those of the rows that have its place', () => {
  const sums = atOnce(lineSums(report));
  assert.equal(sums.length, places.length);
  let intervals = 0;
  sums.forEach(({ count, ms, operations, started }, place) => {
    STATES.forEach((_, state) => {
      const own = rows.filter((row) => states.place[row] === place && states.state[row] === state);
      assert.equal(count[state], own.length);
      const spent = own.reduce((sum, row) => sum + states.endMs[row] - states.startMs[row], 0);
      assert.ok(Math.abs(ms[state] - spent) < 1e-9);
      intervals += own.length;
    });
    assert.equal(operations, channelEvents.place.filter((own) => own === place).length);
    assert.equal(started, tasks.place.filter((own) => own === place).length);
  });
  assert.equal(intervals, rows.filter((row) => states.place[row] !== NO_PLACE).length);
  assert.ok(intervals > 800, `${intervals} intervals are too few to show anything`);
});

test('an interval has the lines of its columns, and says them', () => {
  const index = atOnce(indexOf(report));
  let said = 0;
  index.tasks.order.forEach((row, interval) => {
    const lines = linesOf(report, row);
    const column = (/** @type {Uint16Array} */ places) => report.places[places[row]] ?? null;
    assert.deepEqual(lines, {
      at: column(states.place),
      from: column(states.fromPlace),
      by: column(states.byPlace),
    });
    assert.equal(lines.from !== null, states.state[row] === RUNNING);
    const words = Object.fromEntries(describe(index, interval, () => 'waits', ['cook', 'cooks']).rows);
    for (const line of [lines.at, lines.from]) {
      if (!line) continue;
      assert.match(words.Line, new RegExp(`\\bline ${line.line}\\b`));
      said++;
    }
    if (lines.by) assert.match(words['Made ready by'], new RegExp(`, at line ${lines.by.line}$`));
  });
  assert.ok(said > 1000);
});

test('a line is found by its file and its number, in a run that has been there', () => {
  places.forEach((line, place) => assert.equal(placeOf(report, { ...line }), place));
  assert.equal(placeOf(report, { file: 'random.rs', line: 4 }), NO_PLACE);
  assert.equal(placeOf(report, { file: 'other.rs', line: 3 }), NO_PLACE);
  assert.equal(placeOf(report, null), NO_PLACE);
});

test('the file is named only where there are several', () => {
  const line = { file: 'a/b/sum.rs', line: 7 };
  assert.equal(lineName({ ...report, places: [line] }, line), 'line 7');
  assert.equal(lineName({ ...report, places: [line, { file: 'pool.rs', line: 1 }] }, line), 'line 7 of sum.rs');
});

test('what happened at a line, in words', () => {
  const nothing = { count: [0, 0, 0], ms: [0, 0, 0], operations: 0, started: 0 };
  assert.equal(sumsWords(nothing), '');
  assert.equal(sumsWords({ ...nothing, operations: 1 }), '1 channel operation');
  assert.equal(
    sumsWords({ count: [1, 0, 2], ms: [3, 0, 40], operations: 0, started: 5 }),
    '2 waits (40 ms), 1 turn ended here (3.0 ms) and 5 tasks started',
  );
});
