// Repeated runs, from the press of "Run 5 times" to the texts of the lanes and of the feedback.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { time, timeRange } from '../../www/common/words.js';
import { button, idle, lane, runAndCompare, site } from './site.js';

const { open } = await site();

const QUICK = '#/kitchen?dishes=3&chopMs=5&boilMs=40';
const LANES = /** @type {const} */ ([
  ['Sequential', 'sequential', 1],
  ['Concurrent', 'concurrent', 1],
  ['Parallel', 'concurrent', 2],
]);

/**
 * Makes a page collect parts of all reports in `window.reports`.
 * @param {import('playwright-core').Page} page
 */
const watched = (page) =>
  page.addInitScript(() => {
    window.reports = [];
    let asked = 0;
    window.Worker = class extends Worker {
      postMessage(message, ...rest) {
        super.postMessage(message, ...rest);
        if (message?.type !== 'run') return;
        asked += 1;
        if (asked === window.stopIn) document.getElementById('stop').click();
      }
      /** @param {[string | URL, WorkerOptions?]} args */
      constructor(...args) {
        super(...args);
        this.addEventListener('message', ({ data }) => {
          if (data?.type !== 'report') return;
          const { structure, processors, wallMs, outcome } = data.report;
          window.reports.push({ structure, processors, wallMs, outcome });
        });
      }
    };
  });

/** Checks that the headings show the median and the spread of the completed runs. */
async function headingsAreThoseOf(page, reports) {
  for (const [name, structure, processors] of LANES) {
    const walls = reports
      .filter(
        (report) =>
          report.structure === structure && report.processors === processors && report.outcome === 'completed',
      )
      .map(({ wallMs }) => wallMs)
      .sort((a, b) => a - b);
    const middle = walls.length >> 1;
    const median = walls.length % 2 === 1 ? walls[middle] : (walls[middle - 1] + walls[middle]) / 2;
    assert.equal(
      await lane(page, name).locator('.wall').innerText(),
      `${time(median)} median of ${walls.length}, ${timeRange(walls[0], walls.at(-1))}`,
      name,
    );
  }
}

test('“Run 5 times” runs all lanes five times, in rounds, and says how far it is', async (t) => {
  const page = await open(t, QUICK, {}, { before: watched });
  await page.evaluate(() => {
    window.said = [];
    const status = document.querySelector('[role=status]');
    new MutationObserver(() => window.said.push(status.textContent)).observe(status, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await button(page, 'Run 5 times').click();
  await idle(page);
  const { reports, said } = await page.evaluate(() => ({ reports: window.reports, said: window.said }));
  assert.equal(reports.length, 15);
  // Every second round is in reverse order.
  const order = reports.map(({ structure, processors }) =>
    LANES.findIndex(([, own, many]) => own === structure && many === processors),
  );
  assert.deepEqual(order, [0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1, 2]);
  for (let round = 1; round <= 5; round++) assert.ok(said.includes(`Round ${round} of 5.`), `${said}`);
  assert.match(said.at(-1), /^Medians of 5 runs: Sequential .* Concurrent .* Parallel \d+ ms\./);
  await headingsAreThoseOf(page, reports);
  // The sentences depend on the times. tests/findings checks the sentences.
  assert.match(await page.locator('.step').first().innerText(), /\S.*\.$/);
  assert.match(await lane(page, 'Sequential').innerText(), /The drawing shows the last of 5 runs: \d+ ms\./);
  assert.match(await page.locator('#figures').innerText(), /Time, median/);
});

test('stopped in the middle, what has completed counts and what was stopped does not', async (t) => {
  const page = await open(t, '#/kitchen?dishes=2&chopMs=2&boilMs=250', {}, { before: watched });
  // The eighth run is the second lane of the third round.
  await page.evaluate(() => {
    window.stopIn = 8;
  });
  await button(page, 'Run 5 times').click();
  await idle(page);
  const reports = await page.evaluate(() => window.reports);
  assert.equal(reports.length, 8, 'what was to follow did not run');
  await headingsAreThoseOf(page, reports);
  const status = await page.getByRole('status').innerText();
  assert.match(status, /^Medians of 2 to 3 runs: /);
});

test('pressing again makes the statement stronger, other values begin anew', async (t) => {
  const page = await open(t, '#/kitchen?dishes=4&chopMs=5&boilMs=300', {}, { before: watched });
  await runAndCompare(page);
  const first = page.locator('.step').first();
  // On a busy machine the page shows another sentence. That sentence also names the run or the
  // runs.
  assert.match(await first.innerText(), /this run|In the \w+ run /);
  assert.doesNotMatch(await lane(page, 'Concurrent').innerText(), /median/);
  await runAndCompare(page);
  assert.match(await first.innerText(), /these 2 runs|In the \w+ runs /);
  await headingsAreThoseOf(page, await page.evaluate(() => window.reports));
  await page.getByLabel('Boil').fill('310');
  await page.getByLabel('Boil').press('Tab');
  await runAndCompare(page);
  assert.match(await first.innerText(), /this run|In the \w+ run /);
  assert.doesNotMatch(await lane(page, 'Concurrent').innerText(), /median/);
});

test('an answer given after the run is acknowledged at once, and is no prediction', async (t) => {
  const page = await open(t, QUICK);
  await runAndCompare(page);
  const feedback = page.locator('#feedback');
  assert.match(await feedback.innerText(), /Your run (shows|cannot tell)/);
  await page.getByRole('radio').nth(1).check();
  assert.match(
    await feedback.innerText(),
    /You answered “more cooks”; your run (shows|cannot tell)[\s\S]*This answer is not a prediction: the result was already visible\./,
  );
  assert.match(await page.getByRole('status').innerText(), /not a prediction/);
  await runAndCompare(page);
  assert.match(await feedback.innerText(), /not a prediction/, 'a repeat makes no prediction of it');
  const dishes = page.getByRole('textbox', { name: 'Dishes', exact: true });
  await dishes.fill('4');
  await dishes.press('Tab');
  await runAndCompare(page);
  assert.match(await feedback.innerText(), /You predicted “more cooks”; your run/, 'of other values it is one');
});

test('with a single request no cause is named', async (t) => {
  const page = await open(t, '#/fetch?requests=1&latencyMs=60');
  await page.getByRole('radio').first().check();
  await runAndCompare(page);
  const said = [...(await page.locator('.step').allInnerTexts()), await page.locator('#feedback').innerText()].join(
    ' ',
  );
  assert.match(said, /\w+\./);
  assert.doesNotMatch(said, /: (concurrency|parallelism)|saved/);
});

test('a heading is its lane’s term and its meaning, and the region keeps its name', async (t) => {
  const page = await open(t, QUICK);
  assert.equal(await lane(page, 'Sequential').getByRole('heading').innerText(), 'Sequential: one after another');
  assert.equal(
    await lane(page, 'Concurrent').getByRole('heading').innerText(),
    'Concurrent: overlapping on 1 processor',
  );
  assert.equal(
    await lane(page, 'Parallel').getByRole('heading').innerText(),
    'Parallel: overlapping on all processors',
  );
});

test('at 390 px the buttons and the headings of repeated runs fit', async (t) => {
  const page = await open(t, QUICK, { viewport: { width: 390, height: 844 } });
  await runAndCompare(page);
  await runAndCompare(page);
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= view, `${content} px wide`);
  const tops = await Promise.all(
    ['Run and compare', 'Run 5 times', 'Stop'].map(async (name) => (await button(page, name).boundingBox()).y),
  );
  assert.equal(new Set(tops).size, 1, 'the buttons stand in one row');
});
