// The lines of the shown code and the intervals in the lanes mark each other: by mouse, by touch
// and by keyboard, in a wide window and in a narrow window.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { SLOT_NAMES } from '../../www/common/lanes.js';
import { NO_PLACE, STATES } from '../../www/common/messages.js';
import { atOnce } from '../../www/common/slices.js';
import { read } from '../../www/recording/format.js';
import { lineSums } from '../../www/timeline/index/lines.js';
import { sumsWords } from '../../www/timeline/words/line-words.js';
import { button, frames, lane, runAndCompare, site, until } from './site.js';

const { open } = await site();

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
const BLOCKED = STATES.indexOf('blocked');

const details = (/** @type {import('playwright-core').Page} */ page) => page.getByRole('region', { name: 'Selection' });
const code = (/** @type {import('playwright-core').Page} */ page) => page.locator('#code');

/** Runs a lesson, opens its code, and returns the reports of its lanes. */
async function prepare(page, lesson) {
  await runAndCompare(page);
  await code(page).locator('summary').click();
  await code(page).locator('.linked').first().waitFor();
  await button(page, 'Export').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Recording').click()]);
  const { reports } = atOnce(read(Uint8Array.from(await readFile(await download.path())).buffer));
  for (const report of Object.values(reports))
    for (const { file } of report.places) assert.equal(file, `crate/src/programs/lessons/${lesson}.rs`);
  return reports;
}

/** Returns what every lane says about each line, by the line's number. */
function expectedLines(reports) {
  /** @type {Map<number, string[]>} */
  const lines = new Map();
  for (const [slot, report] of Object.entries(reports)) {
    atOnce(lineSums(report)).forEach((sums, place) => {
      const { line } = report.places[place];
      if (sumsWords(sums)) lines.set(line, [...(lines.get(line) ?? []), `${SLOT_NAMES[slot]}: ${sumsWords(sums)}.`]);
    });
  }
  return lines;
}

/** Returns the numbers of the lines that are marked in the code. */
const marked = (page, kind) =>
  code(page)
    .locator(`.line.${kind} .line-number`)
    .evaluateAll((numbers) => numbers.map((number) => Number(/** @type {HTMLElement} */ (number).dataset.number)));

/** Returns the pixels of each lane's timeline as a text. */
const pixels = (page) =>
  page
    .locator('.lane .drawing canvas')
    .evaluateAll((all) => all.map((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL()));

/** Returns the numbers of the lines that the details name. */
async function linesInDetails(page) {
  const row = details(page)
    .locator('div', { has: page.getByText('Line', { exact: true }) })
    .last();
  return [...(await row.innerText()).matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
}

/**
 * Checks that the code marks the lines that the details name, and that the details show the code of
 * one of these lines.
 * @param {import('playwright-core').Page} page
 */
async function marksWhatTheDetailsSay(page) {
  await details(page).waitFor();
  const lines = await linesInDetails(page);
  assert.ok(lines.length > 0);
  await until(
    async () => (await marked(page, 'at')).length > 0 || (await marked(page, 'from')).length > 0,
    'a line is marked',
  );
  const seen = [...(await marked(page, 'at')), ...(await marked(page, 'from'))].sort();
  assert.deepEqual(seen, [...new Set(lines)].sort());
  const excerpt = details(page).locator('.excerpt .line.at');
  await excerpt.waitFor();
  const number = Number(await excerpt.locator('.line-number').getAttribute('data-number'));
  assert.ok(lines.includes(number));
  const whole = code(page).locator('.line', { has: page.locator(`.line-number[data-number="${number}"]`) });
  assert.equal((await excerpt.innerText()).trim(), (await whole.evaluate((line) => line.textContent ?? '')).trim());
}

/**
 * Calls `point` for each linked line. Checks what the page says about the line, and that the lanes
 * mark the line.
 * @param {import('playwright-core').Page} page
 * @param {Record<string, any>} reports
 * @param {(line: import('playwright-core').Locator) => Promise<unknown>} point
 * @param {() => Promise<unknown>} leave
 */
async function everyLine(page, reports, point, leave) {
  const expected = expectedLines(reports);
  const linked = code(page).locator('.linked');
  const numbers = await linked
    .locator('.line-number')
    .evaluateAll((all) => all.map((number) => Number(/** @type {HTMLElement} */ (number).dataset.number)));
  assert.deepEqual(
    numbers,
    [...expected.keys()].sort((a, b) => a - b),
  );
  for (const [i, number] of numbers.entries()) {
    await frames(page);
    const before = await pixels(page);
    await point(linked.nth(i));
    await frames(page);
    assert.equal(
      await code(page).locator('.about-line').textContent(),
      [`Line ${number}`, ...(expected.get(number) ?? [])].join('\n'),
    );
    const drawn = await pixels(page);
    const lanes = Object.entries(reports).filter(([, { places }]) => places.some(({ line }) => line === number));
    const changed = drawn.filter((pixels, lane) => pixels !== before[lane]).length;
    assert.ok(changed > 0 && changed <= lanes.length, `line ${number}: ${changed} of ${lanes.length} lanes changed`);
    await leave();
    await frames(page);
    assert.deepEqual(await pixels(page), before, `line ${number} is not marked any more`);
  }
}

/** Returns the middle of the longest wait of a lane, in CSS pixels of the page. */
async function longestWait(page, name, report) {
  const drawing = lane(page, name).locator('.drawing');
  await drawing.scrollIntoViewIfNeeded();
  const { states } = report;
  let row = -1;
  states.state.forEach((state, i) => {
    const length = (/** @type {number} */ at) => states.endMs[at] - states.startMs[at];
    if (state === BLOCKED && states.task[i] > 0 && (row < 0 || length(i) > length(row))) row = i;
  });
  assert.ok(row >= 0 && states.place[row] !== NO_PLACE);
  return { row, line: report.places[states.place[row]].line };
}

for (const lesson of ['kitchen', 'greeters', 'pipeline']) {
  test(`${lesson}: by mouse, in a wide window, with the code beside the lanes`, async (t) => {
    const page = await open(t, `#/${lesson}`, { viewport: WIDE });
    const reports = await prepare(page, lesson);
    const [lanes, beside] = await Promise.all([page.locator('#lanes').boundingBox(), code(page).boundingBox()]);
    assert.ok(lanes && beside && beside.x >= lanes.x + lanes.width, 'the code stands beside the lanes');
    await everyLine(
      page,
      reports,
      (line) => line.hover({ position: { x: 60, y: 5 } }),
      () => page.mouse.move(2, 2),
    );
    // The code marks the same lines when the reader points at an interval and when a press selects
    // it.
    for (const name of ['Concurrent', 'Parallel']) {
      const drawing = lane(page, name).locator('.drawing');
      await drawing.scrollIntoViewIfNeeded();
      const box = await drawing.boundingBox();
      assert.ok(box);
      let pointed = [];
      for (let x = 0.25; x < 1 && pointed.length === 0; x += 0.05) {
        await page.mouse.move(box.x + box.width * x, box.y + 38);
        await frames(page);
        pointed = [...(await marked(page, 'at')), ...(await marked(page, 'from'))];
      }
      assert.ok(pointed.length > 0, 'the pointer has come to an interval');
      await page.mouse.down();
      await page.mouse.up();
      await marksWhatTheDetailsSay(page);
      assert.deepEqual([...(await marked(page, 'at')), ...(await marked(page, 'from'))], pointed);
      await button(page, 'Close').click();
      await details(page).waitFor({ state: 'hidden' });
    }
  });

  test(`${lesson}: by keyboard`, async (t) => {
    const page = await open(t, `#/${lesson}`, { viewport: NARROW });
    const reports = await prepare(page, lesson);
    await everyLine(
      page,
      reports,
      (line) => line.locator('button').focus(),
      () => code(page).locator('summary').focus(),
    );
    await lane(page, 'Parallel').getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await marksWhatTheDetailsSay(page);
    await page.keyboard.press('Shift+ArrowLeft');
    await frames(page);
    await marksWhatTheDetailsSay(page);
    await page.keyboard.press('Escape');
    await frames(page);
    assert.deepEqual(await marked(page, 'at'), []);
  });

  test(`${lesson}: by touch, in a narrow window`, async (t) => {
    const page = await open(t, `#/${lesson}`, { viewport: NARROW, hasTouch: true });
    const reports = await prepare(page, lesson);
    const pressed = code(page).locator('.line-number[aria-pressed="true"]');
    // On a busy machine a tap may last so long that the browser takes it for a long press, which
    // presses no line. Then the finger taps again.
    const tapUntil = async (button, count) => {
      while ((await pressed.count()) !== count) {
        await button.tap();
        await frames(page);
      }
    };
    await everyLine(
      page,
      reports,
      (line) => tapUntil(line.locator('button'), 1),
      () => tapUntil(pressed, 0),
    );
    const drawing = lane(page, 'Concurrent').locator('.drawing');
    await drawing.scrollIntoViewIfNeeded();
    const box = await drawing.boundingBox();
    assert.ok(box);
    for (let x = 0.35; x < 1 && !(await details(page).isVisible()); x += 0.05) {
      await drawing.tap({ position: { x: box.width * x, y: 38 } });
      await frames(page);
    }
    await marksWhatTheDetailsSay(page);
  });
}

test('a wait has the line at which its task waits', async (t) => {
  const page = await open(t, '#/kitchen', { viewport: WIDE });
  const { concurrent } = await prepare(page, 'kitchen');
  const { line } = await longestWait(page, 'Concurrent', concurrent);
  const text = await code(page)
    .locator('.line', { has: page.locator(`.line-number[data-number="${line}"]`) })
    .evaluate((element) => element.textContent?.trim());
  assert.equal(text, 'sleep(boil).await;');
});

test('the lines of the twin in Go are not linked, and the page says why', async (t) => {
  const page = await open(t, '#/sum', { viewport: WIDE });
  await prepare(page, 'sum');
  await code(page).getByRole('tab', { name: 'Go' }).click();
  await code(page).getByText('package main').waitFor();
  assert.equal(await code(page).locator('.linked').count(), 0);
  assert.match(await code(page).locator('.about-line').innerText(), /ran the program in Rust/);
});

test('a recording of another version of the page is not linked with this code', async (t) => {
  const page = await open(t, '#/kitchen', { viewport: WIDE });
  await prepare(page, 'kitchen');
  await page.locator('input[type=file][accept=".manyhands"]').setInputFiles({
    name: 'old.manyhands',
    mimeType: '',
    buffer: await readFile(new URL('../page/recordings/version-2-kitchen.manyhands', import.meta.url)),
  });
  await page
    .getByText(/recorded on/)
    .first()
    .waitFor();
  await until(async () => (await code(page).locator('.linked').count()) === 0, 'no line is linked');
});
