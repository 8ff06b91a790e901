// The catalogue that the build writes. The page turns the catalogue's rules for defaults into
// values.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import WRITTEN from '#catalogue' with { type: 'json' };
import { programsFor } from '../../www/page/catalogue.js';
import { LESSONS } from '../../www/course/lessons/index.js';

const defaults = (programs) => programs.flatMap(({ params }) => params.map((param) => param.default));
const isRule = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

test('a default that depends on the machine is written as a rule, and every other as its value', () => {
  const rules = defaults(WRITTEN).filter(isRule);
  assert.ok(rules.length > 0);
  for (const {
    cores: [least, most],
  } of rules)
    assert.ok(least >= 1 && most > least);
  for (const cores of [1, 2, 8, 64, 1000]) {
    const found = defaults(programsFor(cores));
    defaults(WRITTEN).forEach((written, i) => {
      if (!isRule(written)) assert.deepEqual(found[i], written);
      else assert.equal(found[i], Math.min(Math.max(cores, written.cores[0]), written.cores[1]));
    });
  }
});

test('every lesson has its program', () => {
  assert.deepEqual(
    programsFor(2)
      .map(({ id }) => id)
      .sort(),
    Object.keys(LESSONS).sort(),
  );
});
