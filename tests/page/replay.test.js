// At any instant, a replay shows the states that the report has for this instant.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATES } from '../../www/common/messages.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce } from '../../www/common/slices.js';
import { channelEventsBetween, lastChange, nextChange, queuesAt, taskStateAt } from '../../www/replay/replay.js';
import { random, randomRun } from './random-run.js';

/** Finds the state of a task at an instant by a search in the report's columns. */
function reported({ states }, task, ms) {
  for (let i = 0; i < states.task.length; i++) {
    if (states.task[i] !== task || states.startMs[i] > ms || states.endMs[i] <= ms) continue;
    const state = STATES[states.state[i]];
    return {
      state: states.state[i],
      reason: state === 'blocked' ? states.reason[i] : 255,
      processor: states.processor[i],
    };
  }
  return null;
}

test('at any instant each task stands where the report says', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const report = randomRun({ seed, spans: 200, tasks: 1 + (seed % 6), processors: 1 + (seed % 4) });
    const index = atOnce(indexOf(report));
    const next = random(seed * 13);
    const instants = Array.from({ length: 60 }, () => next() * report.wallMs * 1.02);
    // Also test instants at the borders of states. At a border, the later state counts.
    for (let i = 0; i < report.states.task.length; i += 17)
      instants.push(report.states.startMs[i], report.states.endMs[i]);
    for (const ms of instants) {
      const counts = [0, 0, 0];
      for (let task = 0; task < index.tasks.rows; task++) {
        const expected = reported(report, task, ms);
        assert.deepEqual(taskStateAt(index, task, ms), expected, `seed ${seed}, task ${task} at ${ms}`);
        if (expected) counts[expected.state]++;
      }
      if (!instants.slice(60).includes(ms)) {
        assert.deepEqual(
          index.levels.map((steps) => steps.valueAt(ms)),
          counts,
          'and the levels count them',
        );
      }
    }
  }
});

test('steps come to every change, forth and back, and to nothing else', () => {
  for (let seed = 30; seed < 36; seed++) {
    const report = randomRun({ seed, spans: 60, tasks: 4, processors: 2 });
    const index = atOnce(indexOf(report));
    const { states, channelEvents } = report;
    const expected = [...new Set([...states.startMs, ...states.endMs, ...channelEvents.atMs])].sort((a, b) => a - b);
    const forth = [];
    for (let ms = -1; (ms = nextChange(index, ms)) < Infinity; ) forth.push(ms);
    assert.deepEqual(forth, expected);
    const back = [];
    for (let ms = report.wallMs + 1; ms > 0; ) back.push((ms = lastChange(index, ms)));
    assert.deepEqual(back.reverse(), expected[0] === 0 ? expected : [0, ...expected]);
  }
});

test('queues at an instant, and what was done in a stretch', () => {
  const report = randomRun({ seed: 50, spans: 400, tasks: 4 });
  const index = atOnce(indexOf(report));
  const {
    channelEvents: { atMs, length, channel },
  } = report;
  const ms = report.wallMs / 2;
  let last = -1;
  for (let i = 0; i < atMs.length; i++) if (atMs[i] <= ms) last = i;
  assert.deepEqual(queuesAt(index, ms).get(channel[last]), length[last]);
  assert.equal(queuesAt(index, ms).get(2), 0, 'a channel that was only waited on is empty');
  assert.equal(queuesAt(index, -1).size, 0);
  const found = channelEventsBetween(index, ms, ms + 1, 1e6);
  assert.deepEqual(
    found.map((i) => atMs[i]),
    [...atMs].filter((at) => at > ms && at <= ms + 1).sort((a, b) => a - b),
  );
  assert.deepEqual(channelEventsBetween(index, 0, report.wallMs, 3), [], 'too many to follow');
});
