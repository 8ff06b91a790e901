// The function `isControlled`. A worker makes requests until the service worker answers one of
// them, or until a time limit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isControlled } from '../../www/host/controlled.js';

/**
 * Installs a clock that stands still until a timer is set. It then advances by the timer's delay,
 * and the timer fires.
 */
function waiting(t) {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  t.mock.method(globalThis, 'setTimeout', (act, ms) => {
    now += ms;
    queueMicrotask(act);
  });
}

/**
 * Replaces `fetch` by a mock that counts requests and answers them with these statuses, in order.
 * The last status is repeated. The status 0 stands for a request that fails without a response.
 * Returns a function that returns the number of requests so far.
 */
function answering(t, ...statuses) {
  let asked = 0;
  t.mock.method(globalThis, 'fetch', async () => {
    const status = statuses[Math.min(asked++, statuses.length - 1)];
    if (status === 0) throw new TypeError('no network');
    return { status };
  });
  return () => asked;
}

test('a worker that is taken over late waits for it', async (t) => {
  waiting(t);
  const asked = answering(t, 200, 0, 404, 204);
  assert.equal(await isControlled(5000), true);
  assert.equal(asked(), 4);
});

test('one that is never taken over asks every 20 ms, and says so when the time is over', async (t) => {
  waiting(t);
  const asked = answering(t, 200);
  assert.equal(await isControlled(100), false);
  assert.equal(asked(), 7, 'at 0, 20, 40, 60, 80, 100 and 120 ms');
});
