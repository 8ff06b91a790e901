// The files that a first visit loads. `./build.sh bench --first-visit` prints their sizes.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { firstVisit, MOST_BYTES, sum } from '../measure/first-visit.js';
import { launch } from './site.js';

const browser = await launch();
after(() => browser.close());

test('page and service worker together ask for no file twice, and load at most 400 KB', async (t) => {
  const { alone, extra, all, again } = await firstVisit(browser);
  t.diagnostic(`the page ${sum(alone)} bytes, the service worker ${sum(extra)} more`);
  assert.deepEqual(again, []);
  assert.deepEqual(
    all.filter(({ status }) => status !== 200),
    [],
  );
  assert.ok(
    extra.some(({ path }) => path === '/service-worker.js'),
    'the service worker took part',
  );
  assert.ok(sum(all) <= MOST_BYTES, `${sum(all)} bytes`);
});
