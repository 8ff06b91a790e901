// Queues, blocked senders and receivers, and the arrows from senders to receivers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_PLACE } from '../../www/common/messages.js';
import { arrowsIn } from '../../www/timeline/drawing/arrows.js';
import { trafficOf } from '../../www/timeline/index/channels.js';
import { describe } from '../../www/timeline/words/describe.js';
import { layoutOf } from '../../www/timeline/layout/layout.js';
import { Groups } from '../../www/timeline/index/groups.js';
import { NO_PLAN, RowList } from '../../www/timeline/layout/rows.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce } from '../../www/common/slices.js';
import { TimeScale } from '../../www/timeline/layout/time-scale.js';
import { randomRun } from './random-run.js';

/**
 * Returns the report of a sender and a receiver on one channel of capacity 1. The sender is blocked
 * from 2 ms to 5 ms, until the channel accepts its second value. The receiver takes the first value
 * at 5 ms and the second at 6 ms. Main waits on another channel, from which it receives nothing.
 */
function twoTasks() {
  const report = randomRun({ seed: 1, spans: 4, tasks: 3, processors: 1 });
  report.wallMs = 10;
  report.tasks.name = ['main', 'sender', 'receiver'];
  const states = [
    // [task, state, reason, channel, processor, by, start, end]
    [1, 0, 1, 0, 0, -1, 0, 2],
    [1, 2, 1, 0, -1, -1, 2, 5],
    [1, 1, 1, 0, -1, 2, 5, 6],
    [1, 0, 7, -1, 0, -1, 6, 7],
    [2, 2, 4, -1, -1, -1, 0, 5],
    [2, 0, 7, -1, 0, -1, 5, 6],
    [0, 2, 2, 4, -1, -1, 0, 10],
  ];
  const of = (rows, at, Type) => Type.from(rows, (row) => row[at]);
  const none = (rows) => new Uint16Array(rows.length).fill(NO_PLACE);
  report.states = {
    task: of(states, 0, Uint32Array),
    state: of(states, 1, Uint8Array),
    reason: of(states, 2, Uint8Array),
    channel: of(states, 3, Int32Array),
    processor: of(states, 4, Int32Array),
    by: of(states, 5, Int32Array),
    place: none(states),
    fromPlace: none(states),
    byPlace: none(states),
    startMs: of(states, 6, Float64Array),
    endMs: of(states, 7, Float64Array),
  };
  const events = [
    // [channel, kind, task, operation, length, at]
    [0, 0, 1, 0, 1, 1],
    [0, 1, 2, 1, 0, 5],
    [0, 0, 1, 2, 1, 5],
    [0, 1, 2, 3, 0, 6],
  ];
  report.channelEvents = {
    channel: of(events, 0, Uint32Array),
    kind: of(events, 1, Uint8Array),
    task: of(events, 2, Uint32Array),
    operation: of(events, 3, Uint32Array),
    length: of(events, 4, Uint32Array),
    place: none(events),
    atMs: of(events, 5, Float64Array),
  };
  return report;
}

test('a channel knows its queue and who was blocked at it', () => {
  const index = atOnce(indexOf(twoTasks()));
  const {
    channels: [channel, waitedOn, ...others],
    arrows,
  } = atOnce(trafficOf(index));
  assert.equal(channel.most, 1);
  assert.deepEqual(
    [0.5, 1, 4.9, 5.5, 6].map((ms) => channel.queued.valueAt(ms)),
    [0, 1, 1, 1, 0],
  );
  assert.deepEqual(
    [1, 3, 5.5].map((ms) => channel.senders.level.valueAt(ms)),
    [0, 1, 0],
  );
  assert.deepEqual(
    [1, 3, 5.5].map((ms) => channel.receivers.level.valueAt(ms)),
    [0, 0, 0],
    'it slept, it did not wait for a value',
  );
  assert.deepEqual([channel.senders.ms, channel.receivers.ms], [3, 0]);
  assert.deepEqual(
    [waitedOn.id, waitedOn.most, waitedOn.receivers.ms, waitedOn.receivers.level.valueAt(9)],
    [4, 0, 10, 1],
    'main waits in vain',
  );
  assert.deepEqual(others, []);
  assert.equal(arrows.values, 2);
  const rows = Array.from(arrows.from, (from, i) => [from, arrows.fromMs[i], arrows.to[i], arrows.toMs[i]]);
  assert.deepEqual(rows, [
    [1, 1, 2, 5],
    [1, 5, 2, 6],
    [2, 5, 1, 5],
  ]);
});

test('an interval is described with its channel and who ended it', () => {
  const index = atOnce(indexOf(twoTasks()));
  const said = (task, ms) => describe(index, index.tasks.at(task, ms), () => 'waits', ['cook', 'cooks']);
  assert.deepEqual(Object.fromEntries(said(1, 3).rows), {
    Task: 'sender, number 1',
    State: 'blocked: waits on channel 1',
    Time: '3.0 ms, from 2 ms to 5 ms',
  });
  assert.equal(Object.fromEntries(said(0, 3).rows).State, 'blocked: waits from channel 5');
  assert.deepEqual(Object.fromEntries(said(1, 5.5).rows), {
    Task: 'sender, number 1',
    State: 'ready',
    Time: '1.0 ms, from 5 ms to 6 ms',
    Before: 'it waited (send on channel 1)',
    'Made ready by': 'receiver',
  });
  assert.deepEqual(Object.fromEntries(said(1, 6.5).rows)['Why it stopped'], 'it ended');
  assert.match(Object.fromEntries(said(1, 1).rows).State, /cook 1/);
  assert.equal(Object.fromEntries(said(1, 1).rows)['Why it stopped'], 'it had to wait (send on channel 1)');
});

test('arrows are those that are in view, between rows, and not too many', () => {
  const report = randomRun({ seed: 9, spans: 4000, tasks: 6 });
  const index = atOnce(indexOf(report));
  const { arrows } = atOnce(trafficOf(index));
  const {
    channelEvents: { kind },
  } = report;
  assert.equal(arrows.values, kind.filter((code) => code === 1).length, 'each receive has its send');
  const layout = layoutOf({ rows: 6, processors: 2, narrow: false });
  const groups = new Groups();
  groups.add(report.tasks);
  const all = { layout, rows: new RowList(NO_PLAN, groups), scale: new TimeScale(0, report.wallMs, 0, 500) };
  assert.equal(arrowsIn(arrows, all).length, 241);
  const some = { ...all, scale: new TimeScale(1, 1.5, 0, 500) };
  const found = arrowsIn(arrows, some);
  const expected = [];
  for (let i = 0; i < arrows.from.length; i++) {
    if (arrows.toMs[i] >= 1 && arrows.fromMs[i] <= 1.5 && arrows.from[i] !== arrows.to[i]) expected.push(i);
  }
  assert.ok(expected.length > 0 && expected.length < 240);
  assert.deepEqual(found, expected);
});
