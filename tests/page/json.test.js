// The JSON of a script's values that is passed to the validation.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../www/host/json.js';

test('plain values arrive as they are', () => {
  const params = { dishes: 8, kind: 'wait', numbers: [7, -9, 0.5], iterations: null };
  assert.deepEqual(JSON.parse(json(params)), params);
});

test('what is left out stays left out', () => {
  assert.equal(json({ dishes: undefined }), '{}');
  assert.equal(json(undefined), 'null');
});

test('what JSON cannot hold is named', () => {
  const written = JSON.parse(json({ a: NaN, b: -Infinity, c: 8n, d: [1, NaN] }));
  assert.deepEqual(written, {
    a: { notJson: 'NaN' },
    b: { notJson: '-Infinity' },
    c: { notJson: '8n' },
    d: [1, { notJson: 'NaN' }],
  });
});

test('a typed array is a list', () => {
  assert.equal(json({ numbers: Float64Array.of(7, 2.5) }), '{"numbers":[7,2.5]}');
});

test('an object that holds itself is named too', () => {
  /** @type {Record<string, unknown>} */
  const params = {};
  params.numbers = params;
  assert.deepEqual(JSON.parse(json(params)), { notJson: 'an object that holds itself' });
});
