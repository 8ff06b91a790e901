// How the lanes are looked at: what a lesson asks for, and what the reader chose.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Look } from '../../www/timeline/layout/view-state.js';

test('a lesson opens with its arrows, and the next one with the reader’s own choice', () => {
  for (const own of [false, true]) {
    const look = new Look(() => {});
    let told = 0;
    look.sync = () => { told += 1; };
    look.set({ arrows: own });
    look.openWith(true);
    assert.equal(look.arrows, true);
    look.openWith(true);
    assert.equal(look.arrows, true);
    look.openWith(false);
    assert.equal(look.arrows, own);
    look.openWith(false);
    assert.equal(look.arrows, own);
    assert.equal(told, 4, 'the controls follow each time');
  }
});

test('what the reader switches off in a lesson with arrows is off there, and no choice for the others', () => {
  const look = new Look(() => {});
  look.openWith(true);
  look.set({ arrows: false });
  assert.equal(look.arrows, false);
  look.openWith(false);
  assert.equal(look.arrows, false);
});
