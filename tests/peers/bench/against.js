// Measures the benchmark rows of two builds of our module beside each other, on one processor.
//
//   node tests/peers/bench/against.js OLD NEW [--rounds N] [ROW …]
//
// OLD and NEW are folders that `./build.sh bench --rows` has made: target/rows of two checkouts.
// Each round measures both builds of a row, untraced and traced. A ratio is the time of the new
// build, divided by the time of the old build in the same round. The default is 30 rounds.

import { parseArgs } from 'node:util';
import { summary, upperBound } from '../../measure/measuring.js';
import { open } from './browser.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '30' } },
});
const [oldSite, newSite, ...wanted] = positionals;
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds takes a whole number from 1, not "${options.rounds}".`);

const browsers = [await open(oldSite), await open(newSite)];
try {
  const pages = [await browsers[0].page(), await browsers[1].page()];
  const [before, after] = pages;
  /** @type {{row: string, operations: number}[]} */
  const rows = (await after.ours({ ask: 'rows' })).filter(({ row }) => wanted.length === 0 || wanted.includes(row));
  console.log(`New to old, medians of ${rounds} rounds (least to greatest), 95 % bound`);
  for (const row of rows) {
    for (const traced of [false, true]) {
      const ratios = [];
      // Round −1 is not counted. In it the browser compiles the code that runs often.
      for (let round = -1; round < rounds; round++) {
        const order = round % 2 === 0 ? [after, before] : [before, after];
        /** @type {Map<typeof after, number>} */
        const ns = new Map();
        for (const page of order) ns.set(page, await page.ours({ ask: 'row', ...row, processors: 1, traced }));
        if (round >= 0) ratios.push(Number(ns.get(after)) / Number(ns.get(before)));
      }
      const { median, least, most } = summary(ratios);
      const [m, l, g, b] = [median, least, most, upperBound(ratios)].map((ratio) => ratio.toFixed(3));
      console.log(`  ${row.row.padEnd(21)} ${(traced ? 'traced' : 'untraced').padEnd(9)} ${m} (${l} to ${g}), ${b}`);
    }
  }
} finally {
  for (const browser of browsers) await browser.close();
}
