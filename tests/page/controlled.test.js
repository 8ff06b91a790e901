// A worker makes a request to find out whether the service worker controls the worker.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isControlled } from '../../www/host/controlled.js';

/** Installs a clock that advances only when a timer is set, by the timer's delay. */
function waiting(t) {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  t.mock.method(globalThis, 'setTimeout', (act, ms) => {
    now += ms;
    queueMicrotask(act);
  });
}

/**
 * Installs a network that answers requests with these statuses, in order; 0 is a failed request.
 * The last status is repeated. Returns a function that counts the requests.
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
