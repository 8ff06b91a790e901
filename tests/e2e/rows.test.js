// The rows of the lanes' timelines in a browser: groups that open, the row of many processors, and
// timelines that grow with the page's text.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { violations } from './accessibility.js';
import { button, frames, lane, run, runAndCompare, site } from './site.js';

const { open } = await site();

/** A run with seventeen tasks, one more than a timeline has rows for. */
const MANY = '#/kitchen?dishes=16&chopMs=1&boilMs=5';
const GROUP = '16 dishes started by main';
const LANES = ['Sequential', 'Concurrent', 'Parallel'];

const drawing = (page, name) => lane(page, name).getByRole('application');
const opener = (page, name, group = GROUP) => lane(page, name).getByRole('button', { name: group, exact: true });
const details = (page) => page.locator('.details');
const legend = (page) => page.getByText('A tall row shows many tasks.');

const heights = (page) => Promise.all(LANES.map(async (name) => (await drawing(page, name).boundingBox()).height));
const expanded = (page) => Promise.all(LANES.map((name) => opener(page, name).getAttribute('aria-expanded')));
const pixels = (page, name) =>
  drawing(page, name)
    .locator('canvas')
    .first()
    .evaluate((/** @type {HTMLCanvasElement} */ canvas) => canvas.toDataURL());

test('tasks that do not fit share a row, which opens in all lanes by mouse, by keys and by touch', async (t) => {
  for (const how of ['click', 'tap', 'Enter']) {
    const page = await open(t, MANY, { hasTouch: how === 'tap' });
    assert.equal(await legend(page).isVisible(), false);
    await runAndCompare(page);
    await legend(page).waitFor();
    assert.deepEqual(await expanded(page), ['false', 'false', 'false']);
    const closed = await heights(page);
    const press = async (name) => (how === 'Enter' ? opener(page, name).press('Enter') : opener(page, name)[how]());
    await press('Concurrent');
    await frames(page);
    assert.deepEqual(await expanded(page), ['true', 'true', 'true'], how);
    const grown = (await heights(page)).map((height, i) => height - closed[i]);
    assert.ok(grown[0] > 100);
    assert.deepEqual(grown, [grown[0], grown[0], grown[0]], 'rows stay side by side');
    await press('Parallel');
    await frames(page);
    assert.deepEqual(await expanded(page), ['false', 'false', 'false']);
    assert.deepEqual(await heights(page), closed);
  }
});

test('few tasks have rows of their own, and no legend for what is not there', async (t) => {
  const page = await open(t, '#/kitchen?dishes=15&chopMs=1&boilMs=5');
  await runAndCompare(page);
  assert.equal(await legend(page).isVisible(), false);
  assert.equal(await page.locator('.opener').count(), 0);
});

test('a group that was picked tells how many of its tasks are in each state', async (t) => {
  const page = await open(t, MANY);
  await runAndCompare(page);
  const report = await run(page, 'kitchen', { dishes: 16, chopMs: 2, boilMs: 5 }, { processors: 1 });
  await frames(page);
  await drawing(page, 'Concurrent').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await details(page).getByRole('heading', { name: '16 dishes, Concurrent' }).waitFor();
  const rows = async () =>
    Object.fromEntries(
      await details(page)
        .locator('dl > div')
        .evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent))),
    );
  const seen = new Set();
  for (let step = 0; step < 6; step++) {
    const said = await rows();
    const [, from, to] = said.Time.match(/from ([\d.,]+) ms to ([\d.,]+) ms/);
    seen.add(said.Time);
    const ms = (Number(from.replaceAll(',', '')) + Number(to.replaceAll(',', ''))) / 2;
    // An interval may be so short that both its times are shown as the same number. Then the middle
    // between the two numbers may be outside the interval, so nothing is counted.
    for (const state of to === from ? [] : ['running', 'ready', 'blocked']) {
      const { states } = report;
      const count = states.task.filter(
        (task, i) => task > 0 && states.state[i] === state && states.startMs[i] <= ms && ms < states.endMs[i],
      ).length;
      assert.equal(parseInt(said[state[0].toUpperCase() + state.slice(1)], 10), count, `${state} at ${ms} ms`);
    }
    await page.keyboard.press('Shift+ArrowLeft');
    await frames(page);
  }
  assert.ok(seen.size > 1, 'Shift and an arrow go to the change before');
  await page.keyboard.press('Enter');
  await frames(page);
  assert.equal(await opener(page, 'Concurrent').getAttribute('aria-expanded'), 'true', 'Enter opens the group');
  await page.keyboard.press('ArrowDown');
  await details(page).getByRole('heading', { name: 'soup, Concurrent' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await button(page, 'Hide its tasks').click();
  await frames(page);
  assert.equal(await opener(page, 'Concurrent').getAttribute('aria-expanded'), 'false');
});

test('a click in a group picks it', async (t) => {
  const page = await open(t, MANY);
  await runAndCompare(page);
  const [row, whole] = [await opener(page, 'Parallel').boundingBox(), await drawing(page, 'Parallel').boundingBox()];
  await drawing(page, 'Parallel').click({ position: { x: 130, y: row.y - whole.y + row.height / 2 } });
  await details(page).getByRole('heading', { name: '16 dishes, Parallel' }).waitFor();
});

test('a group can be opened while its run goes on', async (t) => {
  const page = await open(t, '#/counters');
  // The run computes for so long that only Stop ends it.
  const ended = page.evaluate(() =>
    window.manyhands.run('counters', { counters: 20, work: 30 }, { processors: 1 }).then(({ outcome }) => outcome),
  );
  const group = opener(page, 'Concurrent', '20 counters');
  await group.waitFor();
  await drawing(page, 'Concurrent').locator('canvas.live').waitFor();
  const before = (await drawing(page, 'Concurrent').boundingBox()).height;
  await group.click();
  await page.waitForFunction(
    (before) =>
      document.querySelector('section[aria-label="Concurrent"] .drawing').getBoundingClientRect().height > before,
    before,
  );
  assert.equal(await group.getAttribute('aria-expanded'), 'true');
  await button(page, 'Stop').click();
  assert.equal(await ended, 'stopped');
  await frames(page);
  assert.equal(await group.getAttribute('aria-expanded'), 'true', 'it stays open when the run has ended');
});

test('rows by processor and a search have no groups, and no legend for them', async (t) => {
  const page = await open(t, MANY);
  await runAndCompare(page);
  await page.locator('.explore-bar button').first().click();
  const gone = async () => {
    await frames(page);
    assert.equal(await legend(page).isVisible(), false);
    assert.equal(await page.locator('.opener').count(), 0);
  };
  await page.getByLabel('processor', { exact: true }).check();
  await gone();
  await page.getByLabel('task', { exact: true }).check();
  await legend(page).waitFor();
  await page.getByLabel('Find a task').fill('rice');
  await gone();
});

test('an exported timeline names its groups', async (t) => {
  const page = await open(t, MANY);
  await runAndCompare(page);
  await page.locator('.explore-bar button').last().click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Timeline (SVG)').click()]);
  const svg = await readFile(await download.path(), 'utf8');
  assert.equal(svg.match(/>16 dishes</g)?.length, 3);
  assert.equal(svg.match(/<image /g)?.length, 3, 'their pixels are in it');
});

test('many processors are one row, which opens', async (t) => {
  const page = await open(t, '#/counters');
  await run(page, 'counters', { counters: 3, iterations: 1000 }, { processors: 12 });
  await frames(page);
  const strip = opener(page, 'Parallel', '12 processors');
  assert.equal(await strip.getAttribute('aria-expanded'), 'false');
  await page.getByText('The row below shows how many processors were at work.').waitFor();
  const before = (await drawing(page, 'Parallel').boundingBox()).height;
  await strip.press('Enter');
  await frames(page);
  assert.equal(await strip.getAttribute('aria-expanded'), 'true');
  const after = (await drawing(page, 'Parallel').boundingBox()).height;
  assert.ok(after > before + 20, `${before} px, then ${after} px`);
});

test('in a room the timelines are as much larger as the text', async (t) => {
  const page = await open(t, MANY);
  await runAndCompare(page);
  const usual = await heights(page);
  const before = await opener(page, 'Parallel').boundingBox();
  await button(page, 'Projector view').click();
  await page.waitForFunction(
    (usual) => document.querySelector('.drawing').getBoundingClientRect().height > usual,
    usual[0],
  );
  await frames(page);
  const scale = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);
  assert.ok(scale > 1.2);
  (await heights(page)).forEach((height, i) =>
    assert.ok(Math.abs(height - scale * usual[i]) < 1, `${height}, not ${scale} × ${usual[i]}`),
  );
  const label = await opener(page, 'Parallel').boundingBox();
  assert.ok(Math.abs(label.width - scale * before.width) < 1, 'names have as much more room');
  // A click selects the row that is drawn at the clicked position.
  const box = await drawing(page, 'Parallel').boundingBox();
  await drawing(page, 'Parallel').click({ position: { x: 96 * scale + 8, y: label.y - box.y + label.height / 2 } });
  await details(page).getByRole('heading', { name: '16 dishes, Parallel' }).waitFor();
});

test('the way back to the whole run is in each lane that is zoomed', async (t) => {
  const page = await open(t, '#/kitchen?dishes=3&chopMs=5&boilMs=30');
  await runAndCompare(page);
  const whole = (name) => lane(page, name).getByRole('button', { name: 'Whole run' });
  const before = await pixels(page, 'Sequential');
  for (const name of LANES) {
    assert.equal(await whole(name).isVisible(), false);
    await drawing(page, name).focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    const [inner, outer] = [await whole(name).boundingBox(), await drawing(page, name).boundingBox()];
    assert.ok(inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height, 'within its timeline');
    await whole(name).click();
    await page.mouse.move(0, 0);
    await frames(page);
    assert.equal(await pixels(page, 'Sequential'), before);
  }
});

test('a table that is cut at a side has a shadow there', async (t) => {
  const page = await open(t, '#/kitchen?dishes=3&chopMs=5&boilMs=30', { viewport: { width: 390, height: 844 } });
  await runAndCompare(page);
  await button(page, 'Where did the time go?').click();
  const table = page.locator('.lane-losses .scroll').last();
  assert.ok(await table.evaluate((element) => element.scrollWidth > element.clientWidth));
  assert.match(
    await table.evaluate((element) => getComputedStyle(element).backgroundImage),
    /gradient.*gradient.*gradient.*gradient/s,
  );
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`groups are within reach of everybody (${colorScheme})`, async (t) => {
    const page = await open(t, MANY, { colorScheme });
    await runAndCompare(page);
    await opener(page, 'Concurrent').click();
    await drawing(page, 'Concurrent').focus();
    await page.keyboard.press('+');
    await frames(page);
    assert.deepEqual(await violations(page), []);
  });
}
