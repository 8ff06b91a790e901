// The timelines as a reader uses them with mouse and keyboard, and the panels below the lanes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import sirv from 'sirv';
import { listen } from '../../scripts/serve.js';
import { violations } from './accessibility.js';
import { button, frames, lane, run, runAndCompare, site, started } from './site.js';

const { open, address } = await site();

const QUICK = '#/kitchen?dishes=3&chopMs=5&boilMs=30';

/** @param {import('playwright-core').Page} page @param {string} name */
const drawing = (page, name) => lane(page, name).getByRole('application');

const details = (page) => page.getByRole('region', { name: 'Selection' });

/** Returns a drawing's pixels as text. Equal drawings give equal texts. */
const pixels = (page, name) =>
  drawing(page, name)
    .locator('canvas')
    .evaluate((/** @type {HTMLCanvasElement} */ canvas) => canvas.toDataURL());

test('what is deep stays hidden until something has run and somebody asks', async (t) => {
  const page = await open(t, QUICK);
  const zoom = button(page, 'Zoom');
  assert.equal(await zoom.isVisible(), false);
  await runAndCompare(page);
  assert.equal(await zoom.isVisible(), true);
  assert.equal(await page.getByLabel('Find a task').isVisible(), false);
  await zoom.click();
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
  await canvas.click({ position: { x: left + (middle / (report.wallMs * 1.04)) * width, y: 6 + 25 * task + 12 } });
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
  await button(page, 'Zoom').click();
  for (const change of [
    () => page.getByLabel('processor', { exact: true }).check(),
    () => page.getByLabel('number of tasks in each state').check(),
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

test('a replay stops where it is told, steps to each change, and all lanes follow', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  await button(page, 'Replay').click();
  const boards = page.getByRole('region', { name: /, replayed$/ });
  assert.equal(await boards.count(), 3);
  const scrub = page.getByRole('slider', { name: 'Time of the replay' });
  assert.equal(await scrub.inputValue(), '0');
  const times = [0];
  for (let step = 0; step < 4; step++) {
    await button(page, 'Step').click();
    times.push(Number(await scrub.inputValue()));
  }
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  await button(page, 'Step back').click();
  assert.equal(Number(await scrub.inputValue()), times[3]);
  const before = await pixels(page, 'Parallel');
  await scrub.fill(await scrub.getAttribute('max'));
  await frames(page);
  assert.notEqual(await pixels(page, 'Parallel'), before);
  for (const text of await boards.allInnerTexts()) assert.match(text, /ended after/);
  await button(page, 'Go to start').click();
  await button(page, 'Play').click();
  await page.waitForFunction(
    () => Number(/** @type {HTMLInputElement} */ (document.querySelector('input[type=range]')).value) > 0,
  );
  await button(page, 'Pause').click();
  const paused = await scrub.inputValue();
  await frames(page, 10);
  assert.equal(await scrub.inputValue(), paused);
});

test('nothing plays for a reader who asks for less motion', async (t) => {
  const page = await open(t, QUICK, { reducedMotion: 'reduce' });
  await run(page, 'kitchen', { dishes: 2, chopMs: 2, boilMs: 10 }, { processors: 1 });
  await button(page, 'Replay').click();
  await button(page, 'Play').click({ force: true });
  await frames(page, 10);
  assert.equal(await page.getByRole('slider', { name: 'Time of the replay' }).inputValue(), '0');
  await button(page, 'Step').click();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});

test('where the time went adds up, in every lane', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  await button(page, 'Where did the time go?').click();
  const rows = page.locator('.lane-losses tbody tr');
  assert.ok((await rows.count()) >= 3);
  for (const row of await rows.all()) {
    const shares = (await row.innerText()).match(/[\d.]+ %/g).map(parseFloat);
    assert.equal(shares.length, 4);
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 100) < 0.3, shares.join(' + '));
  }
  const report = await run(page, 'kitchen', { dishes: 3, chopMs: 3, boilMs: 10 });
  const { insideMs, schedulingMs, idleMs, tailMs } = report.losses;
  insideMs.forEach((inside, p) => {
    const whole = inside + schedulingMs[p] + idleMs[p] + tailMs[p];
    assert.ok(Math.abs(whole - report.wallMs) < 1e-6, `${whole}, not ${report.wallMs}`);
  });
});

/** Presses a button in "Export" and returns the name and the content of the saved file. */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a recording opens again as it was, also where nothing can run', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  await button(page, 'Export').click();
  const file = await saved(page, 'Recording');
  assert.match(file.name, /^many-hands-kitchen\.manyhands$/);
  const walls = await page.locator('.lane .wall').allInnerTexts();
  const found = await page.locator('.step.found').allInnerTexts();
  await page.mouse.move(0, 0);
  await frames(page);
  const drawn = [await pixels(page, 'Concurrent'), await pixels(page, 'Parallel')];

  const bare = await page.context().newPage();
  await bare.route('**/*.wasm', (route) => route.abort());
  await bare.goto(address);
  await bare
    .locator('input[type=file][accept=".manyhands"]')
    .setInputFiles({ name: file.name, mimeType: '', buffer: file.bytes });
  await bare
    .getByText(/recorded on .*2 processors|recorded on .*processors/)
    .first()
    .waitFor();
  await frames(bare);
  await frames(bare);
  assert.deepEqual(await bare.locator('.lane .wall').allInnerTexts(), walls);
  assert.deepEqual(await bare.locator('.step.found').allInnerTexts(), found);
  assert.deepEqual([await pixels(bare, 'Concurrent'), await pixels(bare, 'Parallel')], drawn);
  await bare.close();
});

test('an address carries short runs to a page that can run nothing', async (t) => {
  const page = await open(t, QUICK, { permissions: ['clipboard-read', 'clipboard-write'] });
  await runAndCompare(page);
  await button(page, 'Export').click();
  await button(page, 'Copy link with these runs').click();
  await page.getByRole('status').getByText('The link to these runs is copied.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const walls = await page.locator('.lane .wall').allInnerTexts();

  const bare = await page.context().newPage();
  await bare.route('**/*.wasm', (route) => route.abort());
  await bare.goto(link);
  await bare
    .getByText(/recorded on .*processors/)
    .first()
    .waitFor();
  assert.deepEqual(await bare.locator('.lane .wall').allInnerTexts(), walls);
  await bare.close();

  const whole = await page.context().newPage();
  await whole.goto(link);
  await whole.evaluate(() => window.manyhands.ready);
  assert.deepEqual(await whole.locator('.lane .wall').allInnerTexts(), walls);
  await runAndCompare(whole);
  await whole.goto(link.slice(0, -40));
  await whole.getByRole('status').getByText('Ask for the recording as a file').waitFor();
  await whole.close();
});

test('a file that is none is a sentence, and the page goes on', async (t) => {
  const page = await open(t, QUICK);
  const choose = (buffer) =>
    page.locator('input[type=file][accept=".manyhands"]').setInputFiles({ name: 'x.manyhands', mimeType: '', buffer });
  await choose(Buffer.from('{"traceEvents": []}'));
  await page.getByRole('status').getByText('holds no run').waitFor();
  await choose(Buffer.concat([Buffer.from('manyhand'), Buffer.from([1, 0, 0, 0, 255, 255, 0, 0])]));
  await page.getByRole('status').getByText('damaged').waitFor();
  await runAndCompare(page);
});

test('exported timelines, trace events and tables are files', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  await button(page, 'Export').click();
  const png = await saved(page, 'Timeline (PNG)');
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
  const svg = (await saved(page, 'Timeline (SVG)')).bytes.toString();
  const elsewhere = await page.context().newPage(); // the site's policy forbids parsing of markup
  const parsed = await elsewhere.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [documentElement.localName, documentElement.textContent];
  }, svg);
  assert.equal(parsed[0], 'svg');
  assert.match(parsed[1], /Concurrent[\s\S]*soup/);
  const { traceEvents } = JSON.parse((await saved(page, 'Trace events')).bytes.toString());
  assert.ok(traceEvents.some(({ ph, name }) => ph === 'X' && name === 'soup'));
  assert.match(
    (await saved(page, 'Table (CSV)')).bytes.toString(),
    /^lane,task,name,state.*\r\n(sequential,\d+,main,)/,
  );
});

test('a sweep measures each number of processors, draws them, and says why there is no law', async (t) => {
  const page = await open(t, '#/kitchen?dishes=2&chopMs=3&boilMs=5');
  await runAndCompare(page);
  const walls = await page.locator('.lane .wall').allInnerTexts();
  await button(page, 'Scaling').click();
  await button(page, 'Measure').click();
  await page
    .getByText(/\d+ runs measured\./)
    .first()
    .waitFor();
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  const rows = page.getByRole('group', { name: 'Figures of the sweep' }).locator('tbody tr');
  assert.ok((await rows.count()) >= Math.min(processors, 2));
  assert.equal(await page.locator('.scaling-chart circle.measured').count(), await rows.count());
  if (processors < 4) await page.getByText(/needs times for at least 4/).waitFor();
  assert.deepEqual(await page.locator('.lane .wall').allInnerTexts(), walls, 'the lanes keep what they show');
  // Start another sweep. Its runs take so long that no run ends before the sweep is stopped.
  await page.getByLabel('Boil', { exact: true }).fill('5000');
  await page.getByLabel('Boil', { exact: true }).press('Tab');
  await button(page, 'Measure').click();
  await started(page);
  await button(page, 'Stop measuring').click();
  await page
    .getByText(/measured\./)
    .first()
    .waitFor();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`nothing is out of reach (${colorScheme})`, async (t) => {
    const page = await open(t, QUICK, { colorScheme });
    await runAndCompare(page);
    for (const name of ['Zoom', 'Replay', 'Where did the time go?', 'Scaling', 'Export'])
      await button(page, name).click();
    await drawing(page, 'Parallel').focus();
    await page.keyboard.press('ArrowDown');
    await details(page).waitFor();
    // The toolbar covers no element if the page is scrolled to the top.
    await page.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await violations(page), []);
  });
}

test('nothing is wider than a narrow screen, or than a page at twice its size', async (t) => {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 640, height: 450 },
  ]) {
    const page = await open(t, QUICK, { viewport });
    await runAndCompare(page);
    for (const name of ['Zoom', 'Replay', 'Where did the time go?', 'Scaling', 'Export'])
      await button(page, name).click();
    const [content, view] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(content <= view, `${content} px at ${viewport.width}`);
  }
});

test('speedscope’s importer takes the trace without a warning, spans without length too', async (t) => {
  const page = await open(t, '#/sum?length=200&parts=40&capacity=0');
  await run(page, 'sum', { numbers: [], length: 200, parts: 40 }, { processors: 1 });
  await run(page, 'sum', { numbers: [], length: 200, parts: 40 });
  await button(page, 'Export').click();
  const trace = await saved(page, 'Trace events');
  const files = sirv(path.dirname(createRequire(import.meta.url).resolve('speedscope/dist/release/index.html')));
  const { address, close } = await listen((request, response) => files(request, response));
  t.after(close);
  const viewer = await page.context().newPage();
  const said = [];
  viewer.on('console', (message) => {
    if (['warning', 'error'].includes(message.type()) && !/WebGL|GL Driver/.test(message.text()))
      said.push(message.text());
  });
  viewer.on('dialog', (dialog) => {
    said.push(dialog.message());
    dialog.dismiss();
  });
  await viewer.goto(address);
  await viewer
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: trace.name, mimeType: 'application/json', buffer: trace.bytes });
  await viewer
    .getByText(/processor 1/)
    .first()
    .waitFor();
  assert.deepEqual(said, []);
});
