// Measures how often each lesson's claim holds, with its default values and with each of its
// suggestions, in the built page, on this machine's processors. Prints a table, and never fails
// because of a slow machine.
//
//   ./build.sh bench --claims [LESSON …] [--runs 10]
//
// "Holds" is judged by wall times. Lessons that only compute have a second figure, "at equal speed":
// the wall times are scaled as if the same work had cost each lane the same processor time. Other
// programs, shared caches and power limits change that cost from one run to the next.
// With SHOW_LANES=1 in the environment, it also describes the runs in which a claim did not hold.

import os from 'node:os';
import { serve } from '../../scripts/serve.js';
import { slotsOf, optionsOf, allProcessors } from '../../www/common/lanes.js';
import { LESSONS } from '../../www/course/lessons/index.js';
import { valueIn } from '../../www/form/values.js';
import { launch } from '../e2e/site.js';
import { CLAIMS } from './claims.js';

/** The lessons whose programs do the same computing in each lane and never wait. */
const COMPUTING = ['counters', 'images', 'mandelbrot'];

/** The longest time that a lane may take. The table marks longer times. */
const MOST_MS = 1500;

const args = process.argv.slice(2);
const at = args.indexOf('--runs');
const runs = at < 0 ? 10 : Number(args.splice(at, 2)[1]);
const unknown = args.filter((lesson) => !(lesson in LESSONS));
if (!Number.isInteger(runs) || runs < 1 || unknown.length > 0) {
  console.error(
    unknown.length > 0 ? `There is no lesson ${unknown.join(', ')}.` : '--runs takes a whole number from 1.',
  );
  process.exit(2);
}

/**
 * Returns the values of a suggestion, as the form reads them.
 * @param {any} program
 * @param {import('./claims.js').Claim} claim
 */
function valuesOf(program, { lesson, suggestion }) {
  if (suggestion === '') return { params: {}, seed: 1 };
  const next = LESSONS[lesson]?.next.find(({ label }) => label === suggestion);
  if (!next) throw new Error(`${lesson} suggests nothing that is called “${suggestion}”.`);
  const { seed, ...values } = next.values;
  const params = Object.entries(values).map(([name, text]) => [
    name,
    valueIn(
      program.params.find((param) => param.name === name),
      String(text),
    ),
  ]);
  return { params: Object.fromEntries(params), seed: Number(seed ?? 1) };
}

/**
 * Runs a program by script. In the report, columns are plain arrays, and images are left out.
 * @param {import('playwright-core').Page} page
 * @param {string} program
 * @param {object} params
 * @param {object} options
 */
const run = (page, program, params, options) =>
  page.evaluate(
    async ([program, params, options]) => {
      const report = await window.manyhands.run(program, params, options);
      return JSON.parse(
        JSON.stringify({ ...report, images: [] }, (_, value) =>
          ArrayBuffer.isView(value) ? [.../** @type {any} */ (value)] : value,
        ),
      );
    },
    /** @type {[string, any, any]} */ ([program, params, options]),
  );

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.address);
  const machine = await page.evaluate(() => window.manyhands.ready);
  const programs = await page.evaluate(() => window.manyhands.programs());
  console.log(
    `${os.cpus()[0]?.model.trim()}, ${machine.processors} processors, Chromium ${browser.version()}, ${new Date()
      .toISOString()
      .slice(0, 10)}, load ${os.loadavg()[0]?.toFixed(1)} at the beginning\n`,
  );
  console.log(`| lesson | values | claim | holds | longest lane |\n| --- | --- | --- | --- | --- |`);
  for (const claim of CLAIMS) {
    if (args.length > 0 && !args.includes(claim.lesson)) continue;
    const program = programs.find(({ id }) => id === claim.lesson);
    const { params, seed } = valuesOf(program, claim);
    const slots = slotsOf(program, machine, LESSONS[claim.lesson]?.quadrants ?? false);
    const computes = COMPUTING.includes(claim.lesson);
    let [held, heldAtEqualSpeed] = [0, 0];
    let longestMs = 0;
    for (let n = 0; n < runs; n++) {
      /** @type {any} */
      const lanes = {};
      for (const slot of slots) {
        lanes[slot] = await run(
          page,
          claim.lesson,
          params,
          optionsOf(slot, { processors: allProcessors(machine), seed }),
        );
        longestMs = Math.max(longestMs, lanes[slot].wallMs);
      }
      const completed = Object.values(lanes).every(({ outcome }) => outcome === 'completed');
      if (computes && completed && claim.holds(atEqualSpeed(lanes))) heldAtEqualSpeed += 1;
      if (completed && claim.holds(lanes)) held += 1;
      else if (process.env.SHOW_LANES) console.error(describe(lanes));
    }
    console.log(
      `| ${claim.lesson} | ${claim.suggestion || 'defaults'} | ${claim.sentence} | ${held} of ${runs}${computes ? `, at equal speed ${heldAtEqualSpeed}` : ''} | ${longestMs.toFixed(
        0,
      )} ms${longestMs > MOST_MS ? ` (more than ${MOST_MS})` : ''} |`,
    );
  }
  console.log(`\nload ${os.loadavg()[0]?.toFixed(1)} at the end`);
} finally {
  await browser.close();
  await server.close();
}

/**
 * Returns the lanes with wall times as if the same work had cost each lane the same processor time.
 * @param {Record<string, any>} lanes
 * @returns {any}
 */
function atEqualSpeed(lanes) {
  const leastMs = Math.min(...Object.values(lanes).map(({ busyMs }) => busyMs));
  return Object.fromEntries(
    Object.entries(lanes).map(([slot, report]) => [
      slot,
      { ...report, wallMs: (report.wallMs * leastMs) / report.busyMs },
    ]),
  );
}

/** Describes runs in which a claim did not hold, one a line. @param {Record<string, any>} lanes */
function describe(lanes) {
  return Object.entries(lanes)
    .map(
      ([slot, { outcome, wallMs, busyMs, parallelism, observed }]) =>
        `${slot} ${outcome} ${wallMs.toFixed(1)} ms, busy ${busyMs.toFixed(
          1,
        )}, parallelism ${parallelism.mean.toFixed(2)} (${parallelism.max}), ${JSON.stringify(observed).slice(0, 120)}`,
    )
    .join('\n  ');
}
