// Measures the speed of the timelines: opening a recording, panning and zooming, and the cost of
// drawing during a run. Also measures the same gestures with the same trace in speedscope.
//
//   node tests/measure/timeline.js [--all] [--drawing]
//
// --all: also measures speedscope with 10⁶ spans, whose import takes minutes
// --drawing: measures only the cost of drawing during a run

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import sirv from 'sirv';
import { listen, serve } from '../../scripts/serve.js';
import { atOnce } from '../../www/common/slices.js';
import { write } from '../../www/recording/format.js';
import { traceEvents } from '../../www/recording/trace-event.js';
import { pairs } from './measuring.js';
import { randomRun } from '../page/random-run.js';
import { launch, run } from '../e2e/site.js';

const GESTURES_MS = 10_000;
const PAIRS = 30;

const line = (what, figure, wanted = '') => console.log(`  ${what.padEnd(52)}${figure.padEnd(28)}${wanted}`);

/** @param {number[]} figures @param {number} share */
const quantile = (figures, share) =>
  [...figures].sort((a, b) => a - b)[Math.min(figures.length - 1, Math.floor(figures.length * share))];

/**
 * Runs in the page. Zooms and pans by the wheel, once a frame, and returns the times between
 * frames. The target is the last element that the selector finds, because the flame chart is the
 * last canvas of speedscope.
 * @param {{selector: string, forMs: number, pan: 'deltaX' | 'shift'}} options
 */
async function gestures({ selector, forMs, pan }) {
  const target = [...document.querySelectorAll(selector)].at(-1);
  const { left, top, width, height } = target.getBoundingClientRect();
  const wheel = (init) =>
    target.dispatchEvent(
      new WheelEvent('wheel', {
        bubbles: true,
        cancelable: true,
        clientX: left + width * 0.55,
        clientY: top + height * 0.4,
        ...init,
      }),
    );
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  const times = [];
  const began = performance.now();
  let before = await frame();
  for (let i = 0; before - began < forMs; i++) {
    const phase = Math.floor(i / 45) % 4;
    const side = i % 2 ? 12 : 18;
    if (phase === 0) wheel({ ctrlKey: true, deltaY: -24 });
    else if (phase === 2) wheel({ ctrlKey: true, deltaY: 24 });
    else wheel({ shiftKey: pan === 'shift', deltaX: phase === 1 ? side : -side });
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times;
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {string} file
 * @param {number} spans
 */
async function ours(browser, address, file, spans) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => window.manyhands.ready);
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) =>
      window.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ type: 'longtask' });
    window.opened = new Promise((resolve) => {
      const input = document.querySelector('input[type=file][accept=".manyhands"]');
      input.addEventListener(
        'change',
        () => {
          const began = performance.now();
          const look = () => {
            const drawing = document.querySelector('section[aria-label="Parallel"] .drawing');
            if (drawing?.getAttribute('aria-busy') === 'false')
              requestAnimationFrame(() => resolve(performance.now() - began));
            else requestAnimationFrame(look);
          };
          look();
        },
        { capture: true },
      );
    });
  });
  await page.locator('input[type=file][accept=".manyhands"]').setInputFiles(file);
  const openedMs = await page.evaluate(() => window.opened);
  line('opens in, ms', openedMs.toFixed(0), spans >= 1e6 ? 'below 2000' : '');
  line(
    'longest task while opening, ms',
    (await page.evaluate(() => Math.max(0, ...window.longTasks))).toFixed(0),
    'at most 50 (0: none above 50)',
  );
  const times = await page.evaluate(gestures, {
    selector: 'section[aria-label="Parallel"] .drawing',
    forMs: GESTURES_MS,
    pan: 'deltaX',
  });
  line(
    'frames: median, 95th percentile, longest, ms',
    [quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)].map((ms) => ms.toFixed(1)).join(', '),
    `95th at most ${spans >= 1e6 ? 33 : 20}`,
  );
  await context.close();
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} trace
 */
async function theirs(browser, trace) {
  const release = path.dirname(createRequire(import.meta.url).resolve('speedscope/dist/release/index.html'));
  const files = sirv(release);
  const { address, close } = await listen((request, response) => files(request, response));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const warnings = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) warnings.push(message.text());
  });
  page.on('dialog', (dialog) => {
    warnings.push(dialog.message());
    dialog.dismiss();
  });
  try {
    await page.goto(address);
    const began = Date.now();
    await page.locator('input[type=file]').first().setInputFiles(trace);
    await page
      .getByText(/processor 1/)
      .first()
      .waitFor({ timeout: 400_000 });
    line('speedscope imports in, ms', String(Date.now() - began));
    line(
      'speedscope’s warnings about the trace',
      warnings
        .filter((text) => !/WebGL|GPU|GL Driver/.test(text))
        .slice(0, 3)
        .join('; ') || 'none',
      'none',
    );
    const times = await page.evaluate(gestures, { selector: 'canvas', forMs: GESTURES_MS, pan: 'deltaX' });
    line(
      'speedscope’s frames: median, 95th percentile, ms',
      [quantile(times, 0.5), quantile(times, 0.95)].map((ms) => ms.toFixed(1)).join(', '),
    );
  } finally {
    await context.close();
    await close();
  }
}

/**
 * Measures the cost of drawing in pairs of runs. In one run of each pair nothing is drawn, because
 * this function holds back the page's animation frames and its messages to the worker that draws.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 */
async function drawing(browser, address) {
  console.log(`\ndrawing while a run uses all processors: ${PAIRS} pairs`);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => window.manyhands.ready);
  const once = async (draws) => {
    await page.evaluate((draws) => {
      window.held = [];
      window.realFrame ??= window.requestAnimationFrame.bind(window);
      window.realPost ??= Worker.prototype.postMessage;
      if (draws) return;
      window.requestAnimationFrame = (paint) => window.held.push(paint);
      Worker.prototype.postMessage = function post(message, transfer) {
        if (message.type !== 'progress' && message.type !== 'scene') window.realPost.call(this, message, transfer);
      };
    }, draws);
    const { wallMs } = await run(page, 'counters', { work: 4 });
    await page.evaluate(() => {
      window.requestAnimationFrame = window.realFrame;
      Worker.prototype.postMessage = window.realPost;
      window.held.forEach((paint) => window.realFrame(paint));
    });
    const painted = await painter?.evaluate(() => {
      const n = self.painted;
      self.painted = 0;
      return n;
    });
    return { wallMs, rate: (painted / wallMs) * 1000 };
  };
  let painter = null;
  await once(true);
  painter = page.workers().find((worker) => worker.url().endsWith('/live-worker.js'));
  await painter.evaluate(() => {
    self.painted = 0;
    addEventListener('message', ({ data }) => {
      if (data.type === 'progress') self.painted++;
    });
  });
  const measured = await pairs(
    PAIRS,
    () => once(true),
    () => once(false),
  );
  const costs = measured.map(([drawn, bare]) => (drawn.wallMs / bare.wallMs - 1) * 100);
  const rates = measured.map(([drawn]) => drawn.rate);
  const mean = costs.reduce((a, b) => a + b) / PAIRS;
  const deviation = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (PAIRS - 1));
  line('drawings a second: median', quantile(rates, 0.5).toFixed(1), 'at least 10');
  line(
    'costs the run, %: mean ± 95 % bound',
    `${mean.toFixed(1)} ± ${((2.045 * deviation) / Math.sqrt(PAIRS)).toFixed(1)}`,
    'at most 3',
  );
  await context.close();
}

const all = process.argv.includes('--all');
const folder = await mkdtemp(path.join(os.tmpdir(), 'manyhands-'));
const server = await serve({ port: 0 });
const browser = await launch();
try {
  for (const spans of process.argv.includes('--drawing') ? [] : [1e5, 1e6]) {
    console.log(
      `\na recording of ${spans.toLocaleString('en')} spans, 8 tasks on 2 processors, moved and zoomed for ${GESTURES_MS / 1000} s`,
    );
    const report = randomRun({ seed: 1, spans, tasks: 8, processors: 2 });
    const file = path.join(folder, 'run.manyhands');
    await writeFile(
      file,
      Buffer.concat(
        write({ recordedOn: '2026-01-01T00:00:00Z', site: '', findings: {}, reports: { parallel: report } }),
      ),
    );
    await ours(browser, server.address, file, spans);
    if (spans > 1e5 && !all) continue;
    const trace = path.join(folder, 'trace.json');
    await writeFile(trace, atOnce(traceEvents([['parallel', report]])));
    await theirs(browser, trace);
  }
  await drawing(browser, server.address);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
