// `Runs` keeps the times of repeated runs with the same values, and compares all these runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

Object.assign(globalThis, {
  document: { hidden: false, addEventListener() {} },
  addEventListener() {},
  navigator: { hardwareConcurrency: 2 },
});
const { Runs } = await import('../../www/run/runs.js');

/** Returns a host whose runs take these times. `asked` lists the runs of each comparison. */
function host(walls) {
  const asked = [];
  let id = 0;
  return {
    asked,
    isSilent: false,
    run({ options }) {
      const wall = walls.shift() ?? 100;
      const report = {
        outcome: 'completed',
        processors: Number(options.processors ?? 2),
        structure: options.structure,
        ...(typeof wall === 'number' ? { wallMs: wall } : wall),
      };
      return { id: ++id, report: Promise.resolve(report) };
    },
    async compare(ids) {
      asked.push(ids);
      return [];
    },
    stop() {},
  };
}

function page(link) {
  /** @type {any} the part of the hosts that `Runs` needs */
  const hosts = { current: link, ensureWorkers: async () => link, noteRunEnded() {} };
  const seen = { times: [], kept: [] };
  const runs = new Runs(hosts, {
    begin: (_, kept) => seen.kept.push(kept),
    whenDrawn: async () => {},
    progress() {},
    fail() {},
    compared() {},
    busy() {},
    finish: ({ slot }, _, times) => seen.times.push([slot, times]),
  });
  const request = (slot, more = {}) => ({
    slot,
    program: 'kitchen',
    params: { dishes: 4 },
    script: false,
    options: {
      structure: slot === 'sequential' ? 'sequential' : 'concurrent',
      processors: slot === 'parallel' ? 2 : 1,
    },
    ...more,
  });
  return { runs, hosts, seen, request };
}

test('runs with the same values are repeats, and all of them are compared', async () => {
  const link = host([430, 300, 410, 301]);
  const { runs, seen, request } = page(link);
  const both = [request('concurrent'), request('parallel')];
  await runs.all(both);
  await runs.all(both);
  assert.deepEqual(runs.times.concurrent, { runs: 2, medianMs: 420, leastMs: 410, mostMs: 430 });
  assert.deepEqual(runs.times.parallel, { runs: 2, medianMs: 300.5, leastMs: 300, mostMs: 301 });
  assert.deepEqual(link.asked, [[1], [1, 2], [1, 3, 2], [1, 3, 2, 4]]);
  assert.deepEqual(seen.kept, [[], ['concurrent'], ['concurrent', 'parallel'], ['concurrent', 'parallel']]);
  assert.equal(runs.completed.concurrent.wallMs, 410, 'only the last report is kept');
});

test('a run that was stopped, hidden or paused is not among the repeats', async () => {
  const link = host([100, { wallMs: 7, outcome: 'stopped' }, { wallMs: 8, outcome: 'deadlock' }, 104]);
  const { runs, request } = page(link);
  for (let n = 0; n < 4; n++) await runs.all([request('concurrent')]);
  assert.deepEqual(runs.times.concurrent, { runs: 2, medianMs: 102, leastMs: 100, mostMs: 104 });
  assert.deepEqual(link.asked.at(-1), [1, 4]);
  Object.assign(document, { hidden: true });
  await runs.all([request('concurrent')]);
  Object.assign(document, { hidden: false });
  assert.equal(runs.times.concurrent.runs, 2);
  assert.equal(runs.completed.concurrent.wallMs, 104, 'its report is that of the last run that counts');
});

test('other values, other processors or another host begin anew', async () => {
  const link = host([]);
  const { runs, hosts, request } = page(link);
  const run = (slot, more) => runs.all([request(slot, more)]);
  await run('parallel');
  await run('parallel', { options: { structure: 'concurrent', processors: 4 } });
  assert.equal(runs.times.parallel.runs, 1, 'other processors');
  await run('concurrent');
  await run('concurrent', { params: { dishes: 5 } });
  assert.deepEqual(runs.times, { concurrent: { runs: 1, medianMs: 100, leastMs: 100, mostMs: 100 } }, 'other values');
  hosts.current = host([]);
  await run('concurrent', { params: { dishes: 5 } });
  assert.equal(runs.times.concurrent.runs, 1, 'another host');
  runs.leave();
  assert.deepEqual(runs.times, {});
});

test('no more repeats are kept than a host remembers', async () => {
  const { runs, request } = page(host([]));
  for (let n = 0; n < 20; n++) await runs.all([request('concurrent')]);
  assert.equal(runs.times.concurrent.runs, 15);
});
