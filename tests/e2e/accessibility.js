// Checks an open page with axe-core.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Returns a string for each rule that the page breaks, with the first three elements that break it.
 * The string may have several lines.
 * The rule about the minimum size of controls is included.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { rules: { 'target-size': { enabled: true } } }),
  );
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html, failureSummary }) => `${html.slice(0, 90)} ${failureSummary}`)
        .slice(0, 3)
        .join(' | ')}`,
  );
}
