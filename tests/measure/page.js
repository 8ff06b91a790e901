// Measures the page in a real browser and prints medians beside the wanted figures. It never fails
// because a machine is slow or busy.
//
//   ./build.sh bench

import os from 'node:os';
import { gzipSync } from 'node:zlib';
import { serve } from '../../scripts/serve.js';
import { pairs, spread } from './measuring.js';
import { launch, run, runAndCompare } from '../e2e/site.js';

const REPEATS = 5;

/** @param {string} what @param {string} measured @param {string} wanted */
function line(what, measured, wanted) {
  console.log(`  ${what.padEnd(46)} ${measured.padEnd(28)} ${wanted}`);
}

/** @param {import('playwright-core').Page} page @param {number} processors */
async function counters(page, processors) {
  console.log(`\ncounters: 8 counters, 1 s of work on one processor, ${REPEATS} pairs`);
  const params = { counters: 8, work: 1 };
  const concurrent = () => run(page, 'counters', params, { processors: 1 });
  const parallel = () => run(page, 'counters', params, { processors });
  const lanes = await pairs(REPEATS, concurrent, parallel);
  line('Concurrent, ms', spread(lanes.map(([c]) => c.wallMs)), '');
  line('Parallel, ms', spread(lanes.map(([, p]) => p.wallMs)), '');
  line(
    'Parallel is faster by',
    spread(
      lanes.map(([c, p]) => c.wallMs / p.wallMs),
      3,
    ),
    'at least 1.85 on 2 cores',
  );
  line(
    'parallelism.mean',
    spread(
      lanes.map(([, p]) => p.parallelism.mean),
      3,
    ),
    'at least 1.85 on 2 cores',
  );
  const same = await pairs(REPEATS, concurrent, concurrent);
  line(
    'Concurrent against itself',
    spread(
      same.map(([a, b]) => a.wallMs / b.wallMs),
      3,
    ),
    '1 ± 0.05',
  );
}

/** @param {import('playwright-core').Page} page @param {number} processors */
async function kitchen(page, processors) {
  console.log('\nkitchen: 4 dishes, chopping 60 ms, boiling 180 ms');
  const [dishes, chop, boil] = [4, 60, 180];
  /** @type {[string, object, number][]} */
  const lanes = [
    ['Sequential', { processors: 1, structure: 'sequential' }, dishes * (chop + boil)],
    ['Concurrent', { processors: 1 }, dishes * chop + boil],
    ['Parallel', { processors }, Math.ceil(dishes / processors) * chop + boil],
  ];
  for (const [lane, options, expected] of lanes) {
    const walls = [];
    for (let n = 0; n < REPEATS; n++) walls.push((await run(page, 'kitchen', {}, options)).wallMs);
    line(`${lane}, ms`, spread(walls), `${expected} ± 10 %`);
  }
}

/** @param {import('playwright-core').Page} page */
async function greeters(page) {
  console.log('\ngreeters: 5 words each, every 100 and every 150 ms; main waits 1000 ms');
  const reports = [];
  for (let n = 0; n < REPEATS; n++) {
    reports.push(await run(page, 'greeters', { times: 5, mainWaitsMs: 1000 }, { processors: 1 }));
  }
  line('wall, ms', spread(reports.map((report) => report.wallMs)), '1000');
  line('last word, ms', spread(reports.map((report) => report.output.at(-1).atMs)), 'about 600');
}

/** Runs in a page before the page's scripts. Records when the button is enabled, and long tasks. */
function watch() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    window.longTasks.push(...list.getEntries().map((entry) => entry.duration));
  }).observe({ type: 'longtask' });
  const look = () => {
    const button = [...document.querySelectorAll('button')].find((other) => other.textContent === 'Run and compare');
    if (button && !button.disabled) window.interactive = performance.now();
    else setTimeout(look, 1);
  };
  look();
}

/**
 * Opens the page. Returns the milliseconds until the button can be pressed and until the pool is
 * ready.
 * @param {import('playwright-core').Page} page
 * @param {string} address
 */
async function visit(page, address) {
  await page.goto(address);
  await page.waitForFunction('window.interactive');
  return page.evaluate(async () => {
    await window.manyhands.ready;
    return { interactive: window.interactive, ready: performance.now() };
  });
}

/** @param {import('playwright-core').Browser} browser @param {string} address */
async function opening(browser, address) {
  console.log('\nopening the page and pressing "Run and compare", each time in a new profile');
  const [interactive, ready, again, compared, longest] = [[], [], [], [], []];
  for (let n = 0; n < REPEATS; n++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(watch);
    const first = await visit(page, address);
    interactive.push(first.interactive);
    ready.push(first.ready);
    await page.evaluate(() => {
      window.longTasks = [];
    });
    const started = Date.now();
    await runAndCompare(page);
    compared.push(Date.now() - started);
    longest.push(await page.evaluate(() => Math.max(0, ...window.longTasks)));
    again.push((await visit(page, address)).ready);
    await context.close();
  }
  line('can be pressed after, ms', spread(interactive), 'at most 500');
  line('pool ready after, ms', spread(ready), 'at most 1000');
  line('pool ready at the second visit after, ms', spread(again), 'at most 300');
  line('from the press to the finding, ms', spread(compared), 'at most 3000');
  line('longest task of the page thread, ms', spread(longest), 'at most 50 (0: none above 50)');
}

/**
 * Prints the size in bytes of the files that a first visit loads until the pool is ready, if the
 * web server compresses.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 */
async function wire(browser, address) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  /** @type {Map<string, Promise<Buffer>>} */
  const bodies = new Map();
  context.on('response', (response) => bodies.set(response.url(), response.body()));
  await page.goto(address);
  await page.evaluate(() => window.manyhands.ready);
  let [all, wasm] = [0, 0];
  for (const [url, body] of bodies) {
    const bytes = gzipSync(await body, { level: 9 }).length;
    all += bytes;
    if (url.endsWith('.wasm')) wasm += bytes;
  }
  await context.close();
  console.log(`\nbytes until the pool is ready, compressed by gzip, in ${bodies.size} files`);
  line('all, KB', (all / 1000).toFixed(0), 'at most 300');
  line('of these wasm, KB', (wasm / 1000).toFixed(0), 'at most 200');
}

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.address);
  const machine = await page.evaluate(() => window.manyhands.ready);
  const [cpu] = os.cpus();
  console.log(`Many Hands, measured on ${new Date().toISOString().slice(0, 10)}`);
  console.log(
    `  ${cpu?.model.trim()}, ${machine.browserCores} logical processors as reported by ` +
      `the browser, ${os.type()} ${os.arch()}, Chromium ${browser.version()}`,
  );
  console.log('  median (least to greatest)');
  await counters(page, machine.processors);
  await kitchen(page, machine.processors);
  await greeters(page);
  await page.context().close();
  await opening(browser, server.address);
  await wire(browser, server.address);
} finally {
  await browser.close();
  await server.close();
}
