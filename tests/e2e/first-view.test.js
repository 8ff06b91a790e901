// The first view of the page. The page appears before its workers have started, and in the chosen
// theme. The legend and the lanes are in view, and the form names its limits.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, enabled, frames, idle, lane, run, runAndCompare, site } from './site.js';

const { open } = await site();

const field = (page, label) => page.getByLabel(label, { exact: true });

/** Delays the responses to matching requests until the returned function is called. */
async function hold(page, pattern) {
  /** @type {(value?: any) => void} */
  let release = () => {};
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue().catch(() => {}); // the page may be gone
  });
  return release;
}

test('rail, form and lanes are there before the module has loaded, and a press waits for it', async (t) => {
  let release = () => {};
  const page = await open(
    t,
    '#/kitchen?dishes=2&chopMs=2&boilMs=5',
    {},
    {
      ready: false,
      before: async (page) => {
        release = await hold(page, '**/*.wasm');
      },
    },
  );
  t.after(() => release());
  await page
    .getByRole('status')
    .getByText('The workers are getting ready. You can press “Run and compare” already.')
    .waitFor();
  assert.equal(await page.getByRole('navigation').getByRole('link').count(), 12);
  assert.equal(await field(page, 'Dishes').inputValue(), '2');
  assert.equal(await field(page, 'Boil').inputValue(), '5');
  assert.match(await lane(page, 'Parallel').innerText(), /not run yet/);
  await page.evaluate(() => {
    window.first = document.querySelector('#field-dishes');
  });
  await button(page, 'Run and compare').click();
  await page.getByRole('status').getByText('The run starts as soon as they are.').waitFor();
  release();
  await page
    .getByRole('status')
    .getByText(/Sequential .* and Parallel/)
    .waitFor();
  await idle(page);
  assert.ok(await page.evaluate(() => window.first.isConnected), 'the form was not made anew');
});

test('a press that waits for the workers can be stopped', async (t) => {
  let release = () => {};
  const page = await open(
    t,
    '#/kitchen?dishes=2&chopMs=2&boilMs=5',
    {},
    {
      ready: false,
      before: async (page) => {
        release = await hold(page, '**/*.wasm');
      },
    },
  );
  t.after(() => release());
  await enabled(page, 'Run and compare');
  await button(page, 'Run and compare').click();
  await enabled(page, 'Stop');
  await button(page, 'Stop').click();
  await page.getByRole('status').getByText('Stopped before anything ran.').waitFor();
  release();
  await page.evaluate(() => window.manyhands.ready);
  assert.match(await lane(page, 'Sequential').innerText(), /not run yet/);
});

test('the catalogue of the build is the one that the host sends', async (t) => {
  const page = await open(
    t,
    '#/counters',
    {},
    {
      ready: false,
      before: (page) =>
        page.addInitScript(() => {
          const { stringify } = JSON;
          window.compared = [];
          JSON.stringify = (value, ...rest) => {
            const text = stringify(value, ...rest);
            if (value?.[0]?.params) window.compared.push(text);
            return text;
          };
        }),
    },
  );
  await page.evaluate(() => window.manyhands.ready);
  const [built, sent] = await page.evaluate(() => window.compared);
  assert.ok(built.length > 5000);
  assert.deepEqual(JSON.parse(built), JSON.parse(sent));
  assert.equal(built, sent, 'and so the form stays as it is');
});

test('where a worker is told another number of processors than the page, the worker’s holds', async (t) => {
  const page = await open(
    t,
    '#/counters',
    {},
    {
      before: (page) =>
        page.addInitScript(() => {
          Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 64 });
        }),
    },
  );
  const { browserCores } = await page.evaluate(() => window.manyhands.ready);
  assert.equal(await field(page, 'Processors').inputValue(), String(browserCores));
  const [counters] = await page.evaluate(() => window.manyhands.programs().find(({ id }) => id === 'counters').params);
  assert.equal(await field(page, 'Counters').inputValue(), String(counters.default));
});

for (const [stored, system] of /** @type {const} */ ([
  ['dark', 'light'],
  ['light', 'dark'],
])) {
  test(`a ${stored} theme that was chosen is there before any module runs, on a ${system} system`, async (t) => {
    const page = await open(
      t,
      '',
      { colorScheme: system },
      {
        ready: false,
        errors: true,
        before: async (page) => {
          await page.addInitScript((stored) => localStorage.setItem('manyhands.theme', stored), stored);
          await page.route('**/main.js', (route) => route.abort());
        },
      },
    );
    const isDark = () =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number)[0] < 128);
    await page.locator('#run').waitFor();
    assert.equal(await isDark(), stored === 'dark');
    await page.unroute('**/main.js');
    await page.reload();
    await page.evaluate(() => window.manyhands.ready);
    assert.equal(await isDark(), stored === 'dark');
    await button(page, stored === 'dark' ? 'Light theme' : 'Dark theme').waitFor();
  });
}

/** The page scrolls without an animation. */
const JUMPING = /** @type {const} */ ({ reducedMotion: 'reduce' });

for (const [width, height] of [
  [1280, 800],
  [1366, 768],
  [1920, 1080],
  [390, 844],
]) {
  test(`at ${width} × ${height} the bar covers neither the legend nor the first lane, whatever it says`, async (t) => {
    const page = await open(t, '#/kitchen?dishes=3&chopMs=5&boilMs=30', { viewport: { width, height }, ...JUMPING });
    await page.getByRole('radio').first().check();
    await runAndCompare(page);
    await frames(page);
    const places = () =>
      page.evaluate(() => {
        const of = (selector) => document.querySelector(selector).getBoundingClientRect();
        return { bar: of('#actions'), legend: of('#legend'), title: of('.lane h2'), stuck: scrollY > 0 };
      });
    const before = await places();
    assert.ok(
      before.legend.top >= before.bar.bottom - 1,
      `the legend begins at ${before.legend.top}, the bar ends at ${before.bar.bottom}`,
    );
    await page.evaluate(() => {
      document.querySelector('#status').textContent = 'A long sentence, as some lessons have. '.repeat(8);
    });
    await frames(page);
    const after = await places();
    if (width === 390) assert.equal(after.bar.height, before.bar.height, 'the bar keeps its height');
    assert.ok(
      after.title.top >= after.bar.bottom - 1,
      `the title begins at ${after.title.top}, the bar ends at ${after.bar.bottom}`,
    );
  });
}

test('at four times its size the page is as wide as its window, and the bar is not in the way', async (t) => {
  const page = await open(t, '#/kitchen?dishes=3&chopMs=5&boilMs=30', {
    viewport: { width: 320, height: 200 },
    ...JUMPING,
  });
  await runAndCompare(page);
  await page.mouse.wheel(0, 3000);
  await page.waitForFunction(() => scrollY > 500);
  await frames(page);
  const { wide, view, bar } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
    bar: document.querySelector('#actions').getBoundingClientRect().bottom,
  }));
  assert.ok(wide <= view, `${wide} of ${view} px`);
  assert.ok(bar <= 0, `the bar ends at ${bar} px`);
});

test('every field says its limits before anything is refused', async (t) => {
  const page = await open(t);
  const programs = await page.evaluate(() => window.manyhands.programs());
  for (const { id, title, params } of programs) {
    await page.evaluate((id) => {
      location.hash = `#/${id}`;
    }, id);
    await page.waitForFunction((title) => document.title.startsWith(title), title);
    if (!(await page.locator('.more-options').evaluate((/** @type {HTMLDetailsElement} */ { open }) => open)))
      await page.locator('.more-options summary').click();
    for (const { name, min, max, help } of [
      ...params,
      { name: 'processors', min: 1, max: 64, help: 'How many processors' },
    ]) {
      const element = page.locator(`.field:has([name="${name}"])`);
      const text = await element.innerText();
      if (max !== null)
        assert.match(text, new RegExp(`${min.toLocaleString('en')} to ${max.toLocaleString('en')}`), `${id} ${name}`);
      assert.ok(text.includes(help), `${id} ${name}: ${text}`);
    }
  }
});

for (const [width, height] of [
  [390, 844],
  [1280, 800],
]) {
  test(`at ${width} px title, question, fields and button of every lesson fit the first view`, async (t) => {
    const page = await open(t, '', { viewport: { width, height } });
    for (const { id, title } of await page.evaluate(() => window.manyhands.programs())) {
      await page.evaluate((id) => {
        location.hash = `#/${id}`;
      }, id);
      await page.waitForFunction((title) => document.title.startsWith(title), title);
      const bottom = await button(page, 'Run and compare').evaluate(
        (element) => element.getBoundingClientRect().bottom,
      );
      assert.ok(bottom <= height, `${id}: the button ends at ${bottom} px`);
    }
  });
}

test('numbers are accepted as the page writes them, or refused with a sentence that says what to write', async (t) => {
  const page = await open(t, '#/greeters');
  const wait = field(page, 'Main waits');
  for (const [text, value] of /** @type {const} */ ([
    ['1,000', 1000],
    ['1 000', 1000],
    ['６０', 60],
    ['60 ms', 60],
    [' 70 ', 70],
    ['+80', 80],
  ])) {
    await wait.fill(text);
    await wait.press('Tab');
    await page.waitForFunction(
      (text) => new URLSearchParams(location.hash.split('?')[1]).get('mainWaitsMs') === text,
      text.trim(),
    );
    assert.equal(await wait.getAttribute('aria-invalid'), null, text);
    assert.match(
      await page.locator('#code').evaluate((code) => code.textContent),
      new RegExp(`mainWaitsMs=${value}\\b`),
      text,
    );
    assert.equal(await wait.inputValue(), text, 'nothing typed is replaced');
  }
  for (const [text, advice] of [
    ['60,5', 'a comma stands only between groups of three digits here, as in 1,000.'],
    ['1.000', 'which can mean 1000 or 1: write one of these.'],
    ['60 s', 'write the number alone, in ms.'],
  ]) {
    await wait.fill(text);
    await button(page, 'Run and compare').click();
    await page.locator('#field-mainWaitsMs[aria-invalid=true]').waitFor();
    const sentence = await page.locator('#field-mainWaitsMs-refusal').innerText();
    assert.ok(sentence.startsWith('Main waits must be a whole number from 0 to'), sentence);
    assert.ok(sentence.endsWith(advice), sentence);
    assert.equal(await wait.inputValue(), text);
    assert.match(await lane(page, 'Sequential').innerText(), /not run yet/);
  }
});

test('what an address gives is read by the same rules', async (t) => {
  const page = await open(t, '#/counters?work=1.000&counters=1%2C0');
  await page.locator('#field-work[aria-invalid=true]').waitFor({ state: 'attached' });
  assert.match(await page.locator('#field-work-refusal').textContent(), /can mean 1000 or 1/);
  assert.equal(await page.locator('#field-counters').getAttribute('aria-invalid'), 'true');
  assert.equal((await run(page, 'sum')).outcome, 'completed');
});

test('the first screen says what the page is for, and whose model it shows', async (t) => {
  for (const width of [390, 1280]) {
    const page = await open(t, '', { viewport: { width, height: 844 } });
    const line = page.getByText(
      'See how concurrency and parallelism differ. The programs here behave like programs in Go, a programming language.',
    );
    const box = await line.boundingBox();
    assert.ok(box && box.y + box.height < 200, `${width} px`);
  }
});
