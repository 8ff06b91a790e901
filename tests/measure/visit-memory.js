// Measures the memory of a visit: after the first lesson alone, and after the whole course with the
// largest images.
//
//   ./build.sh bench --visit-memory

import { serve } from '../../scripts/serve.js';
import { launch, runAndCompare } from '../e2e/site.js';

/** The maximum memory, in MB, that the whole course may keep in addition to the first lesson's. */
const MOST_MB = 5;

const FIRST = 'kitchen';

/** The largest images of the two lessons with images. All other lessons have their defaults. */
const LARGEST = { images: { images: 16, size: 1024 }, mandelbrot: { width: 1280, height: 960 } };

/**
 * Returns the sizes of the page's heap and array buffers in bytes, after garbage collections.
 * @param {import('playwright-core').Page} page
 */
async function held(page) {
  const client = await page.context().newCDPSession(page);
  // Two passes, because the second pass collects the objects that the first pass finalizes.
  for (let pass = 0; pass < 2; pass++) await client.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return { heap: usedSize, embedder: embedderHeapUsedSize, buffers: backingStorageSize };
}

const server = await serve({ port: 0 });
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.evaluate(() => window.manyhands.ready);
  const programs = await page.evaluate(() => window.manyhands.programs());

  /** @param {string} id */
  async function lesson(id) {
    const { params } = programs.find((program) => program.id === id);
    const values = Object.entries(LARGEST[id] ?? {}).map(([name, value]) => {
      const most = params.find((param) => param.name === name)?.max ?? value;
      return `${name}=${Math.min(value, most)}`;
    });
    await page.goto(`${server.address}#/${id}${values.length > 0 ? `?${values.join('&')}` : ''}`);
    await page.waitForFunction(
      (wanted) => document.title.startsWith(wanted),
      programs.find((program) => program.id === id).title,
    );
    await runAndCompare(page);
  }

  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  const line = (when, { heap, embedder, buffers }) =>
    console.log(
      `${when}: heap ${mb(heap)} MB, the browser's own objects ${mb(embedder)} MB, array buffers ${mb(buffers)} MB`,
    );

  await lesson(FIRST);
  const before = await held(page);
  line('After the first lesson alone', before);
  for (const { id } of programs) {
    await lesson(id);
    line(`  in ${id}`, await held(page));
  }
  await page.goto(`${server.address}#/when`);
  await page.locator('#when h1').waitFor();
  const end = await held(page);
  line('After the whole course, on its last page', end);
  await lesson(FIRST);
  const again = await held(page);
  line('Back in the first lesson, after running it again', again);
  for (const { where, after } of [
    { where: 'on the last page', after: end },
    { where: 'in the first lesson again', after: again },
  ]) {
    const more = after.heap + after.buffers - before.heap - before.buffers;
    console.log(`${where}: ${mb(more)} MB more than after the first lesson alone; at most ${MOST_MB} MB are wanted`);
    if (more > MOST_MB * 1e6) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.close();
}
