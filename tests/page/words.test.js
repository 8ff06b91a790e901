// The texts that the page reads and writes (URLs, fields, figures), and reports for scripts.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { hashOf, placeOf } from '../../www/page/address.js';
import { laneOf, optionsOf } from '../../www/common/lanes.js';
import { reportOf } from '../../www/common/report.js';
import { numberOrText, textOf, valueIn } from '../../www/form/values.js';
import { list, time } from '../../www/common/words.js';

const param = (kind, value) => ({
  name: 'p',
  label: 'P',
  kind,
  unit: '',
  min: 0,
  max: 9,
  default: value,
  choices: [],
  primary: true,
  help: '',
});

test('an address goes there and back, whatever it holds', () => {
  /** @type {[string, string[]][][]} */
  const addresses = [
    [],
    [['dishes', ['4']]],
    [['numbers', ['7', '-2', '', '0']]],
    [['a b', ['x&y=z?', '#/%', 'ü']]],
    [['dishes', ['']]],
  ];
  for (const values of addresses) {
    for (const view of ['', 'projector']) {
      for (const recorded of ['', 'aB-_9']) {
        const place = { program: 'kitchen', values: new Map(values), view, recorded };
        assert.deepEqual(placeOf(hashOf(place)), place);
      }
    }
  }
  assert.deepEqual(placeOf(''), { program: '', values: new Map(), view: '', recorded: '' });
  assert.deepEqual(placeOf('#/sum?view=cinema').values, new Map([['view', ['cinema']]]), 'kept, to be refused');
  assert.equal(placeOf('#/100%').program, '100%', 'a stray % is no fault');
  assert.equal(placeOf('#kitchen?dishes=3').program, 'kitchen', 'the slash may be missing');
});

test('text is a number only where it reads as a decimal one', () => {
  /** @type {[string, number][]} */
  const numbers = [
    ['4', 4],
    [' -2.5 ', -2.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['+7', 7],
  ];
  for (const [text, value] of numbers) {
    assert.equal(numberOrText(text), value);
  }
  for (const text of ['NaN', 'Infinity', '0x10', '1_000', '0,8', '4 dishes', '1n', '--1', 'e3']) {
    assert.equal(numberOrText(text), text);
  }
});

const whole = { ...param('integer', 4), unit: 'ms' };
const decimal = { ...param('number', 0.8), unit: 's' };

test('a number may be written as the page writes it, with its unit, and in full width', () => {
  /** @type {[string, number][]} */
  const integers = [
    ['1,000', 1000],
    ['-1,000,000', -1_000_000],
    ['1 000', 1000],
    ['1\u202f000', 1000],
    ['60 ms', 60],
    ['60ms', 60],
    ['1,420 ms', 1420],
    ['６０', 60],
    ['−5', -5],
    ['＋7', 7],
    [' 60 ', 60],
    ['\u00a060', 60],
    ['60.0', 60],
  ];
  for (const [text, value] of integers) assert.equal(valueIn(whole, text), value, text);
  /** @type {[string, number][]} */
  const decimals = [
    ['0.8 s', 0.8],
    ['0.500', 0.5],
    ['．５', 0.5],
    ['1.5', 1.5],
  ];
  for (const [text, value] of decimals) assert.equal(valueIn(decimal, text), value, text);
  for (const ms of [0.2, 12, 1420, 9999, 123_456]) {
    if (time(ms).endsWith(' ms'))
      assert.equal(valueIn({ ...whole, kind: ms < 1 ? 'number' : 'integer' }, time(ms)), ms, time(ms));
  }
});

test('what can be read in two ways, or in none, goes on as text', () => {
  for (const text of [
    '1.000',
    '-12.345',
    '1.000.000',
    '1,00',
    '60,5',
    '1,0000',
    '0,500',
    '1, 000',
    '1 00',
    '1,000 000',
    '60 s',
    '- 5',
    '1.000 ms',
    '1٬000',
  ]) {
    assert.equal(valueIn(whole, text), text, text);
  }
  for (const text of ['1.000', '0,8', '1,000', '1 000', '8 ms']) assert.equal(valueIn(decimal, text), text, text);
  assert.deepEqual(valueIn(param('list', [1]), '1,000'), ['1,000']);
  assert.deepEqual(valueIn(param('list', [1]), '1 000'), [1, '000']);
  assert.deepEqual(valueIn(param('list', [1]), '1.000, 2'), ['1.000', 2]);
  assert.deepEqual(valueIn(param('list', [1]), '1,2,3, 400 , 5'), [1, 2, 3, 400, 5]);
});

test('a field gives a value as its kind has it, and nothing where it is empty', () => {
  assert.equal(valueIn(param('integer', 4), '8'), 8);
  assert.equal(valueIn(param('integer', 4), ' '), undefined);
  assert.equal(valueIn(param('choice', 'wait'), '8'), '8', 'a choice is a word');
  assert.deepEqual(valueIn(param('list', [1]), '7, 2  8;x'), [7, 2, 8, 'x']);
  assert.deepEqual(valueIn(param('list', [1]), ''), [], 'an empty list is a list');
  assert.equal(valueIn(param('list', null), ''), undefined);
  for (const value of [[7, -2], [], [0.5]]) assert.deepEqual(valueIn(param('list', [1]), textOf(value)), value);
});

test('each lane changes one thing', () => {
  const form = { processors: 8, seed: 3 };
  assert.deepEqual(optionsOf('sequential', form), { structure: 'sequential', processors: 1, seed: 3 });
  assert.deepEqual(optionsOf('concurrent', form), { structure: 'concurrent', processors: 1, seed: 3 });
  assert.deepEqual(optionsOf('parallel', form), { structure: 'concurrent', processors: 8, seed: 3 });
});

test('a run belongs in the lane that executes it so', () => {
  const machine = { browserCores: 2, isolated: true, processors: 2 };
  assert.equal(laneOf({ structure: 'sequential', processors: 2 }, machine), 'sequential');
  assert.equal(laneOf({ processors: 1 }, machine), 'concurrent');
  assert.equal(laneOf({}, machine), 'parallel');
  assert.equal(laneOf({}, { ...machine, browserCores: 1 }), 'concurrent');
  assert.equal(laneOf({}, { ...machine, isolated: false }), 'concurrent');
});

test('figures are short', () => {
  assert.deepEqual([0, 0.354, 0.999, 4.24, 9.97, 419.6, 1250, 9_999.7].map(time), [
    '0 ms',
    '0.35 ms',
    '1.0 ms',
    '4.2 ms',
    '10 ms',
    '420 ms',
    '1,250 ms',
    '10.0 s',
  ]);
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list), ['', 'a', 'a and b', 'a, b and c']);
});

test('scripts get words for codes and null for what is missing', () => {
  /** @type {any} the part of a report that `reportOf` reads */
  const sent = {
    program: 'sum',
    wallMs: 3,
    tasks: {
      id: Uint32Array.of(0, 1),
      name: ['main', 'part 1'],
      parent: Int32Array.of(-1, 0),
      place: Uint16Array.of(65535, 4),
      createdMs: Float64Array.of(0, NaN),
      firstRunMs: Float64Array.of(0, NaN),
      endedMs: Float64Array.of(3, NaN),
      runningMs: new Float64Array(2),
      readyMs: new Float64Array(2),
      blockedMs: new Float64Array(2),
      endedBy: Uint8Array.of(0, 255),
    },
    states: {
      task: Uint32Array.of(0, 1, 1),
      state: Uint8Array.of(2, 1, 0),
      reason: Uint8Array.of(2, 255, 7),
      channel: Int32Array.of(3, -1, -1),
      processor: Int32Array.of(-1, -1, 1),
      by: Int32Array.of(-1, 0, -1),
      place: Uint16Array.of(0, 4, 65535),
      fromPlace: Uint16Array.of(65535, 65535, 4),
      byPlace: Uint16Array.of(65535, 2, 65535),
      startMs: Float64Array.of(0, 1, 2),
      endMs: Float64Array.of(1, 2, 3),
    },
    channelEvents: {
      channel: Uint32Array.of(0),
      kind: Uint8Array.of(1),
      task: Uint32Array.of(0),
      operation: Uint32Array.of(1),
      length: Uint32Array.of(0),
      place: Uint16Array.of(1),
      atMs: Float64Array.of(2),
    },
  };
  const report = reportOf(sent);
  assert.deepEqual(report.tasks.parent, [null, 0]);
  assert.deepEqual(report.tasks.place, [null, 4]);
  assert.deepEqual(report.states.place, [0, 4, null]);
  assert.deepEqual(report.states.fromPlace, [null, null, 4]);
  assert.deepEqual(report.states.byPlace, [null, 2, null]);
  assert.deepEqual(report.channelEvents.place, [1]);
  assert.deepEqual(report.tasks.firstRunMs, [0, null]);
  assert.deepEqual(report.tasks.endedMs, [3, null]);
  assert.deepEqual(report.tasks.endedBy, ['returned', null]);
  assert.deepEqual(report.tasks.createdMs, [0, null]);
  assert.deepEqual(report.states.state, ['blocked', 'ready', 'running']);
  assert.deepEqual(report.states.reason, ['receive', null, 'ended']);
  assert.deepEqual(report.states.channel, [3, null, null]);
  assert.deepEqual(report.states.processor, [null, null, 1]);
  assert.deepEqual(report.states.by, [null, 0, null]);
  assert.deepEqual(
    report.spans,
    {
      processor: Uint32Array.of(1),
      task: Uint32Array.of(1),
      startMs: Float64Array.of(2),
      endMs: Float64Array.of(3),
    },
    'spans are the running states',
  );
  assert.deepEqual(report.channelEvents.kind, ['receive']);
  assert.equal(report.wallMs, 3);
  sent.states.state[0] = 9;
  assert.throws(() => reportOf(sent), /code/);
});

test('a duration is written as in the sentences that come from Rust', async () => {
  const table = JSON.parse(await readFile(new URL('../durations.json', import.meta.url), 'utf8'));
  assert.ok(table.length > 5);
  for (const [ms, text] of table) assert.equal(time(ms), text, `${ms} ms`);
});
