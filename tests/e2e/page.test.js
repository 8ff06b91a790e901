// The page as a reader uses it. Most elements are found by their role and their accessible name.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, frames, idle, lane, run, runAndCompare, site, started, until } from './site.js';

const { open } = await site();

const LANES = ['Sequential', 'Concurrent', 'Parallel'];
const QUICK = '#/kitchen?dishes=3&chopMs=5&boilMs=40';

/** @param {import('playwright-core').Page} page @param {string} label */
const field = (page, label) => page.getByLabel(label, { exact: true });

/** Returns the wall time that a lane shows, in ms. */
async function shownMs(page, name) {
  const text = await lane(page, name).innerText();
  const [, number, unit] = text.match(/([\d.,]+)\s?(ms|s)\b/) ?? [];
  assert.ok(number, `${name} shows no time: ${text}`);
  return Number(number.replaceAll(',', '')) * (unit === 's' ? 1000 : 1);
}

async function nothingHasRun(page) {
  for (const name of LANES) assert.match(await lane(page, name).innerText(), /not run yet/, name);
}

test('the kitchen opens first, and nothing has run yet', async (t) => {
  const page = await open(t);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.match(await page.title(), /Kitchen/i);
  assert.equal(await field(page, 'Dishes').inputValue(), '4');
  await nothingHasRun(page);
});

test('a press asks once whether its values can run', async (t) => {
  const page = await open(t);
  const before = await page.evaluate(() => ({ ...window.watched.asked }));
  await runAndCompare(page);
  const after = await page.evaluate(() => ({ ...window.watched.asked }));
  assert.equal(after.run - before.run, 3, 'three lanes ran');
  assert.equal(after.check - before.check, 1);
});

test('one press runs three lanes, and says something about each step', async (t) => {
  const page = await open(t);
  await runAndCompare(page);
  // These limits hold on every machine. Boiling four dishes one after another takes 4 × 180 ms.
  assert.ok((await shownMs(page, 'Sequential')) >= 4 * 180);
  for (const name of ['Concurrent', 'Parallel']) {
    assert.ok((await shownMs(page, name)) >= 180, name);
  }
  for (const name of LANES) {
    const text = await lane(page, name).innerText();
    assert.match(text, /concurrency/i, name);
    assert.match(text, /parallelism/i, name);
    assert.doesNotMatch(text, /not run yet/);
  }
  // The sentences depend on the times. tests/findings checks the sentences.
  for (const said of await page.locator('.step.found').allInnerTexts()) assert.match(said, /\.$/);
  assert.equal(await page.locator('.step.found').count(), 2);
});

test('the status says in one polite live region what goes on', async (t) => {
  const page = await open(t, QUICK);
  const status = page.getByRole('status');
  assert.equal(await status.count(), 1);
  assert.equal(await page.locator('[aria-live], [role=alert]').count(), 1);
  await runAndCompare(page);
  for (const name of LANES) assert.match(await status.innerText(), new RegExp(name));
});

test('a run begins when the page has drawn what there is to draw', async (t) => {
  const page = await open(
    t,
    QUICK,
    {},
    {
      before: (page) =>
        page.addInitScript(() => {
          const frame = window.requestAnimationFrame.bind(window);
          const post = Worker.prototype.postMessage;
          let frames = 0;
          window.begun = [];
          window.requestAnimationFrame = (paint) => {
            frames += 1;
            return frame((now) => {
              frames -= 1;
              paint(now);
            });
          };
          Worker.prototype.postMessage = function (message, ...rest) {
            if (message?.type === 'run') {
              window.begun.push({ frames, sorting: document.querySelectorAll('[aria-busy=true]').length });
            }
            return post.call(this, message, ...rest);
          };
        }),
    },
  );
  await runAndCompare(page);
  assert.deepEqual(
    await page.evaluate(() => window.begun),
    LANES.map(() => ({ frames: 0, sorting: 0 })),
  );
});

test('a lane can run alone', async (t) => {
  const page = await open(t, QUICK);
  await lane(page, 'Concurrent').getByRole('button', { name: /run/i }).first().click();
  await lane(page, 'Concurrent')
    .getByText(/concurrency/i)
    .first()
    .waitFor();
  await idle(page);
  assert.match(await lane(page, 'Sequential').innerText(), /not run yet/);
  assert.match(await lane(page, 'Parallel').innerText(), /not run yet/);
});

test('lanes draw while a run goes on, Stop ends it and what was to follow', async (t) => {
  const page = await open(t, '#/kitchen?dishes=50&chopMs=100&boilMs=1000');
  await button(page, 'Run and compare').click();
  await started(page);
  const drawn = () =>
    lane(page, 'Sequential')
      .locator('canvas.live')
      .evaluate(async (/** @type {HTMLCanvasElement} */ canvas) => {
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        copy.getContext('2d').drawImage(canvas, 0, 0);
        return [...new Uint8Array(await (await copy.convertToBlob()).arrayBuffer())].join(' ');
      });
  const drawings = new Set();
  await until(async () => drawings.add(await drawn()).size >= 5, 'the timeline has gone on');
  assert.equal(
    await lane(page, 'Sequential').locator('.wall').innerText(),
    'running',
    'no time that lags behind the timeline',
  );
  await button(page, 'Stop').click();
  await idle(page);
  assert.match(await lane(page, 'Sequential').innerText(), /stopped/i);
  assert.match(await lane(page, 'Parallel').innerText(), /not run yet/);
});

test('while a run goes on its tasks are seen to run, each in its row', async (t) => {
  const page = await open(t, '#/counters?work=20');
  await lane(page, 'Concurrent').getByRole('button', { name: /run/i }).first().click();
  await started(page);
  const count = () =>
    lane(page, 'Concurrent')
      .locator('canvas.live')
      .evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
        const { width, height } = canvas;
        const ink = new OffscreenCanvas(width, height).getContext('2d');
        ink.drawImage(canvas, 0, 0);
        const { data } = ink.getImageData(0, 0, width, height);
        // Count the columns, right of the names, that have a pixel in the first processor's colour.
        const columns = (from, to) => {
          let count = 0;
          for (let x = 110; x < width; x++) {
            for (let y = from; y < to; y++) {
              const [red, green, blue] = data.subarray((y * width + x) * 4);
              if (blue > 120 && blue - red > 60 && blue >= green) {
                count += 1;
                break;
              }
            }
          }
          return count;
        };
        return [columns(0, height - 24), columns(height - 24, height)];
      });
  // The strip is drawn as soon as a run has begun. The rows follow when the page knows the tasks.
  await until(async () => {
    const [inRows, inStrip] = await count();
    return inStrip > 50 && inRows > inStrip * 0.8;
  }, 'the strip shows 50 columns, and the rows show most of them');
  await button(page, 'Stop').click();
  await idle(page);
});

test('a run by script is drawn in its lane', async (t) => {
  const page = await open(t);
  const report = await run(page, 'kitchen', { dishes: 2, chopMs: 2, boilMs: 10 }, { processors: 1 });
  await lane(page, 'Concurrent')
    .getByText(/concurrency/i)
    .first()
    .waitFor();
  assert.ok(Math.abs((await shownMs(page, 'Concurrent')) - report.wallMs) <= 1);
  assert.equal(await field(page, 'Dishes').inputValue(), '2');
});

test('a bad value is refused at its field, nothing runs and nothing typed is lost', async (t) => {
  const page = await open(t);
  const dishes = field(page, 'Dishes');
  const { min, max } = await page.evaluate(() =>
    window.manyhands
      .programs()
      .find(({ id }) => id === 'kitchen')
      .params.find(({ name }) => name === 'dishes'),
  );
  for (const text of ['many', '-1', '2.5', 'NaN', '1e99', String(max + 1), '', '0x10', '4 dishes']) {
    await dishes.fill(text);
    await button(page, 'Run and compare').click();
    const refused = page.getByRole('textbox', { name: 'Dishes', exact: true }).and(page.locator('[aria-invalid=true]'));
    if (text === '') {
      // An empty field stands for the default value, so the press has started runs.
      await idle(page);
      for (const name of LANES) assert.doesNotMatch(await lane(page, name).innerText(), /not run yet/);
      await page.reload();
      await page.evaluate(() => window.manyhands.ready);
      continue;
    }
    await refused.waitFor();
    const [id] = (await dishes.getAttribute('aria-describedby')).split(' ').filter((id) => id.endsWith('-refusal'));
    const sentence = await page.locator(`#${id}`).innerText();
    assert.match(sentence, new RegExp(`Dishes.*${min}.*${max}`), text);
    assert.equal(await dishes.inputValue(), text);
    await nothingHasRun(page);
  }
  await dishes.fill('1');
  await field(page, 'Boil').fill('1');
  await runAndCompare(page);
  assert.equal(await page.locator('[aria-invalid=true]').count(), 0);
});

for (const label of ['Processors', 'Seed']) {
  test(`${label} is refused like any other field`, async (t) => {
    const page = await open(t, '#/kitchen?seed=5');
    const control = field(page, label);
    if (!(await control.isVisible())) await page.getByText('More', { exact: true }).click();
    await control.fill('-3');
    await button(page, 'Run and compare').click();
    await page.locator('[aria-invalid=true]').waitFor();
    assert.equal(await control.getAttribute('aria-invalid'), 'true');
    await page
      .getByText(new RegExp(`${label}.*-3`))
      .first()
      .waitFor();
    await nothingHasRun(page);
  });
}

test('an address with bad values says so at once', async (t) => {
  for (const bad of ['-1', 'NaN', '2.5', 'many', '1000000', '']) {
    const page = await open(t, `#/kitchen?dishes=${bad}&boilMs=90`);
    if (bad !== '') {
      await page.locator('#field-dishes[aria-invalid=true]').waitFor();
      assert.match(await page.locator('#field-dishes-refusal').innerText(), /^Dishes must be .*\d/, bad);
    }
    assert.equal(await field(page, 'Dishes').inputValue(), bad);
    assert.equal(await field(page, 'Boil').inputValue(), '90');
    await nothingHasRun(page);
  }
});

test('an address with an unknown parameter or program says so', async (t) => {
  const page = await open(t, '#/kitchen?dishs=4');
  await page.getByText(/dishs/).first().waitFor();
  await button(page, 'Run and compare').click();
  await idle(page);
  await nothingHasRun(page);
  const lost = await open(t, '#/kitchn');
  await lost
    .getByText(/kitchn/)
    .first()
    .waitFor();
  await lost
    .getByRole('link', { name: /kitchen/i })
    .first()
    .click();
  await lost.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await field(lost, 'Dishes').inputValue(), '4');
});

test('the address names the state, and brings it back', async (t) => {
  const page = await open(t);
  await field(page, 'Dishes').fill('3');
  await field(page, 'Dishes').press('Tab');
  await page.waitForFunction(() => location.hash.includes('dishes=3'));
  const hash = await page.evaluate(() => location.hash);
  assert.match(hash, /^#\/kitchen\?/);
  assert.doesNotMatch(hash, /processors/, 'all of them is the default');
  const other = await open(t, hash);
  assert.equal(await field(other, 'Dishes').inputValue(), '3');
});

test('a list repeats its key', async (t) => {
  const page = await open(t, '#/sum?numbers=5&numbers=-6&numbers=7');
  assert.match(await field(page, 'Numbers').inputValue(), /5\D+-6\D+7/);
  await field(page, 'Numbers').fill('1, 2');
  await field(page, 'Numbers').press('Tab');
  await page.waitForFunction(() => /numbers=1&numbers=2(&|$)/.test(location.hash));
});

test('more processors than there are is kept, and all of them offered', async (t) => {
  const page = await open(t, '#/kitchen?processors=64');
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  assert.equal(await field(page, 'Processors').inputValue(), '64');
  await page.getByRole('button', { name: `Use all ${processors} here` }).click();
  assert.equal(await field(page, 'Processors').inputValue(), String(processors));
});

test('at 390 px the button is in the first view and nothing scrolls sideways', async (t) => {
  const page = await open(t, '', { viewport: { width: 390, height: 844 } });
  const box = await button(page, 'Run and compare').boundingBox();
  assert.ok(box.y + box.height <= 844, `the button ends at ${box.y + box.height} px`);
  await runAndCompare(page);
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= view, `${content} px wide`);
});

test('it follows a dark and a light scheme', async (t) => {
  const grounds = [];
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await open(t, '', { colorScheme });
    grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  }
  assert.notEqual(grounds[0], grounds[1]);
});

// `./build.sh bench` measures the longest task of the page's thread.
test('the page goes on drawing while a run goes on', async (t) => {
  const page = await open(t, '#/counters?counters=8&work=20');
  await button(page, 'Run and compare').click();
  await started(page);
  await frames(page, 20);
  assert.equal(await button(page, 'Stop').getAttribute('aria-disabled'), 'false', 'the run goes on');
  await button(page, 'Stop').click();
  await idle(page);
});
