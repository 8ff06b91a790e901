// Measures the speed-up of each program on all processors, and the cost of wasm for a filter.
// Prints the figures, and never fails because of them.
//
//   node tests/measure/programs.js [path of the native example `run`, built with --release]

import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';
import { serve } from '../../scripts/serve.js';
import { pairs, spread } from './measuring.js';
import { launch } from '../e2e/site.js';

const PAIRS = 9;

/** @typedef {import('../../www/common/messages.js').Values} Values */

/**
 * The programs with their values and their kinds. A program that waits gains nothing from a second
 * processor, and a program that computes takes half the time.
 *
 * @type {[string, Values, string][]}
 */
const PROGRAMS = [
  ['fetch', {}, 'waits'],
  ['greeters', {}, 'waits'],
  ['pool', { work: 'wait' }, 'waits'],
  ['kitchen', {}, 'kitchen'],
  ['counters', {}, 'computes'],
  ['images', { images: 64 }, 'computes'],
  ['mandelbrot', { iterations: 8000 }, 'computes'],
  ['pool', { work: 'compute', workers: 4, jobs: 12, jobMs: 100 }, 'computes'],
];

/** Images of the default kind. There are more than by default, so that a run is long enough. */
const FILTER = { images: 16, size: 512 };

/**
 * @param {import('playwright-core').Page} page
 * @param {string} program
 * @param {Values} params
 * @param {object} options
 * @returns {Promise<number>} ms; only this figure leaves the page, because images are large
 */
const wall = (page, program, params, options) =>
  page.evaluate(
    async ([program, params, options]) => {
      const { outcome, message, wallMs } = await window.manyhands.run(program, params, options);
      if (outcome !== 'completed') throw new Error(message);
      return wallMs;
    },
    /** @type {const} */ ([program, params, options]),
  );

/**
 * @param {() => Promise<number>} one
 * @param {() => Promise<number>} other
 * @returns {Promise<string>} one / other
 */
async function ratios(one, other) {
  return spread(
    (await pairs(PAIRS, one, other)).map(([a, b]) => a / b),
    2,
  );
}

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.address);
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  console.log(`${os.cpus()[0]?.model.trim()}, ${processors} processors, Chromium ${browser.version()}`);
  console.log(`\nConcurrent / Parallel: median of ${PAIRS} pairs (least to greatest)`);
  for (const [program, params, kind] of PROGRAMS) {
    const one = () => wall(page, program, params, { processors: 1 });
    const all = () => wall(page, program, params, { processors });
    await one(); // compiles the program and makes its images
    const wanted = {
      waits: '0.95 to 1.1',
      computes: 'at least 1.8 on 2 cores',
      kitchen: '1.4 on 2 cores, by its formula',
    }[kind];
    console.log(
      `  ${`${program} ${JSON.stringify(params)}`.padEnd(64)} ${(await ratios(one, all)).padEnd(24)} ${wanted}`,
    );
  }
  const native = process.argv[2];
  if (native) {
    const words = Object.entries(FILTER).map((pair) => pair.join('='));
    const natively = async () => {
      const { stdout } = await promisify(execFile)(native, ['images', ...words, 'processors=1'], {
        maxBuffer: 2 ** 30,
      });
      return JSON.parse(stdout).wallMs;
    };
    const inBrowser = () => wall(page, 'images', FILTER, { processors: 1 });
    await inBrowser();
    console.log(`\nwasm / native, images on one processor: median of ${PAIRS} pairs`);
    console.log(`  ${JSON.stringify(FILTER).padEnd(64)} ${(await ratios(inBrowser, natively)).padEnd(24)} at most 1.5`);
  }
} finally {
  await browser.close();
  await server.close();
}
