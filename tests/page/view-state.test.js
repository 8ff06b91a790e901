// The state of the view: the arrows that a lesson asks for, and the reader's choice of arrows.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ViewState } from '../../www/timeline/layout/view-state.js';

test('a lesson opens with its arrows, and the next one with the reader’s own choice', () => {
  for (const own of [false, true]) {
    const viewState = new ViewState(() => {});
    let told = 0;
    viewState.sync = () => {
      told += 1;
    };
    viewState.set({ arrows: own });
    viewState.openWith(true);
    assert.equal(viewState.arrows, true);
    viewState.openWith(true);
    assert.equal(viewState.arrows, true);
    viewState.openWith(false);
    assert.equal(viewState.arrows, own);
    viewState.openWith(false);
    assert.equal(viewState.arrows, own);
    assert.equal(told, 4, 'the controls follow each time');
  }
});

test('what the reader switches off in a lesson with arrows is off there, and no choice for the others', () => {
  const viewState = new ViewState(() => {});
  viewState.openWith(true);
  viewState.set({ arrows: false });
  assert.equal(viewState.arrows, false);
  viewState.openWith(false);
  assert.equal(viewState.arrows, false);
});
