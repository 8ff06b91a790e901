// Measures how the time for each operation of a benchmark (a row) changes with the number of tasks
// and of processors. Our runtime runs in a browser, and Go's natively.
//
//   node tests/peers/bench/scale.js SITE GO [--rounds N]
//
// SITE is the folder with the page and the modules. GO is the compiled Go benchmark (rows.go).
// There are 5 rounds by default. Each round measures every number of tasks or processors once,
// first ours and then Go's. Figures are medians of the rounds.

import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { median } from '../../measure/measuring.js';
import { open } from './browser.js';

const call = promisify(execFile);

/** The numbers of tasks that are blocked at once. */
const TASKS = [1e3, 1e4, 1e5, 1e6];

/**
 * The least number of tasks that a measurement of our runtime creates. If fewer tasks are blocked
 * at once, the measurement is repeated.
 */
const LEAST = 1e5;

const PROCESSORS = [1, 2, 8, 64];

const ROWS = ['ping-pong', 'yield', 'buffered', 'sieve', 'fan-out'];

const {
  values: options,
  positionals: [site, go],
} = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds takes a whole number from 1, not "${options.rounds}".`);

/** @param {string} row @param {number} operations @param {number} processors */
async function goes(row, operations, processors) {
  const { stdout } = await call(go, [row, `${operations}`], { env: { ...process.env, GOMAXPROCS: `${processors}` } });
  return JSON.parse(stdout).ns / operations;
}

/**
 * Measures our runtime and Go's with each number of tasks or processors. Returns the medians of the
 * nanoseconds for each operation.
 *
 * @param {number[]} numbers
 * @param {(number: number) => Promise<number>} ours
 * @param {(number: number) => Promise<number>} theirs
 */
async function measure(numbers, ours, theirs) {
  const times = numbers.map(() => ({ ours: /** @type {number[]} */ ([]), Go: /** @type {number[]} */ ([]) }));
  // Round −1 is not counted. In it the browser compiles, and memory is touched for the first time.
  for (let round = -1; round < rounds; round++) {
    for (const [i, number] of numbers.entries()) {
      const measured = { ours: await ours(number), Go: await theirs(number) };
      if (round < 0) continue;
      times[i].ours.push(measured.ours);
      times[i].Go.push(measured.Go);
    }
  }
  return times.map(({ ours, Go }) => ({ ours: median(ours), Go: median(Go) }));
}

/** @param {number} number */
const figure = (number) => (number >= 1000 ? Math.round(number).toLocaleString('en') : number.toPrecision(3));

/** @param {{ours: number, Go: number}[]} times */
function print(times) {
  for (const who of /** @type {const} */ (['ours', 'Go'])) {
    const cells = times.map((each) => `${figure(each[who])} (${(each[who] / times[0][who]).toFixed(2)})`);
    console.log(`    ${who.padEnd(6)}${cells.map((cell) => cell.padStart(18)).join('')}`);
  }
}

/** @param {number[]} numbers */
const heading = (numbers) =>
  `    ${''.padEnd(6)}${numbers.map((number) => number.toLocaleString('en').padStart(18)).join('')}`;

const browser = await open(site);
try {
  const page = await browser.page('rows', Math.max(...PROCESSORS));
  const all = await page.ours({ ask: 'rows' });
  console.log(
    `Nanoseconds for each operation, medians of ${rounds} rounds, and beside them how many times the first; ${page.cores} cores\n`,
  );
  console.log(`  so many tasks created, blocked at once and released, on one processor\n${heading(TASKS)}`);
  print(
    await measure(
      TASKS,
      async (tasks) => {
        const times = Math.max(1, LEAST / tasks);
        let sum = 0;
        for (let i = 0; i < times; i++)
          sum += await page.ours({
            ask: 'row',
            row: 'create-block-release',
            operations: tasks,
            processors: 1,
            traced: false,
          });
        return sum / times;
      },
      (tasks) => goes('create-block-release', tasks, 1),
    ),
  );
  for (const row of ROWS) {
    const { operations } = all.find((/** @type {{row: string}} */ one) => one.row === row);
    console.log(`\n  ${row}, on so many processors\n${heading(PROCESSORS)}`);
    print(
      await measure(
        PROCESSORS,
        (processors) => page.ours({ ask: 'row', row, operations, processors, traced: false }),
        (processors) => goes(row, operations, processors),
      ),
    );
  }
} finally {
  await browser.close();
}
