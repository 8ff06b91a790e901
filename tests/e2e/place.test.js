// URLs, the history, the form, the lanes and links with recorded runs agree with each other, as the
// table in www/page/place.js says.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, enabled, idle, lane, run, runAndCompare, site } from './site.js';

const { open, address } = await site();

const QUICK = '#/kitchen?dishes=3&chopMs=2&boilMs=10';
const LANES = ['Sequential', 'Concurrent', 'Parallel'];

const field = (page, label) => page.getByLabel(label, { exact: true });
const hash = (page) => page.evaluate(() => location.hash);
const entries = (page) => page.evaluate(() => history.length);
const status = (page, text) => page.getByRole('status').getByText(text).waitFor();
const heading = (page, title) => page.waitForFunction((title) => document.title.startsWith(title), title);
const walls = (page) => page.locator('.lane .wall').allInnerTexts();
const mark = (page) => page.locator('#differences');

async function change(page, label, text) {
  await field(page, label).fill(text);
  await field(page, label).press('Tab');
}

async function follow(page, title) {
  await page.getByRole('navigation').getByRole('link', { name: title }).click();
  await heading(page, title);
}

/** Runs all lanes of the open lesson and makes a link with these runs. */
async function recordedLink(page) {
  await runAndCompare(page);
  if (!(await button(page, 'Copy link with these runs').isVisible())) await button(page, 'Export').click();
  await button(page, 'Copy link with these runs').click();
  await page.waitForFunction(() => /[?&]recorded=/.test(location.hash));
  return { link: address + (await hash(page)), shown: await walls(page) };
}

for (const [asked, title, kept] of [
  ['#kitchen', 'Kitchen', ''],
  ['#/Kitchen', 'Kitchen', ''],
  ['#/kitchen/', 'Kitchen', ''],
  ['#/kitchn?dishes=3', 'Kitchen', '3'],
  ['#Sums', 'Sum', ''],
]) {
  test(`${asked} opens the lesson that is meant, at first and later`, async (t) => {
    const page = await open(t, asked);
    for (const again of [false, true]) {
      if (again) {
        await follow(page, 'Greeters');
        await page.evaluate((asked) => {
          location.hash = asked;
        }, asked);
      }
      await heading(page, title);
      await status(page, `The nearest one is open: ${title}.`);
      assert.match(await hash(page), new RegExp(`^#/${title.toLowerCase()}(\\?|$)`));
      if (kept) assert.equal(await field(page, 'Dishes').inputValue(), kept);
      await enabled(page, 'Run and compare');
      assert.ok((await page.locator('#form input:visible').count()) > 0, 'the form has fields');
    }
    await page.goBack();
    await heading(page, 'Greeters');
  });
}

test('an address that names no lesson opens the first one, and can run it', async (t) => {
  const page = await open(t, '#/fault');
  await status(page, 'The first one is open: Kitchen.');
  assert.equal(await hash(page), '#/kitchen');
  assert.equal(await field(page, 'Dishes').inputValue(), '4');
});

test('a changed value is no entry of the history; a place is one, and Back and Forward bring it back', async (t) => {
  const page = await open(t, '#/kitchen');
  const before = await entries(page);
  for (const dishes of ['5', '6', '7']) await change(page, 'Dishes', dishes);
  await page.locator('.suggestions button').first().click();
  await change(page, 'Boil', '20');
  assert.equal(await entries(page), before);
  const values = await field(page, 'Dishes').inputValue();
  const left = await hash(page);
  await follow(page, 'Greeters');
  await change(page, 'Times', '2');
  await follow(page, 'When to use which');
  assert.equal(await entries(page), before + 2);
  await page.goBack();
  await heading(page, 'Greeters');
  assert.equal(await field(page, 'Times').inputValue(), '2');
  await page.goBack();
  await heading(page, 'Kitchen');
  assert.deepEqual([await field(page, 'Dishes').inputValue(), await field(page, 'Boil').inputValue()], [values, '20']);
  assert.equal(await hash(page), left);
  await page.goForward();
  await heading(page, 'Greeters');
  assert.equal(await field(page, 'Times').inputValue(), '2');
});

test('the projector view is no place of its own', async (t) => {
  const page = await open(t, '#/kitchen');
  const before = await entries(page);
  await button(page, 'Projector view').click();
  await button(page, 'Normal view').click();
  assert.equal(await entries(page), before);
});

test('the link past the rail leaves the address alone', async (t) => {
  const page = await open(t, '#/kitchen?dishes=3');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'lesson');
  assert.equal(await hash(page), '#/kitchen?dishes=3');
});

test('form and lanes that differ are marked, on the page and in print, until they agree', async (t) => {
  const page = await open(t, QUICK);
  assert.ok(!(await mark(page).isVisible()));
  await runAndCompare(page);
  assert.ok(!(await mark(page).isVisible()));
  await change(page, 'Boil', '0');
  assert.equal(await mark(page).innerText(), 'These lanes show runs with Boil 10 ms. The form now says Boil 0 ms.');
  await page.emulateMedia({ media: 'print' });
  assert.ok(await mark(page).isVisible());
  await page.emulateMedia({ media: null });
  await change(page, 'Boil', '10');
  assert.ok(!(await mark(page).isVisible()), 'they agree again');
  await page.locator('.suggestions button').first().click();
  assert.match(await mark(page).innerText(), /^These lanes show runs with Dishes 3/);
  await lane(page, 'Concurrent').getByRole('button', { name: /^Run/ }).click();
  await idle(page);
  assert.ok(!(await mark(page).isVisible()), 'a run with the form’s values');
});

test('after Back within a lesson the lanes are marked', async (t) => {
  const page = await open(t, QUICK);
  await page.evaluate(() => {
    location.hash = '#/kitchen?dishes=2&chopMs=2&boilMs=10';
  });
  await page.waitForFunction(
    () => /** @type {HTMLInputElement | null} */ (document.querySelector('#field-dishes'))?.value === '2',
  );
  await runAndCompare(page);
  await page.goBack();
  await mark(page).waitFor();
  assert.equal(await field(page, 'Dishes').inputValue(), '3');
  assert.equal(await mark(page).innerText(), 'These lanes show runs with Dishes 2. The form now says Dishes 3.');
  await page.goForward();
  await mark(page).waitFor({ state: 'hidden' });
});

test('a recorded link stays when the page is ready, is reloaded, left and come back to', async (t) => {
  const page = await open(t, QUICK);
  const { link, shown } = await recordedLink(page);
  const other = await page.context().newPage();
  await other.goto(link);
  const stays = async () => {
    await status(other, 'These runs were recorded on');
    assert.deepEqual(await walls(other), shown);
    assert.equal(address + (await hash(other)), link);
    assert.equal(await field(other, 'Dishes').inputValue(), '3');
    assert.ok(!(await mark(other).isVisible()));
  };
  await other.evaluate(() => window.manyhands.ready);
  await stays();
  await other.reload();
  await other.evaluate(() => window.manyhands.ready);
  await stays();
  await follow(other, 'Sum');
  await other.goBack();
  await stays();
  await other.goForward();
  await heading(other, 'Sum');
  await other.goBack();
  await stays();

  // A changed value leaves the recorded runs in the lanes. After a reload, the value is still
  // there.
  await change(other, 'Dishes', '5');
  assert.match(await hash(other), /dishes=5.*recorded=/);
  await other.reload();
  await status(other, 'These runs were recorded on');
  assert.deepEqual(await walls(other), shown);
  assert.match(await mark(other).innerText(), /Dishes 3\. .* Dishes 5\.$/);

  // A new run leads to another place in the history. Back shows the recorded runs again.
  await other.evaluate(() => window.manyhands.ready);
  await change(other, 'Dishes', '3');
  await runAndCompare(other);
  assert.doesNotMatch(await hash(other), /recorded/);
  assert.ok(
    !(await lane(other, 'Parallel')
      .getByText(/recorded on/)
      .isVisible()),
  );
  await other.goBack();
  await stays();
  await other.close();
});

test('a lesson that is gone back to from a recorded link has empty lanes', async (t) => {
  const page = await open(t, QUICK);
  const { link } = await recordedLink(page);
  const other = await page.context().newPage();
  await other.goto(`${address}#/kitchen`);
  await other.goto(link);
  await status(other, 'These runs were recorded on');
  await other.goBack();
  await lane(other, 'Parallel').getByText('not run yet').first().waitFor();
  assert.equal(await field(other, 'Dishes').inputValue(), '4');
  await other.close();
});

test('a recorded link that was cut is a sentence, and its values are there', async (t) => {
  const page = await open(t, QUICK);
  const { link } = await recordedLink(page);
  const other = await page.context().newPage();
  const cut = link.slice(0, Math.floor((link.length + link.indexOf('recorded=')) / 2));
  await other.goto(cut);
  await other.evaluate(() => window.manyhands.ready);
  await status(other, 'This link holds no complete recording');
  assert.equal(await field(other, 'Dishes').inputValue(), '3');
  assert.equal(address + (await hash(other)), cut, 'the address can still be mended');
  for (const name of LANES) await lane(other, name).getByText('not run yet').first().waitFor();
  await runAndCompare(other);
  assert.doesNotMatch(await hash(other), /recorded/);
  await other.close();
});

test('an address with 200 parameters is refused in one sentence, and loses nothing', async (t) => {
  const many = Array.from({ length: 200 }, (_, i) => `p${i}=${i}`).join('&');
  const page = await open(t, `#/kitchen?dishes=5&${many}`);
  const refusals = page.locator('#form .refusal:visible li');
  await refusals.first().waitFor();
  assert.equal(await refusals.count(), 1);
  assert.match(
    await refusals.innerText(),
    /^There are no parameters "p0", .* and 197 others; there are dishes, chopMs and boilMs\./,
  );
  assert.equal(await field(page, 'Dishes').inputValue(), '5');
  assert.match(await hash(page), /p199=199/);
  await button(page, 'Leave them out').click();
  await refusals.first().waitFor({ state: 'hidden' });
  assert.equal(await hash(page), '#/kitchen?dishes=5&chopMs=60&boilMs=180');
});

test('the status of a lesson leaves with it, also when one leaves during a run', async (t) => {
  const page = await open(t, QUICK);
  await page.getByRole('radio').first().check();
  await runAndCompare(page);
  await status(page, /Sequential/);
  await follow(page, 'Greeters');
  assert.match(await page.getByRole('status').innerText(), /^Ready\./);
  // With these values the run lasts until the reader leaves the lesson.
  await change(page, 'Times', '100');
  await button(page, 'Run and compare').click();
  await status(page, 'Running Sequential.');
  await follow(page, 'Sum');
  await enabled(page, 'Run and compare');
  assert.match(await page.getByRole('status').innerText(), /^Ready\./);
});

test('a script that runs another lesson’s program goes to another place', async (t) => {
  const page = await open(t, '#/kitchen');
  const before = await entries(page);
  await run(page, 'kitchen', { dishes: 2, chopMs: 1, boilMs: 1 });
  assert.equal(await entries(page), before);
  await run(page, 'sum');
  await run(page, 'sum', { parts: 3 });
  assert.equal(await entries(page), before + 1);
  await page.goBack();
  await heading(page, 'Kitchen');
  assert.equal(await field(page, 'Dishes').inputValue(), '2');
});
