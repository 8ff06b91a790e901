// Measures the time from a press of Stop to the end of the next run. tests/e2e/stop.test.js checks
// the ways in which Stop reaches a run.
//
//   ./build.sh bench --stop

import { serve } from '../../scripts/serve.js';
import { spread } from './measuring.js';
import { guest } from '../e2e/guest-runs.js';
import { launch } from '../e2e/site.js';
import { STOPPABLE } from '../e2e/stopping.js';
import { watchRuns } from '../e2e/watching.js';

const REPEATS = 5;

/** The wanted times in ms, for tasks with checkpoints and for tasks without checkpoints. */
const WANTED = { withCheckpoints: 300, without: 5000 };

/**
 * The runs that are stopped: a description, the program, its values, and the number of processors.
 * `wanted` is the wanted time in ms if it is not WANTED.withCheckpoints.
 *
 * @type {{what: string, program: string, params: object, processors: number, wanted?: number}[]}
 */
const ROWS = [
  ...STOPPABLE.flatMap(([what, program, params]) =>
    [1, 2].map((processors) => ({ what, program, params, processors })),
  ),
  { what: '64 counters', program: 'counters', params: { counters: 64, work: 10 }, processors: 64 },
  { what: '64 images', program: 'images', params: { images: 64 }, processors: 64 },
  {
    what: 'a large parallel iterator',
    program: 'mandelbrot',
    params: { width: 2048, iterations: 10_000 },
    processors: 64,
  },
  ...[1, 2, 64].map((processors) => ({
    what: '64 goroutines that compute and poll',
    program: 'guest',
    params: guest('computes', 64, 2 ** 31),
    processors,
  })),
  {
    what: 'a task that never looks up',
    program: 'runaway',
    params: { seconds: 60 },
    processors: 2,
    wanted: WANTED.without,
  },
];

/**
 * Runs in the page. Presses Stop while a program runs, and returns the time from the press to the
 * end of the next run, in ms.
 */
async function usableAfter({ program, params, processors }) {
  const end = window.manyhands.run(program, params, { processors }).catch((error) => error);
  await window.watched.started();
  const pressed = performance.now();
  window.manyhands.stop();
  await end;
  await window.manyhands.run('sum', {}, { processors });
  return performance.now() - pressed;
}

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.addInitScript(watchRuns);
  await page.goto(server.address);
  await page.evaluate(() => window.manyhands.ready);
  console.log('\nfrom Stop to the end of the next run, ms: median (least to greatest)');
  for (const row of ROWS) {
    // Make sure that the pool is large enough.
    await page.evaluate((options) => window.manyhands.run('sum', {}, options), { processors: row.processors });
    const times = [];
    for (let n = 0; n < REPEATS; n++) times.push(await page.evaluate(usableAfter, row));
    console.log(
      `  ${`${row.what}, ${row.processors}`.padEnd(46)} ${spread(times, 0).padEnd(28)} at most ${row.wanted ?? WANTED.withCheckpoints}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
