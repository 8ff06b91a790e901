// How long it takes from Stop to a page that has run something else. tests/e2e/stop.test.js checks
// by which way Stop reaches a run.
//
//   ./build.sh bench --stop

import { serve } from '../../scripts/serve.js';
import { spread } from './measuring.js';
import { launch } from '../e2e/site.js';
import { LISTENING } from '../e2e/stopping.js';
import { watchRuns } from '../e2e/watching.js';

const REPEATS = 5;

/** What is wanted, in ms: of what looks up now and then, and of what never does. */
const WANTED = { listening: 300, deaf: 5000 };

/**
 * What is stopped: what it is, the program, its values, on how many processors. `wanted` is the most time in ms where
 * it is not WANTED.listening.
 *
 * @type {{what: string, program: string, params: object, processors: number, wanted?: number}[]}
 */
const ROWS = [
  ...LISTENING.flatMap(([what, program, params]) =>
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
  {
    what: 'a task that never looks up',
    program: 'runaway',
    params: { seconds: 60 },
    processors: 2,
    wanted: WANTED.deaf,
  },
];

/** In the page: ms from Stop, pressed once the program runs, to the end of another run. */
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
    await page.evaluate((options) => window.manyhands.run('sum', {}, options), { processors: row.processors }); // its workers are there
    const times = [];
    for (let n = 0; n < REPEATS; n++) times.push(await page.evaluate(usableAfter, row));
    console.log(
      `  ${`${row.what}, ${row.processors}`.padEnd(46)} ${spread(times, 0).padEnd(28)} at most ${row.wanted ?? WANTED.listening}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
