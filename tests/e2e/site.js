// The built page in a real browser: what every end-to-end test starts from.
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

// No sandbox, since tests may run as root, and nothing that Chromium does on its own account.
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

/** What has not come by then never will, however busy the machine is. */
export const NEVER_MS = 120_000;

/** Starts a browser. CHROMIUM names another one than Debian's. */
export function launch(options = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: FLAGS,
    ...options,
  });
}

/**
 * A server and a browser for one file of tests; both end with it.
 *
 * @param {{isolated?: boolean}} [options] without isolation the page runs in its half mode
 */
export async function site({ isolated = true } = {}) {
  const server = await serve({ port: 0, headers: isolated });
  const browser = await launch();
  after(async () => {
    await browser.close();
    await server.close();
  });

  /**
   * A page in a browser profile of its own, ready to run, that watches its runs. An error in the page that a test does
   * not catch fails it.
   *
   * @param {import('node:test').TestContext} t
   * @param {string} [hash]
   * @param {import('playwright-core').BrowserContextOptions} [options]
   * @param {object} [how]
   * @param {boolean} [how.errors] errors in the page are expected
   * @param {boolean} [how.ready] without, it need not get ready
   * @param {(page: import('playwright-core').Page) => Promise<unknown>} [how.before] what comes before it is opened
   */
  async function open(t, hash = '', options = {}, { errors: expected = false, ready = true, before } = {}) {
    // Without headers a service worker would add them.
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
 * Runs a program by script. Columns come back as plain arrays.
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
 * The sentence that a run is refused with. A run that is not refused fails the test.
 *
 * @param {import('playwright-core').Page} page
 * @param {any[]} args of `manyhands.run`
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
 * A control by its role and accessible name, which are part of the page's contract.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export const button = (page, name) => page.getByRole('button', { name, exact: true });

/** @param {import('playwright-core').Page} page @param {string} name */
export const lane = (page, name) => page.getByRole('region', { name, exact: true });

/**
 * Presses "Run and compare" and waits until all lanes have run. The press itself disables the button.
 *
 * @param {import('playwright-core').Page} page
 */
export async function runAndCompare(page) {
  await button(page, 'Run and compare').click();
  await idle(page);
}

/**
 * Waits until nothing runs and the lanes, which are drawn once a frame, show it.
 *
 * @param {import('playwright-core').Page} page
 */
export async function idle(page) {
  await enabled(page, 'Run and compare');
  await frames(page);
}

/**
 * Lets the page draw so many frames, and do in each what it would do by itself. A change is drawn in
 * the frame after it, so two are enough to see it.
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
 * Waits until something has come about that this side can see.
 *
 * @param {() => unknown} holds
 * @param {string} what   for the message if it never does
 */
export async function until(holds, what) {
  const limit = performance.now() + NEVER_MS;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Random numbers that a seed repeats (a linear congruential generator).
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
