// The files that a first visit loads: first the files that the page and a run of the first lesson
// request, and then the files that the service worker requests to store the site for use without a
// network. The server reports each response. The sizes are sizes after compression by `gzip -9`.
//
//   ./build.sh bench --first-visit

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { serve } from '../../scripts/serve.js';
import { launch, runAndCompare } from '../e2e/site.js';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The maximum size of the files that a first visit may load, in bytes after compression. */
export const MOST_BYTES = 400_000;

/** @typedef {{path: string, status: number, bytes: number}} Answer */

/** @param {string} path @param {number} status @returns {Answer} */
function answer(path, status) {
  const file = path === '/' ? 'index.html' : path.slice(1).split('?')[0];
  return { path, status, bytes: status === 200 ? gzipSync(readFileSync(DIST + file), { level: 9 }).length : 0 };
}

/** Runs in the page. Resolves when the service worker has cached the whole site. */
async function siteIsKept() {
  while (!(await caches.match('./'))) await new Promise((resolve) => setTimeout(resolve, 100));
}

/**
 * Opens the page in a new browser profile, and runs the first lesson.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {'allow' | 'block'} serviceWorkers   with `allow`, the visit ends when the site is cached
 * @returns {Promise<Answer[]>} the responses of the server
 */
async function visit(browser, serviceWorkers) {
  /** @type {Answer[]} */
  const answers = [];
  const server = await serve({ port: 0, answered: (path, status) => answers.push(answer(path, status)) });
  const context = await browser.newContext({ serviceWorkers });
  try {
    const page = await context.newPage();
    await page.goto(server.address);
    await page.evaluate(() => window.manyhands.ready);
    await runAndCompare(page);
    if (serviceWorkers === 'allow') await page.evaluate(siteIsKept);
    return [...answers];
  } finally {
    await context.close();
    await server.close();
  }
}

/**
 * Makes two first visits, one without the service worker and one with it. `extra` has the responses
 * that only the second visit got. The service worker requested these files.
 *
 * @param {import('playwright-core').Browser} browser
 */
export async function firstVisit(browser) {
  const alone = await visit(browser, 'block');
  const all = await visit(browser, 'allow');
  const extra = [...all];
  for (const { path } of alone) {
    const at = extra.findIndex((answer) => answer.path === path);
    if (at >= 0) extra.splice(at, 1);
  }
  const paths = all.map(({ path }) => path);
  const again = [...new Set(paths.filter((path, n) => paths.indexOf(path) !== n))];
  return { alone, extra, all, again };
}

/** @param {Answer[]} answers */
export const sum = (answers) => answers.reduce((bytes, answer) => bytes + answer.bytes, 0);

async function main() {
  const browser = await launch();
  try {
    const { alone, extra, all, again } = await firstVisit(browser);
    /** @param {string} what @param {Answer[]} answers */
    const line = (what, answers) =>
      console.log(
        `  ${what.padEnd(28)} ${String(answers.length).padStart(3)} answers ${(sum(answers) / 1000).toFixed(1).padStart(7)} KB`,
      );
    console.log(`A first visit, in KB of 1000 bytes, each answer compressed by gzip -9:`);
    line('the page alone', alone);
    line('the service worker, too', extra);
    line(`both (at most ${MOST_BYTES / 1000} KB)`, all);
    console.log(again.length === 0 ? '  Nothing was asked for twice.' : `  Asked for twice: ${again.join(', ')}`);
    const largest = [...all].sort((a, b) => b.bytes - a.bytes).slice(0, 8);
    console.log('  The largest:');
    for (const { path, bytes } of largest) console.log(`    ${(bytes / 1000).toFixed(1).padStart(7)} KB  ${path}`);
    if (again.length > 0 || sum(all) > MOST_BYTES) process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
