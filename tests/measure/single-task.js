// Checks the page's sentences about runs in which no tasks can overlap. Opens forty new pages, with
// one request or one task each. No sentence may name a cause.
//
//   ./build.sh bench --single-task

import { serve } from '../../scripts/serve.js';
import { launch, runAndCompare } from '../e2e/site.js';

const PAGES = 40;

/** The lessons with values for which there is a single task besides main. */
const ALONE = ['fetch?addresses=lessons.html', 'fetch?requests=1', 'kitchen?dishes=1', 'counters?counters=1'];

const CAUSE = /: (concurrency|parallelism)|saved|is not the cause|are not the cause|needs no processor/;

const server = await serve({ port: 0 });
const browser = await launch();
try {
  /** @type {Map<string, number>} */
  const said = new Map();
  for (let n = 0; n < PAGES; n++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log(`      the page reported: ${error}`));
    await page.goto(`${server.address}#/${ALONE[n % ALONE.length]}`);
    await page.waitForFunction(() => window.manyhands);
    await page.evaluate(() => window.manyhands.ready);
    await page.getByRole('radio').first().check();
    await runAndCompare(page);
    for (const sentence of [
      ...(await page.locator('.step.found').allInnerTexts()),
      await page.locator('#feedback .judgement').innerText(),
    ]) {
      said.set(sentence, (said.get(sentence) ?? 0) + 1);
    }
    await context.close();
  }
  for (const [sentence, count] of said) {
    console.log(`${String(count).padStart(4)}  ${sentence}`);
    if (CAUSE.test(sentence)) {
      console.log('      ^ this names a cause');
      process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await server.close();
}
