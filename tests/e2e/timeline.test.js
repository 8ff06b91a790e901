// The pictures as a reader uses them: with the mouse, by touch and by keys.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, lane, run, runAndCompare, site } from './site.js';

const { open } = await site();

const QUICK = '#/kitchen?dishes=3&chopMs=5&boilMs=30';

/** @param {import('playwright-core').Page} page @param {string} name */
const drawing = (page, name) => lane(page, name).getByRole('application');

const details = (page) => page.getByRole('region', { name: 'What was picked' });

/** Two frames, so that what was asked for is drawn. */
const frames = (page) => page.evaluate(
  () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** A drawing's pixels as text: equal for equal pictures. */
const pixels = (page, name) => drawing(page, name).locator('canvas').evaluate((canvas) => canvas.toDataURL());

test('what is deep stays hidden until something has run and somebody asks', async (t) => {
  const page = await open(t, QUICK);
  const closer = button(page, 'Look closer');
  assert.equal(await closer.isVisible(), false);
  await runAndCompare(page);
  assert.equal(await closer.isVisible(), true);
  assert.equal(await page.getByLabel('Find a task').isVisible(), false);
  await closer.click();
  assert.equal(await page.getByLabel('Find a task').isVisible(), true);
});

test('the wheel with Ctrl zooms all lanes at the pointer, and one press shows the whole run again', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  const before = [await pixels(page, 'Concurrent'), await pixels(page, 'Parallel')];
  const box = await drawing(page, 'Concurrent').boundingBox();
  const scrolled = await page.evaluate(() => scrollY);
  await page.mouse.move(box.x + box.width / 2, box.y + 10);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await frames(page);
  assert.equal(await page.evaluate(() => scrollY), scrolled, 'the page stays where it is');
  assert.notEqual(await pixels(page, 'Concurrent'), before[0]);
  assert.notEqual(await pixels(page, 'Parallel'), before[1], 'lanes are linked');
  await page.getByRole('button', { name: 'Whole run' }).first().click();
  await page.mouse.move(0, 0);
  await frames(page);
  assert.deepEqual([await pixels(page, 'Concurrent'), await pixels(page, 'Parallel')], before);
});

test('a wheel alone scrolls the page', async (t) => {
  const page = await open(t, QUICK, { viewport: { width: 1000, height: 500 } });
  await runAndCompare(page);
  const before = await pixels(page, 'Concurrent');
  await page.evaluate(() => scrollTo(0, 200));
  const box = await drawing(page, 'Concurrent').boundingBox();
  await page.mouse.move(box.x + box.width / 2, Math.min(480, box.y + 10));
  await page.mouse.wheel(0, 120);
  await page.waitForFunction(() => scrollY > 250);
  await page.mouse.move(0, 0);
  await frames(page);
  assert.equal(await pixels(page, 'Concurrent'), before);
});

test('by keys alone: pick, read, go on, let go', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  await drawing(page, 'Parallel').focus();
  await page.keyboard.press('ArrowDown');
  await details(page).waitFor();
  assert.match(await details(page).innerText(), /main, Parallel/);
  await page.keyboard.press('ArrowDown');
  await frames(page);
  assert.doesNotMatch(await details(page).innerText(), /main, Parallel/, 'the next row with something at that time');
  const first = await details(page).innerText();
  await page.keyboard.press('Shift+ArrowLeft');
  await frames(page);
  assert.notEqual(await details(page).innerText(), first);
  await page.keyboard.press('z');
  await frames(page);
  assert.ok(await page.getByRole('button', { name: 'Whole run' }).first().isVisible());
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  assert.equal(await details(page).evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press('Escape');
  await frames(page);
  assert.equal(await details(page).isVisible(), false);
  assert.equal(await drawing(page, 'Parallel').evaluate((element) => element === document.activeElement), true);
});

test('a click picks what was measured there, and its task can be seen alone', async (t) => {
  const page = await open(t, QUICK);
  const report = await run(page, 'kitchen', { dishes: 3, chopMs: 5, boilMs: 30 }, { processors: 1 });
  const canvas = drawing(page, 'Concurrent');
  const [left, width] = await canvas.evaluate((element) => [96, element.getBoundingClientRect().width - 96]);
  const task = report.tasks.name.indexOf('soup');
  const at = report.spans.task.indexOf(task);
  const middle = (report.spans.startMs[at] + report.spans.endMs[at]) / 2;
  await canvas.click({ position: { x: left + middle / (report.wallMs * 1.04) * width, y: 6 + 25 * task + 12 } });
  await details(page).waitFor();
  assert.match(await details(page).innerText(), /soup, Concurrent[\s\S]*running on cook 1[\s\S]*Why it stopped/);
  const height = (await canvas.boundingBox()).height;
  await button(page, 'Only this task').click();
  await frames(page);
  assert.ok((await canvas.boundingBox()).height < height);
  await button(page, 'All tasks').click();
  await frames(page);
  assert.equal((await canvas.boundingBox()).height, height);
});

test('rows by processor, levels and a search change every lane', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  await button(page, 'Look closer').click();
  for (const change of [
    () => page.getByLabel('processor', { exact: true }).check(),
    () => page.getByLabel('levels over time').check(),
    () => page.getByLabel('task', { exact: true }).check(),
    () => page.getByLabel('Find a task').fill('soup'),
  ]) {
    const before = [await pixels(page, 'Sequential'), await pixels(page, 'Parallel')];
    await change();
    await frames(page);
    assert.notEqual(await pixels(page, 'Sequential'), before[0]);
    assert.notEqual(await pixels(page, 'Parallel'), before[1]);
  }
});
