// Measures how much faster programs of tests/guests are on two processors than on one, beside the same
// programs in Go.
//
//   node tests/peers/bench/guests.js SITE GO [--rounds N]
//
// SITE is the folder that `./build.sh bench --rows` has made, and GO is the program of guests.go. A
// round measures each program in four ways, untraced: ours in Chromium and Go natively, each on one
// processor and on two. The program has two goroutines. A speed-up compares two times of one round, and
// so does the ratio of the two speed-ups. The figures are medians of all rounds. The default is 30
// rounds.

import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { median, spread, upperBound } from '../../measure/measuring.js';
import { open } from './browser.js';

const call = promisify(execFile);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '30' } },
});
const [site, go] = positionals;
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds takes a whole number from 1, not "${options.rounds}".`);

/** The programs, with the work of each. */
const PROGRAMS = /** @type {const} */ ([
  ['counting', 1_000_000_000],
  ['fib', 36],
]);

const GOROUTINES = 2;

/** The smallest ratio of our speed-up to Go's that is wanted. */
const WANTED = 0.97;

const browser = await open(site);
try {
  const page = await browser.page('rows-guests');
  if (page.cores < 2) throw new Error('The browser reports one processor, so there is no speed-up.');
  console.log(`Chromium ${browser.version}, ${rounds} rounds: medians (least to greatest)`);
  for (const [program, work] of PROGRAMS) {
    /** @type {(processors: number) => () => Promise<number>} */
    const ours = (processors) => () => page.ours({ ask: 'guest', program, work, goroutines: GOROUTINES, processors });
    /** @type {(processors: number) => () => Promise<number>} */
    const goes = (processors) => async () => {
      const env = { ...process.env, GOMAXPROCS: `${processors}` };
      const { stdout } = await call(go, [program, `${work}`, `${GOROUTINES}`], { env });
      return JSON.parse(stdout).ns;
    };
    const ways = { 'ours 1': ours(1), 'ours 2': ours(2), 'Go 1': goes(1), 'Go 2': goes(2) };
    /** @type {Record<string, number[]>} */
    const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
    // Rounds −2 and −1 are not counted. In them the browser compiles the code that runs often.
    for (let round = -2; round < rounds; round++) {
      const order = Object.entries(ways);
      if (round % 2 === 0) order.reverse();
      for (const [way, measure] of order) {
        const ns = await measure();
        if (round >= 0) times[way].push(ns);
      }
    }
    /** Compares two ways. @param {string} above @param {string} below */
    const ratios = (above, below) => times[above].map((ns, round) => ns / times[below][round]);
    const [speedUp, goSpeedUp] = [ratios('ours 1', 'ours 2'), ratios('Go 1', 'Go 2')];
    const both = speedUp.map((ratio, round) => ratio / goSpeedUp[round]);
    // The bound from below: the true median is larger, with a confidence of at least 95 %.
    const bound = 1 / upperBound(both.map((ratio) => 1 / ratio));
    console.log(`${program}, ${work.toLocaleString('en')}`);
    for (const [way, all] of Object.entries(times))
      console.log(`  ${way.padEnd(28)} ${(median(all) / 1e6).toFixed(1)} ms`);
    console.log(`  ${'ours to Go, one processor'.padEnd(28)} ${spread(ratios('ours 1', 'Go 1'), 3)}`);
    console.log(`  ${'our speed-up'.padEnd(28)} ${spread(speedUp, 3)}`);
    console.log(`  ${'speed-up of Go'.padEnd(28)} ${spread(goSpeedUp, 3)}`);
    console.log(
      `  ${'ratio of the speed-ups'.padEnd(28)} ${spread(both, 3)}, 95 % bound ${bound.toFixed(3)}; ` +
        `wanted at least ${WANTED}${median(both) < WANTED ? '  NOT REACHED' : ''}`,
    );
  }
} finally {
  await browser.close();
}
