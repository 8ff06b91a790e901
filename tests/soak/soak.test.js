// Some dozens of runs, panics and stops in one page. `./build.sh soak` makes many more.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultPage, hosts, works } from '../e2e/fault-page.js';
import { manyPanics, manyRuns, manyStops } from './endurance.js';
import { site } from '../e2e/site.js';

const { open } = await site();

test('runs, panics and stops in one page: one host, no growth, and it still works', async (t) => {
  const page = await faultPage(open, t);
  const say = (line) => t.diagnostic(line);
  await manyRuns(page, 60, say);
  await manyPanics(page, 30, say);
  await manyStops(page, 100, say);
  assert.equal(await hosts(page), 1);
  await works(page);
});
