// Checks that a report's columns are consistent: the rows of tasks, their states, their turns, and
// the channels on which they waited.

import assert from 'node:assert/strict';
import { groups, rows } from '../e2e/report-invariants.js';

const ON_CHANNEL = ['send', 'receive'];

/** @param {any} report */
export function checkColumns(report) {
  assert.deepEqual(
    report.tasks.id,
    report.tasks.id.map((/** @type {number} */ _, /** @type {number} */ row) => row),
    'each task is in the row of its id',
  );
  const states = rows(report.states);
  const turns = states
    .filter(({ state }) => state === 'running')
    .map(({ processor, task, startMs, endMs }) => ({ processor, task, startMs, endMs }));
  assert.deepEqual(rows(report.spans), turns, 'the spans are the running states');
  const several = severalMs(turns);
  assert.ok(
    Math.abs(report.severalMs - several) < 0.001,
    `more than one at work for ${report.severalMs} ms, by the turns ${several}`,
  );
  const channelEvents = groups(rows(report.channelEvents), ({ channel, task }) => `${channel} ${task}`);
  for (const row of states) {
    const what = JSON.stringify(row);
    assert.equal(row.processor === null, row.state !== 'running', `a processor where it ran: ${what}`);
    assert.equal(row.channel === null, !ON_CHANNEL.includes(row.reason), `a channel where it waited on one: ${what}`);
    // If task A makes another task ready that waited on a channel, A must have used that channel.
    if (row.state === 'ready' && row.channel !== null && row.by !== null && report.eventsDropped === 0) {
      assert.ok(channelEvents.has(`${row.channel} ${row.by}`), `that task did nothing to that channel: ${what}`);
    }
  }
  if (report.outcome === 'deadlock') checkDeadlock(report, states);
}

/** Returns for how many ms at least two of these turns were in progress. @param {any[]} turns */
function severalMs(turns) {
  const steps = turns
    .flatMap(({ startMs, endMs }) => [
      [startMs, 1],
      [endMs, -1],
    ])
    .sort(([a], [b]) => a - b);
  let [inside, since, several] = [0, 0, 0];
  for (const [ms, step] of steps) {
    if (inside > 1) several += ms - since;
    inside += step;
    since = ms;
  }
  return several;
}

/**
 * Checks the runtime's sentence about a deadlock against the columns. The runtime makes the
 * sentence from the tasks, not from the columns, so sentence and columns are independent.
 * @param {any} report
 * @param {any[]} states
 */
function checkDeadlock({ message, tasks, wallMs }, states) {
  const said = [...message.matchAll(/“([^”]*)” waits to (send on|receive from) channel (\d+)/g)].map(
    ([, name, how, channel]) => [name, how.split(' ')[0], Number(channel) - 1],
  );
  const last = states
    .filter(({ state, endMs }) => state === 'blocked' && endMs === wallMs)
    .map(({ task, reason, channel }) => [tasks.name[task], reason, channel]);
  assert.ok(said.length > 0, message);
  assert.deepEqual(last.sort(), said.sort(), message);
}
