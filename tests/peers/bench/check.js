// Checks whether ratios of benchmark rows got worse than the ratios in expected.json. Times are not
// compared, because only ratios hold on other machines, too.

import { readFileSync } from 'node:fs';

/** The factor by which the medians of two measurements on one machine may differ. */
const SLACK = 1.25;

/**
 * Prints each ratio that got worse. A ratio got worse if its median is above the expected ratio
 * times {@link SLACK}, and the ratio of its best round is above the expected ratio.
 *
 * @param {Record<string, Record<string, {median: number, least: number}>>} ratios
 * @returns {boolean} whether ratios were compared and none got worse
 */
export function check(ratios) {
  const expected = JSON.parse(readFileSync(new URL('../expected.json', import.meta.url), 'utf8'));
  let compared = 0;
  let worse = 0;
  for (const [name, rows] of Object.entries(expected)) {
    for (const [row, was] of Object.entries(rows)) {
      const now = ratios[name]?.[row];
      if (!now) continue;
      compared += 1;
      if (now.median > was * SLACK && now.least > was) {
        worse += 1;
        console.log(`${row}, ${name}: ${now.median.toFixed(2)}, was ${was}`);
      }
    }
  }
  console.log(`\n${compared} ratios compared, ${worse} got worse.`);
  return compared > 0 && worse === 0;
}
