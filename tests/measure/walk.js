// Walks once through the whole course in one browser: opens each lesson, answers its question, runs
// its program, and checks the page. Prints a line for each lesson. Ends with an error if a lesson
// does not show a completed run in each lane that the lesson offers.
//
//   node tests/measure/walk.js firefox|webkit|touch [FOLDER]    FOLDER gets a screenshot of each lesson
//
// "firefox" and "webkit" are driven by the WebDriver protocol. The environment variables FIREFOX
// and GECKODRIVER name Firefox and its driver. The driver of WebKitGTK is WebKitWebDriver in PATH.
// "touch" is Chromium, which emulates a phone of 390 by 844 pixels. The script only taps in it.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../scripts/serve.js';
import { launch } from '../e2e/site.js';
import { start as startFirefox } from '../firefox/firefox.js';
import { openSession } from '../firefox/webdriver.js';

const [name, folder] = process.argv.slice(2);
const BROWSERS = { firefox, webkit, touch };
const start = BROWSERS[/** @type {keyof typeof BROWSERS} */ (name)];
if (!start) throw new Error('Say which browser: firefox, webkit or touch.');
if (folder) mkdirSync(folder, { recursive: true });

function firefox() {
  return startFirefox(process.env.FIREFOX || '/usr/bin/firefox-esr', process.env.GECKODRIVER ?? 'geckodriver');
}

// WebKitGTK has shared memory only if JSC_useSharedArrayBuffer is set. It needs a display.
function webkit() {
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', '--port=4447'], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, JSC_useSharedArrayBuffer: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  driver.kill = () => process.kill(-(driver.pid ?? 0)); // also ends the display
  return openSession(driver, 4447, {});
}

async function touch() {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  return {
    version: browser.version(),
    goto: (/** @type {string} */ address) => page.goto(address),
    evaluate: (/** @type {any} */ act, /** @type {any} */ argument = null) => page.evaluate(act, argument),
    press: (/** @type {string} */ selector) => page.locator(selector).first().tap(),
    screenshot: () => page.screenshot({ fullPage: true }),
    close: () => browser.close(),
  };
}

const server = await serve({ port: 0 });
const page = await start();
console.log(`${name} ${page.version}`);
const failed = [];
try {
  await page.goto(server.address);
  const programs = await page.evaluate(async () => {
    while (!window.manyhands)
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    await window.manyhands.ready;
    return window.manyhands.programs().map(({ id, title }) => ({ id, title }));
  });
  for (const { id, title } of programs) {
    await page.evaluate((/** @type {string} */ to) => {
      location.hash = `#/${to}`;
    }, id);
    await page.evaluate(async (/** @type {string} */ to) => {
      while (
        !document.querySelector('#title')?.textContent?.startsWith(to) ||
        document.querySelector('#run')?.getAttribute('aria-disabled') === 'true'
      )
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
    }, title);
    await page.press('#question .answer');
    await page.press('#run');
    const seen = await page.evaluate(async () => {
      const idle = () => document.querySelector('#run')?.getAttribute('aria-disabled') !== 'true';
      while (idle() && document.querySelector('#feedback')?.hasAttribute('hidden'))
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      while (!idle())
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      await new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
      const offered = [...document.querySelectorAll('.lane')].filter(
        (lane) => !(/** @type {HTMLElement} */ (lane.querySelector('header button')).hidden),
      );
      return {
        lanes: offered.map((lane) => lane.querySelector('.wall')?.textContent ?? ''),
        feedback: document.querySelector('#feedback .judgement')?.textContent ?? '',
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      };
    });
    const complete =
      seen.lanes.length >= 2 &&
      seen.lanes.every((/** @type {string} */ wall) => wall !== '') &&
      seen.feedback !== '' &&
      !seen.wide;
    if (!complete) failed.push(id);
    console.log(
      `${complete ? 'ok  ' : 'BAD '} ${id}: ${seen.lanes.join(' | ')}. ${seen.feedback.slice(0, 100)}${seen.wide ? ' WIDER THAN THE SCREEN' : ''}`,
    );
    if (folder) writeFileSync(join(folder, `${name}-${id}.png`), await page.screenshot());
  }
} finally {
  await page.close();
  await server.close();
}
if (failed.length > 0) throw new Error(`These lessons did not complete: ${failed.join(', ')}.`);
