// Whether ratios got worse than the ones that are written down.

import { readFileSync } from 'node:fs';

/** What two runs on one machine may differ by. */
const SLACK = 1.15;

/** @param {Record<string, Record<string, {median: number}>>} ratios */
export function check(ratios) {
  const expected = JSON.parse(readFileSync(new URL('../expected.json', import.meta.url), 'utf8'));
  let worse = 0;
  for (const [name, rows] of Object.entries(ratios)) {
    for (const [row, { median }] of Object.entries(rows)) {
      const was = expected[name]?.[row];
      if (was !== undefined && median > was * SLACK) {
        worse += 1;
        console.log(`${row}, ${name}: ${median.toFixed(2)}, was ${was}`);
      }
    }
  }
  console.log(worse === 0 ? '\nNo ratio got worse.' : `\n${worse} ratios got worse.`);
  return worse === 0;
}
