// Measures the memory of a page that runs a thousand different guests, and then one guest a thousand
// times. The memory is that of the page's process, as the operating system counts it.
//
//   ./build.sh bench --guest-memory

import { readFileSync } from 'node:fs';
import { serve } from '../../scripts/serve.js';
import { guest } from '../e2e/guest-runs.js';
import { launch } from '../e2e/site.js';

const RUNS = 1000;

/** The largest memory over the last hundred runs may be this many times that over runs 101 to 200. */
const MOST_GROWTH = 1.2;

/**
 * Returns the resident memory of all renderer processes of the browser, in MB.
 * @param {import('playwright-core').CDPSession} client
 */
async function resident(client) {
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const kilobytes = renderers.map(({ id }) =>
    Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]),
  );
  return kilobytes.reduce((sum, kb) => sum + kb, 0) / 1000;
}

/**
 * Returns the module with a section that holds a number and does nothing. So each number makes
 * another module.
 * @param {string} module   hexadecimal digits
 * @param {number} number
 */
const numbered = (module, number) => `${module}00060178${number.toString(16).padStart(8, '0')}`;

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const client = await browser.newBrowserCDPSession();
  /** Runs `module(n)` a thousand times in a new page. @param {(n: number) => string} module */
  const measure = async (what, module) => {
    const page = await browser.newPage();
    await page.goto(server.address);
    await page.evaluate(() => window.manyhands.ready);
    const memory = [];
    for (let n = 0; n < RUNS; n++) {
      const params = { ...guest('yields', 4, 10), module: module(n) };
      const outcome = await page.evaluate(
        async (params) => (await window.manyhands.run('guest', params)).outcome,
        params,
      );
      if (outcome !== 'completed') throw new Error(`run ${n}: ${outcome}`);
      if (n % 10 === 9) memory.push(await resident(client));
    }
    await page.close();
    const [early, late] = [memory.slice(10, 20), memory.slice(-10)].map((some) => Math.max(...some));
    const growth = late / early;
    console.log(
      `${what}: at most ${early.toFixed(0)} MB over runs 101 to 200, ${late.toFixed(0)} MB over the last 100: ` +
        `${growth.toFixed(2)} times, wanted at most ${MOST_GROWTH}`,
    );
    if (growth > MOST_GROWTH) process.exitCode = 1;
  };
  const { module } = guest('yields', 4, 10);
  await measure('1000 modules', (n) => numbered(module, n));
  await measure('one module 1000 times', () => module);
} finally {
  await browser.close();
  await server.close();
}
