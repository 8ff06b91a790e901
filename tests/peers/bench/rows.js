// Measures the benchmarks of our runtime in a browser and natively, and the same benchmarks of Go's
// runtime natively and in the same browser. Each benchmark is a row of the printed table.
//
//   node tests/peers/bench/rows.js SITE NATIVE GO [options] [ROW …]
//
// SITE is the folder with the page of page/ and the WebAssembly modules of both runtimes. NATIVE
// and GO are the native programs of our runtime and of Go's. There are several ways to measure a
// row: a runtime, in wasm or natively, with a number of processors. Each round measures a row once
// in every way, so a gradual change of the machine's speed affects all ways alike. A ratio is the
// time in one way, divided by the time in another way in the same round. The median of the rounds
// is printed.
//
//   --rounds N   the number of rounds, by default 7; use 30 for the cost of tracing
//   --json FILE  writes the figures to FILE
//   --check      compares the ratios with expected.json, with a tolerance of the factor 1.25, and
//                prints the ratios that got worse (check.js). The exit status is 1 if a ratio got
//                worse, or if no ratio could be compared

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { median, summary, upperBound } from '../../measure/measuring.js';
import { open } from './browser.js';
import { check } from './check.js';

const call = promisify(execFile);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const [site, native, go, ...wanted] = positionals;
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds takes a whole number from 1, not "${options.rounds}".`);

/** @typedef {{row: string, operations: number}} Row */
/** @typedef {(row: Row) => Promise<number>} Way   nanoseconds for each operation */

/** @param {string} program @param {string[]} args @param {Record<string, string>} [env] */
async function run(program, args, env = {}) {
  const { stdout } = await call(program, args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout);
}

/** @param {{ns: number, operations: number}} measured */
const each = ({ ns, operations }) => ns / operations;

/**
 * Returns the ways of running a row, by their names in the table and in the JSON.
 *
 * @param {Awaited<ReturnType<Awaited<ReturnType<typeof open>>['page']>>} page
 * @returns {Record<string, Way>}
 */
function ways(page) {
  const all = page.cores;
  const ours = (/** @type {number} */ processors, /** @type {boolean} */ traced) => (/** @type {Row} */ row) =>
    page.ours({ ask: 'row', ...row, processors, traced });
  const natively =
    (/** @type {number} */ processors) =>
    async (/** @type {Row} */ { row }) =>
      each(await run(native, [`${processors}`, 'untraced', row]));
  const goes =
    (/** @type {number} */ processors) =>
    async (/** @type {Row} */ { row }) =>
      each(await run(go, [row], { GOMAXPROCS: `${processors}` }));
  return {
    'wasm 1': ours(1, false),
    'wasm 1 traced': ours(1, true),
    'wasm all': ours(all, false),
    'wasm all traced': ours(all, true),
    'native 1': natively(1),
    'native all': natively(all),
    'Go 1': goes(1),
    'Go all': goes(all),
    'Go wasm': async ({ row }) => each(await page.go(row)),
  };
}

/**
 * Each ratio: its name, the way in the numerator, the way in the denominator, and the wanted
 * maximum for some rows.
 *
 * @type {[string, string, string, Record<string, number>][]}
 */
const RATIOS = [
  [
    'ours to Go native',
    'wasm 1',
    'Go 1',
    {
      'ping-pong': 1,
      yield: 1,
      create: 1,
      'create-block-release': 1,
      buffered: 1,
      sieve: 1,
      cpu: 1,
    },
  ],
  ['ours to Go wasm', 'wasm 1', 'Go wasm', { 'ping-pong': 0.2, yield: 0.2, sieve: 0.2 }],
  ['traced to untraced', 'wasm 1 traced', 'wasm 1', { 'ping-pong': 1.25, yield: 1.25, sieve: 1.25, slices: 1.02 }],
  ['all to one', 'wasm all', 'wasm 1', { cpu: 1 / 1.9, sieve: 1, 'fan-out': 1, 'ping-pong': 1.5 }],
  ['Go: all to one', 'Go all', 'Go 1', {}],
  [
    'ours on all to Go on all',
    'wasm all',
    'Go all',
    {
      create: 1.1,
      'fan-out': 1.1,
      'ping-pong': 1,
      yield: 1,
      'create-block-release': 1,
      buffered: 1,
      sieve: 1,
      cpu: 1,
      slices: 1,
    },
  ],
  ['wasm to native', 'wasm 1', 'native 1', {}],
];

/** @param {number} number */
const figure = (number) => (number >= 1000 ? Math.round(number).toLocaleString('en') : number.toPrecision(3));

/** @param {string[]} cells */
const line = (cells) =>
  console.log(
    `  ${cells[0].padEnd(21)}${cells
      .slice(1)
      .map((cell) => cell.padStart(15))
      .join('')}`,
  );

/** Measures all rows. @param {Row[]} rows @param {Record<string, Way>} ways */
async function measure(rows, ways) {
  /** @type {Record<string, Record<string, number[]>>} */
  const measured = {};
  for (const row of rows) {
    const times = (measured[row.row] = Object.fromEntries(Object.keys(ways).map((way) => [way, []])));
    // Round −1 is not counted: in that round the browser compiles the code that runs often.
    for (let round = -1; round < rounds; round++) {
      // Every second round has the reverse order. Otherwise each way would always be measured
      // after the same way, and only that way could disturb it.
      const order = Object.entries(ways);
      if (round % 2 === 0) order.reverse();
      for (const [way, ask] of order) {
        const ns = await ask(row);
        if (round >= 0) times[way].push(ns);
      }
    }
    line([row.row, ...Object.values(times).map((all) => figure(median(all)))]);
  }
  return measured;
}

/** @param {Record<string, Record<string, number[]>>} measured */
function compare(measured) {
  return RATIOS.map(([name, above, below, most]) => {
    const rows = Object.entries(measured).map(([row, times]) => {
      const ratios = times[above].map((time, round) => time / times[below][round]);
      return [row, { ...summary(ratios), bound: upperBound(ratios), wanted: most[row] }];
    });
    return [name, Object.fromEntries(rows)];
  });
}

/** @param {ReturnType<typeof compare>} ratios */
function printRatios(ratios) {
  for (const [name, rows] of ratios) {
    console.log(`\n${name}: median (least to greatest), 95 % bound`);
    for (const [row, { median, least, most, bound, wanted }] of Object.entries(rows)) {
      const verdict =
        wanted === undefined ? '' : `wanted: at most ${figure(wanted)}${median > wanted ? '  NOT REACHED' : ''}`;
      console.log(
        `  ${row.padEnd(21)} ${figure(median)} (${figure(least)} to ${figure(most)}), ${figure(bound)}`.padEnd(62) +
          verdict,
      );
    }
  }
}

/**
 * Measures the memory of a blocked task, in bytes. Each measurement opens a new page, so it has a
 * new instance of the module.
 *
 * @param {Awaited<ReturnType<typeof open>>} browser
 */
async function blocked(browser) {
  console.log('\nBytes for each task of many that are blocked at once');
  /** @type {Record<string, number>} */
  const bytes = {};
  for (const [tasks, traced] of [
    [100_000, false],
    [100_000, true],
    [1_000_000, false],
    [1_000_000, true],
  ]) {
    const page = await browser.page('rows', 1);
    const name = `${tasks.toLocaleString('en')} ${traced ? 'traced' : 'untraced'}`;
    bytes[name] = await page.ours({ ask: 'blocked', tasks, traced });
    await page.close();
    console.log(
      `  ${name.padEnd(21)} ${bytes[name].toFixed(0)}${traced && tasks === 1_000_000 ? '  wanted: at most 300' : ''}`,
    );
  }
  bytes.Go = (await run(go, ['blocked', '100000'])).bytes;
  console.log(`  ${'100,000 in Go'.padEnd(21)} ${bytes.Go}`);
  return bytes;
}

const browser = await open(site);
try {
  const page = await browser.page();
  const [{ model }] = os.cpus();
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    processor: model.trim(),
    cores: page.cores,
    system: `${os.type()} ${os.arch()}`,
    browser: `Chromium ${browser.version}`,
    go: `Go ${(await call(go, ['version'])).stdout.trim().replace(/^go/, '')}`,
  };
  console.log(
    `The runtime beside Go's, ${machine.date}\n  ${machine.processor}, ${machine.cores} logical processors as reported by the browser, ` +
      `${machine.system}, ${machine.browser}, ${machine.go}`,
  );
  console.log(`\nNanoseconds for each operation, medians of ${rounds} rounds`);
  /** @type {Row[]} */
  const all = await page.ours({ ask: 'rows' });
  const unknown = wanted.find((name) => !all.some(({ row }) => row === name));
  if (unknown) throw new Error(`There is no row "${unknown}": there are ${all.map(({ row }) => row).join(', ')}.`);
  const rows = all.filter(({ row }) => wanted.length === 0 || wanted.includes(row));
  const how = ways(page);
  line(['', ...Object.keys(how)]);
  const nanoseconds = await measure(rows, how);
  const ratios = compare(nanoseconds);
  printRatios(ratios);
  await page.close();

  const bytes = wanted.length === 0 ? await blocked(browser) : undefined;
  if (options.json)
    writeFileSync(
      options.json,
      `${JSON.stringify({ machine, rounds, nanoseconds, ratios: Object.fromEntries(ratios), bytes }, null, 1)}\n`,
    );
  if (options.check && !check(Object.fromEntries(ratios))) process.exitCode = 1;
} finally {
  await browser.close();
}
