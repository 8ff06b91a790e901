// Measures the benchmark rows of two builds of our module beside each other, on one processor.
//
//   node tests/peers/bench/against.js OLD NEW [--rounds N] [ROW …]
//
// OLD and NEW are folders that `./build.sh bench --rows` has made: target/rows of two checkouts.
// Each round measures both builds of a row, untraced and traced. A ratio is the time of the new
// build, divided by the time of the old build in the same round. The default is 30 rounds.

import { parseArgs } from 'node:util';
import { median, summary, upperBound } from '../../measure/measuring.js';
import { open } from './browser.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '30' } },
});
const [oldSite, newSite, ...wanted] = positionals;
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds takes a whole number from 1, not "${options.rounds}".`);

/** In the first pair of browsers the old build was opened first, in the second pair the new one. */
const sites = [oldSite, newSite, newSite, oldSite];
const browsers = [];
for (const site of sites) browsers.push(await open(site));
try {
  const pages = await Promise.all(browsers.map((browser) => browser.page()));
  const pairs = [
    { before: pages[0], after: pages[1] },
    { before: pages[3], after: pages[2] },
  ];
  /** @type {{row: string, operations: number}[]} */
  const rows = (await pages[1].ours({ ask: 'rows' })).filter(({ row }) => wanted.length === 0 || wanted.includes(row));
  console.log(
    `Nanoseconds for each operation, old and new; new to old: median of ${rounds} rounds (least to greatest), 95 % bound`,
  );
  for (const row of rows) {
    for (const traced of [false, true]) {
      /** @type {{old: number, new: number}[]} */
      const measured = [];
      // Rounds −2 and −1 are not counted. In them the browsers compile the code that runs often.
      for (let round = -2; round < rounds; round++) {
        const { before, after } = pairs[Math.abs(round) % 2];
        const ask = (/** @type {typeof before} */ page) => page.ours({ ask: 'row', ...row, processors: 1, traced });
        // The order changes every two rounds, so each pair is measured in both orders.
        const isOldFirst = (round + 2) % 4 < 2;
        const first = await ask(isOldFirst ? before : after);
        const second = await ask(isOldFirst ? after : before);
        if (round >= 0) measured.push(isOldFirst ? { old: first, new: second } : { old: second, new: first });
      }
      const ratios = measured.map((round) => round.new / round.old);
      const { median: middle, least, most } = summary(ratios);
      const [m, l, g, b] = [middle, least, most, upperBound(ratios)].map((ratio) => ratio.toFixed(3));
      const ns = [measured.map((round) => round.old), measured.map((round) => round.new)].map((all) =>
        median(all).toPrecision(4),
      );
      console.log(
        `  ${row.row.padEnd(21)} ${(traced ? 'traced' : 'untraced').padEnd(9)} ${ns[0].padStart(9)} ${ns[1].padStart(9)}   ${m} (${l} to ${g}), ${b}`,
      );
    }
  }
} finally {
  for (const browser of browsers) await browser.close();
}
