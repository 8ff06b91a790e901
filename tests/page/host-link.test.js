// The messages from the page to its host, and the word in shared memory that stops processors.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLink } from '../../www/run/host-link.js';

/** Returns a link to a host that has started, and the messages that the host gets after that. */
function linked(t, ready) {
  /** @type {any} */
  let worker;
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  class FakeWorker {
    told = [];
    postMessage(message) {
      this.told.push(message);
    }
    terminate() {}
    constructor() {
      worker = this;
    }
  }
  Object.assign(globalThis, { Worker: FakeWorker });
  t.after(() => delete globalThis.Worker);
  const link = new HostLink(2, false, 0, () => {});
  worker.onmessage({ data: { type: 'ready', machine: {}, programs: [], ...ready } });
  worker.told.length = 0;
  return { link, told: worker.told };
}

test('Stop is written where the processors look, and told to the host', (t) => {
  const stopWord = new Int32Array(new SharedArrayBuffer(4));
  const { link, told } = linked(t, { stopWord });
  link.stop(5);
  assert.equal(stopWord[0], 5);
  assert.deepEqual(told, [{ type: 'stop', id: 5 }]);
});

test('where nothing is shared the host alone is told', (t) => {
  const { link, told } = linked(t, {});
  link.stop(5);
  assert.deepEqual(told, [{ type: 'stop', id: 5 }]);
});

test('nobody is told when the host is gone', (t) => {
  const stopWord = new Int32Array(new SharedArrayBuffer(4));
  const { link, told } = linked(t, { stopWord });
  link.close('It is replaced.');
  link.stop(5);
  assert.equal(stopWord[0], 0);
  assert.deepEqual(told, []);
});
