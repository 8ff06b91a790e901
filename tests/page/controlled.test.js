// Whose requests the service worker answers is found out by asking it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isControlled } from '../../www/host/controlled.js';

/** What the network says, one request after another; the last for good. */
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
  const asked = answering(t, 200, 0, 404, 204);
  assert.equal(await isControlled(5000), true);
  assert.equal(asked(), 4);
});

test('one that is never taken over says so in time', async (t) => {
  const asked = answering(t, 200);
  assert.equal(await isControlled(100), false);
  assert.ok(asked() > 1);
});
