// Checks the page's sentences while another process keeps one core busy. Kitchen and Counters run
// ten times each. No sentence may say that processors do not help, and the sentence about a busy
// machine has to appear.
//
//   ./build.sh bench --busy-machine

import { spawn } from 'node:child_process';
import { serve } from '../../scripts/serve.js';
import { launch, runAndCompare } from '../e2e/site.js';

const RUNS = 10;

/** Matches sentences which say that more processors did not help. */
const DENIES =
  /processors (saved|gained) nothing|The Parallel runs? took [^.]* longer|more cooks (saved nothing|cost)|made no difference|shows “(nothing|no|about the same|the same time)/;

const BUSY =
  /needed \d+\.\d times as much processor time as in the .* Other programs, memory that processors share, or power saving can cause that\./;

/** A process that computes and never waits. */
const other = spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' });
const server = await serve({ port: 0 });
const browser = await launch();
try {
  let busy = 0;
  for (const id of ['kitchen', 'counters']) {
    for (let n = 1; n <= RUNS; n++) {
      const page = await browser.newPage();
      await page.goto(`${server.address}#/${id}`);
      await page.evaluate(() => window.manyhands.ready);
      await page.getByRole('radio').nth(1).check();
      await runAndCompare(page);
      const steps = await page.locator('.step.found').allInnerTexts();
      const feedback = await page.locator('#feedback').innerText();
      const walls = (await page.locator('.lane .wall').allInnerTexts()).join(', ');
      await page.close();
      console.log(`${id} ${n}: ${walls}\n  ${[...steps, feedback].join('\n  ')}`);
      // The first step and the feedback of the counters may say that nothing was saved. Both are
      // about taking turns on one processor.
      const said = [...steps.slice(1), id === 'kitchen' ? feedback : ''].join(' ');
      if (DENIES.test(said)) {
        console.log('  ^ this says that processors do not help');
        process.exitCode = 1;
      }
      if (BUSY.test([...steps, feedback].join(' '))) busy += 1;
    }
  }
  console.log(`The sentence about a busy machine appeared in ${busy} of ${2 * RUNS} pages.`);
  if (busy === 0) process.exitCode = 1;
} finally {
  other.kill();
  await browser.close();
  await server.close();
}
