// A page that was hidden, frozen, or in the back/forward cache, and a machine that slept during a
// run.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultPage, hosts, works } from './fault-page.js';
import { launch, NEVER_MS, runAndCompare, site, started } from './site.js';
import { watchRuns } from './watching.js';

const { open, address } = await site();

test('a run whose page was hidden is marked, and not compared', async (t) => {
  const page = await faultPage(open, t, '#/kitchen?dishes=2&chopMs=5&boilMs=500');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => window.away ?? false });
    window.watched.started().then(() => {
      window.away = true;
      document.dispatchEvent(new Event('visibilitychange'));
    });
  });
  await runAndCompare(page);
  assert.match(await page.locator('main').innerText(), /was hidden for a while.*not compared/);
  assert.equal(await page.locator('.step.found').count(), 0, 'nothing is concluded');
});

test('a page that was frozen works again', async (t) => {
  const page = await faultPage(open, t);
  const client = await page.context().newCDPSession(page);
  const outcome = page.evaluate(() =>
    window.manyhands.run('greeters', { times: 1, mainWaitsMs: 10_000 }).then(({ outcome }) => outcome),
  );
  await started(page);
  await client.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 7000)); // longer than a host may be silent
  await client.send('Page.setWebLifecycleState', { state: 'active' });
  assert.equal(await outcome, 'completed');
  await works(page);
  assert.equal(await hosts(page), 1, 'nobody took its silence for a fault');
});

test('a page that comes back from the back-forward cache works', async (t) => {
  const browser = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(NEVER_MS);
  await page.addInitScript(() =>
    addEventListener('pageshow', ({ persisted }) => {
      window.restored = persisted;
    }),
  );
  await page.addInitScript(watchRuns);
  await page.goto(address);
  await page.evaluate(() => window.manyhands.ready);
  await page.evaluate(() => {
    window.kept = 'as it was';
    window.last = window.manyhands.run('greeters', { times: 100, mainWaitsMs: 10_000 }).catch(() => {});
  });
  await started(page);
  await page.goto(`${address}lessons.html`);
  // A page from the back/forward cache has no load event.
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => window.restored !== undefined);
  assert.deepEqual(await page.evaluate(() => [window.restored, window.kept]), [true, 'as it was']);
  await works(page);
});

test('a run over which the clock jumped is marked', async (t) => {
  const page = await faultPage(open, t);
  const paused = await page.evaluate(async () => {
    const run = window.manyhands.run('greeters', { times: 1, mainWaitsMs: 1500 });
    await window.watched.started();
    const real = Date.now;
    Date.now = () => real() + 3_600_000; // as if the machine had slept for an hour
    return (await run).pausedMs;
  });
  assert.ok(paused > 3_500_000 && paused < 3_700_000, `${paused}`);
  await works(page);
});
