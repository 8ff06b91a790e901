// The values of scripts: all values reach the validation, even values that no message can carry.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRecord, portable } from '../../www/common/portable.js';

test('what a message carries goes through unchanged', () => {
  for (const value of [{ dishes: 4, numbers: [1, 2] }, {}, null, 7, 'text', [1], { a: NaN, b: 10n }]) {
    assert.deepEqual(portable(value), value);
  }
});

test('what no message carries is named', () => {
  assert.deepEqual(portable({ dishes: () => 4, chopMs: 60 }), { dishes: { notJson: 'a function' }, chopMs: 60 });
  assert.deepEqual(portable({ dishes: Symbol('four') }), { dishes: { notJson: 'Symbol(four)' } });
  assert.deepEqual(
    portable(() => {}),
    { notJson: 'a function' },
  );
  assert.match(portable({ numbers: [1, () => 2] }).numbers.notJson, /object/);
  const trap = {
    get dishes() {
      throw new Error('no');
    },
  };
  assert.throws(() => portable(trap), /no/);
});

test('only plain objects are records', () => {
  assert.ok(isRecord({}) && isRecord(Object.create(null)));
  for (const value of [null, 4, 'a', [], () => {}, new Map(), new Date()]) assert.ok(!isRecord(value));
});
