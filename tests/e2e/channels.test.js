// Channels as a reader sees them: which tasks wait on which channel, and for how long.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { trafficOf } from '../../www/timeline/index/channels.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce } from '../../www/common/slices.js';
import { read } from '../../www/recording/format.js';
import { time } from '../../www/common/words.js';
import { verify } from './report-invariants.js';
import { button, frames, idle, lane, run, site, started } from './site.js';

const { open } = await site();

/** @param {import('playwright-core').Page} page */
const details = (page) => page.getByRole('region', { name: 'Selection' });

/** Opens the table of channels in a lane, and returns the cells' texts for each row. */
async function channelTable(page, name) {
  await lane(page, name).getByText('What happened on each channel').click();
  const rows = lane(page, name).getByRole('group', { name: 'What happened on each channel' }).locator('tbody tr');
  await rows.first().waitFor();
  const texts = [];
  for (const row of await rows.all()) texts.push(await row.locator('th, td').allInnerTexts());
  return texts;
}

/** Saves a recording, and returns the lanes' reports in it. */
async function recorded(page) {
  await button(page, 'Export').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Recording').click()]);
  return atOnce(read(Uint8Array.from(await readFile(await download.path())).buffer)).reports;
}

/** Sums the blocked time on a channel in a script's report, in ms, in the order of the columns. */
const blockedMs = ({ states }, reason, channel) =>
  states.task.reduce(
    (sum, _, row) =>
      states.state[row] === 'blocked' && states.reason[row] === reason && states.channel[row] === channel
        ? sum + (states.endMs[row] - states.startMs[row])
        : sum,
    0,
  );

test('a deadlock: the timeline shows which task waits on which channel, to the end', async (t) => {
  const page = await open(t, '#/mandelbrot');
  const report = await run(page, 'fault', { fault: 'deadlock', afterMs: 50 });
  assert.equal(report.outcome, 'deadlock');
  verify(report);
  const waits = new Map(
    report.tasks.name.map((name, task) => {
      const row = report.states.task.lastIndexOf(task);
      return [name, [report.states.state[row], report.states.reason[row], report.states.channel[row]]];
    }),
  );
  const expected = { main: 2, left: 0, right: 1 };
  for (const [name, channel] of Object.entries(expected)) {
    assert.deepEqual(waits.get(name), ['blocked', 'receive', channel]);
    assert.match(report.message, new RegExp(`“${name}” waits to receive from channel ${channel + 1}`));
  }
  await lane(page, 'Parallel').getByRole('application').focus();
  const seen = {};
  for (let row = 0; row < 3; row++) {
    await page.keyboard.press('ArrowUp');
    await frames(page);
    // Go to the last interval of the row. Main sleeps before it waits on its channel.
    for (let n = 0; n < 9; n++) {
      await page.keyboard.press('Shift+ArrowRight');
      await frames(page);
    }
    const text = await details(page).innerText();
    const [, name, channel] =
      /(\w+), Parallel[\s\S]*blocked: waits to receive from channel (\d)/.exec(text) ?? assert.fail(text);
    seen[name] = Number(channel) - 1;
  }
  assert.deepEqual(seen, expected, 'each row’s details');
  const table = await channelTable(page, 'Parallel');
  assert.deepEqual(
    table.map(([id, sent, received]) => [id, sent, received]),
    [
      ['1', '0', '0'],
      ['2', '0', '0'],
      ['3', '0', '0'],
    ],
    'a channel on which tasks only waited has a row',
  );
  const receivers = table.map((row) => row.at(-1));
  assert.deepEqual(
    receivers,
    [0, 1, 2].map((channel) => time(blockedMs(report, 'receive', channel))),
  );
});

test('a pool that was stopped: the blocked time at each channel is that of the states', async (t) => {
  const page = await open(t, '#/pool');
  const going = page.evaluate(() =>
    window.manyhands
      .run('pool', { workers: 2, jobs: 50, jobMs: 1000 }, { processors: 1 })
      .then((report) =>
        JSON.parse(
          JSON.stringify(report, (_, value) =>
            ArrayBuffer.isView(value) ? Array.from(/** @type {any} */ (value)) : value,
          ),
        ),
      ),
  );
  await started(page);
  await page.evaluate(() => window.manyhands.stop());
  const report = await going;
  assert.equal(report.outcome, 'stopped');
  verify(report);
  await idle(page);
  const { concurrent } = await recorded(page);
  const { channels } = atOnce(trafficOf(atOnce(indexOf(concurrent))));
  for (const { id, senders, receivers } of channels) {
    assert.equal(senders.ms, blockedMs(report, 'send', id));
    assert.equal(receivers.ms, blockedMs(report, 'receive', id));
  }
  const channelOf = report.states.channel.findLast((channel) => channel !== null);
  assert.ok(channels.some(({ id }) => id === channelOf));
  const all = (reason) => channels.reduce((sum, { id }) => sum + blockedMs(report, reason, id), 0);
  const ofStates = report.states.task.reduce(
    (sum, _, row) =>
      report.states.state[row] === 'blocked' && ['send', 'receive'].includes(report.states.reason[row])
        ? sum + (report.states.endMs[row] - report.states.startMs[row])
        : sum,
    0,
  );
  assert.ok(ofStates > 0);
  assert.ok(Math.abs(all('send') + all('receive') - ofStates) < 1e-6, 'no wait is on a channel that is not listed');
  const table = await channelTable(page, 'Concurrent');
  assert.deepEqual(
    table.map((row) => [row[0], ...row.slice(-2)]),
    channels.map(({ id, senders, receivers }) => [String(id + 1), time(senders.ms), time(receivers.ms)]),
  );
});
