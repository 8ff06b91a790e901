// Many runs in one page: a thousand runs of all programs, twice fifty runs of each of the two
// programs that need most memory, two hundred panics and a hundred stops. Memory must not grow.
// This is the only test that requires a speed-up, because a busy machine gives no speed-up.
//
//   ./build.sh soak

import assert from 'node:assert/strict';
import os from 'node:os';
import { serve } from '../../scripts/serve.js';
import { countHosts, hosts, works } from '../e2e/fault-page.js';
import { manyPanics, manyRuns, manyRunsOf, manyStops, speedUp } from './endurance.js';
import { launch } from '../e2e/site.js';
import { watchRuns } from '../e2e/watching.js';

const SPEED_UP = 1.8;

const say = (line) => console.log(`  ${line}`);

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.addInitScript(watchRuns);
  await countHosts(page);
  await page.goto(server.address);
  const { processors } = await page.evaluate(() => window.manyhands.ready);
  console.log(`${os.cpus()[0].model}, ${processors} processors, Chromium ${browser.version()}`);

  await manyRuns(page, 1000, say);
  await manyRunsOf(page, 'images', say);
  await manyRunsOf(page, 'spaces', say);
  await manyPanics(page, 200, say);
  const ratio = await speedUp(page);
  say(`afterwards counters are ${ratio.toFixed(2)} times as fast on ${processors} processors`);
  if (processors > 1) assert.ok(ratio >= SPEED_UP, `${SPEED_UP} is wanted`);
  await manyStops(page, 100, say);

  assert.equal(await hosts(page), 1, 'one host from the first run to the last');
  await works(page);
} finally {
  await browser.close();
  await server.close();
}
