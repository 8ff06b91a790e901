// Measures a switch between goroutines of a guest beside a switch between tasks that are futures.
//
//   node tests/peers/bench/goroutines.js SITE [--rounds N]
//
// SITE is the folder that `./build.sh bench --rows` has made. A round measures the rows "yield" and
// "ping-pong" on one processor, with goroutines and with futures, untraced and traced. A ratio
// compares two times of one round. The table has the median of all rounds and the 95 % bound. The
// default is 30 rounds.

import { parseArgs } from 'node:util';
import { median, upperBound } from '../../measure/measuring.js';
import { open } from './browser.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '30' } },
});
const [site] = positionals;
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds takes a whole number from 1, not "${options.rounds}".`);

/** The ways to measure a row. */
const WAYS = {
  futures: { ask: 'row', traced: false },
  'futures, traced': { ask: 'row', traced: true },
  goroutines: { ask: 'goroutines', traced: false },
  'goroutines, traced': { ask: 'goroutines', traced: true },
};

/** Each ratio: its name, the way in the numerator, the way in the denominator, the wanted maximum. */
const RATIOS = /** @type {const} */ ([
  ['goroutines to futures', 'goroutines', 'futures', 1.5],
  ['goroutines, traced to untraced', 'goroutines, traced', 'goroutines', 1.25],
  ['futures, traced to untraced', 'futures, traced', 'futures', 1.25],
]);

const browser = await open(site);
try {
  const page = await browser.page('rows-guests');
  console.log(`Chromium ${browser.version}, one processor, ${rounds} rounds: median (95 % bound)`);
  const rows = (await page.ours({ ask: 'rows' })).filter(({ row }) => ['yield', 'ping-pong'].includes(row));
  for (const row of rows) {
    /** @type {Record<string, number[]>} */
    const times = Object.fromEntries(Object.keys(WAYS).map((way) => [way, []]));
    // Rounds −2 and −1 are not counted. In them the browser compiles the code that runs often.
    for (let round = -2; round < rounds; round++) {
      const order = Object.entries(WAYS);
      if (round % 2 === 0) order.reverse();
      for (const [name, way] of order) {
        const ns = await page.ours({ ...row, ...way, processors: 1 });
        if (round >= 0) times[name].push(ns);
      }
    }
    console.log(row.row);
    for (const [name, all] of Object.entries(times)) console.log(`  ${name.padEnd(34)} ${median(all).toFixed(1)} ns`);
    for (const [name, above, below, wanted] of RATIOS) {
      const ratios = times[above].map((ns, round) => ns / times[below][round]);
      const [middle, bound] = [median(ratios), upperBound(ratios)].map((ratio) => ratio.toFixed(2));
      console.log(`  ${name.padEnd(34)} ${middle} (${bound}), wanted at most ${wanted}`);
    }
  }
} finally {
  await browser.close();
}
