// Opens the built page in a real browser. Every end-to-end test uses this file.
//
//   const { open } = await site();
//   test('…', async (t) => {
//     const page = await open(t, '#/kitchen');
//     …

import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from '../../scripts/serve.js';
import { watchRuns } from './watching.js';

export { started } from './watching.js';

// Chromium runs without a sandbox, because tests may run as root, and without background services.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The limit for every wait, in ms. It is long enough for a busy machine. */
export const NEVER_MS = 120_000;

/** Starts the browser that the environment variable CHROMIUM names, or else Debian's Chromium. */
export function launch(options = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: FLAGS,
    ...options,
  });
}

/**
 * Starts a server and a browser for one file of tests. Both end after the file's last test.
 *
 * @param {{isolated?: boolean}} [options] without isolation the page has only one processor
 */
export async function site({ isolated = true } = {}) {
  const server = await serve({ port: 0, headers: isolated });
  const browser = await launch();
  after(async () => {
    await browser.close();
    await server.close();
  });

  /**
   * Opens a page in its own browser profile, with `window.watched`, and waits until it is ready to
   * run. An error in the page fails the test, unless errors are expected.
   *
   * @param {import('node:test').TestContext} t
   * @param {string} [hash]
   * @param {import('playwright-core').BrowserContextOptions} [options]
   * @param {object} [how]
   * @param {boolean} [how.errors] errors in the page are expected
   * @param {boolean} [how.ready] whether to wait until the page is ready
   * @param {(page: import('playwright-core').Page) => Promise<unknown>} [how.before] prepares the page
   */
  async function open(t, hash = '', options = {}, { errors: expected = false, ready = true, before } = {}) {
    // If the server sends no headers, block the service worker, which would add the headers.
    const context = await browser.newContext({ serviceWorkers: isolated ? 'allow' : 'block', ...options });
    context.setDefaultTimeout(NEVER_MS);
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    t.after(async () => {
      await context.close();
      if (errors.length > 0 && !expected) throw new Error(`the page reported: ${errors.join('; ')}`);
    });
    await page.addInitScript(watchRuns);
    await before?.(page);
    await page.goto(server.address + hash);
    if (ready) await page.evaluate(() => window.manyhands.ready);
    return page;
  }

  return { open, address: server.address };
}

/**
 * Runs a program by script. In the report, columns are plain arrays.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} program
 * @param {object} [params]
 * @param {{processors?: number, structure?: string, seed?: number}} [options]
 * @returns {Promise<any>}
 */
export function run(page, program, params = {}, options = {}) {
  return page.evaluate(
    async ([program, params, options]) => {
      const report = await window.manyhands.run(program, params, options);
      return JSON.parse(
        JSON.stringify(report, (_, value) => (ArrayBuffer.isView(value) ? [.../** @type {any} */ (value)] : value)),
      );
    },
    /** @type {[string, any, any]} */ ([program, params, options]),
  );
}

/**
 * Returns the error message of a refused run. If the run is not refused, the test fails.
 *
 * @param {import('playwright-core').Page} page
 * @param {any[]} args the arguments of `manyhands.run`
 * @returns {Promise<string>}
 */
export async function refusal(page, ...args) {
  const sentence = await page.evaluate(
    (args) =>
      /** @type {any} */ (window.manyhands).run(...args).then(
        () => null,
        (error) => error.message,
      ),
    args,
  );
  if (sentence === null) throw new Error(`not refused: ${JSON.stringify(args)}`);
  return sentence;
}

/**
 * Finds a button by its role and its accessible name. The page must not change this name.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export const button = (page, name) => page.getByRole('button', { name, exact: true });

/** @param {import('playwright-core').Page} page @param {string} name */
export const lane = (page, name) => page.getByRole('region', { name, exact: true });

/**
 * Presses "Run and compare", and waits until all lanes have run. The press disables the button.
 *
 * @param {import('playwright-core').Page} page
 */
export async function runAndCompare(page) {
  await button(page, 'Run and compare').click();
  await idle(page);
}

/**
 * Waits until nothing runs, and until the lanes show the result. Lanes are drawn once a frame.
 *
 * @param {import('playwright-core').Page} page
 */
export async function idle(page) {
  await enabled(page, 'Run and compare');
  await frames(page);
}

/**
 * Waits until the page has drawn a number of frames. The page draws a change in the next frame, so
 * two frames are enough to see a change.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} [count]
 */
export const frames = (page, count = 2) =>
  page.evaluate(async (count) => {
    for (let n = 0; n < count; n++) await new Promise(requestAnimationFrame);
  }, count);

/**
 * Waits until a button can be pressed.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export const enabled = (page, name) => page.getByRole('button', { name, exact: true, disabled: false }).waitFor();

/**
 * Waits until a condition of the test holds.
 *
 * @param {() => unknown} holds
 * @param {string} what   the condition in words, for the error message
 */
export async function until(holds, what) {
  const limit = performance.now() + NEVER_MS;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Returns a linear congruential generator. The same seed gives the same random numbers.
 *
 * @param {number} seed
 * @returns {(low: number, high: number) => number} a whole number, both limits included
 */
export function random(seed) {
  let state = BigInt(seed);
  return (low, high) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return low + Number((state >> 33n) % BigInt(high - low + 1));
  };
}
