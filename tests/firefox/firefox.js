// A page in an unmodified Firefox, driven by geckodriver with the classic WebDriver protocol. The
// newer BiDi protocol is not used, because it makes each new worker wait for the main thread of the
// worker's process. With BiDi, about one host worker in twenty hangs while it starts its pool.

import { spawn } from 'node:child_process';
import { openSession } from './webdriver.js';

/**
 * Starts a browser with one page.
 *
 * @param {string} firefox      the path of the browser
 * @param {string} geckodriver  the path of its driver
 */
export async function start(firefox, geckodriver) {
  const driver = spawn(geckodriver, ['--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise((resolve, reject) => {
    driver.stdout.on('data', (text) => {
      const [, port] = String(text).match(/Listening on 127\.0\.0\.1:(\d+)/) ?? [];
      if (port) resolve(Number(port));
    });
    driver.once('exit', () => reject(new Error('geckodriver has ended')));
  });
  return openSession(driver, port, {
    browserName: 'firefox',
    'moz:firefoxOptions': { binary: firefox, args: ['-headless'] },
  });
}
