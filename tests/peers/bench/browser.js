// Both peers, our runtime and Go's, in one Chromium.

import sirv from 'sirv';
import { listen } from '../../../scripts/serve.js';
import { launch } from '../../e2e/site.js';

/** Serves `folder` with the headers that shared memory needs. @param {string} folder */
function serve(folder) {
  const files = sirv(folder, { dev: true });
  return listen((request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    files(request, response);
  });
}

/**
 * Starts a browser, in which pages ask the two peers.
 *
 * @param {string} folder   the folder of the page and the modules
 */
export async function open(folder) {
  const { address, close } = await serve(folder);
  const browser = await launch();

  /**
   * Opens a page with a pool of threads.
   *
   * @param {'rows' | 'rows-guests'} [folder]   the module: without guests, or with guests
   * @param {number} [threads]   by default the number of processors that the browser reports
   */
  async function page(folder = 'rows', threads) {
    const page = await browser.newPage();
    await page.goto(address);
    const cores = await page.evaluate('navigator.hardwareConcurrency');
    /** @param {object} question */
    const ours = (question) => page.evaluate((question) => window.peers.ours(question), question);
    /** @param {string[]} args @returns {Promise<{ns: number, operations: number}>} */
    const go = async (...args) => {
      const lines = await page.evaluate((args) => window.peers.go({ args }), args);
      return JSON.parse(lines[0]);
    };
    await ours({ ask: 'open', folder, threads: threads ?? cores });
    return { cores, ours, go, close: () => page.close() };
  }

  return {
    page,
    version: browser.version(),
    async close() {
      await browser.close();
      await close();
    },
  };
}
