// A page in the stock Firefox, by its own driver and the classic WebDriver protocol (W3C
// Recommendation "WebDriver"). The newer BiDi protocol is not used: where it is, Firefox has each
// new worker wait for its process's main thread, and about one host in twenty stands still.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The limits that WebDriver calls timeouts, ms. */
const LIMITS = { script: 120_000, pageLoad: 60_000 };

/** Performs a function in the page, and hands on what comes of it as JSON. */
const performing = (act) => `
  const [argument, done] = arguments;
  const plain = (_, value) => (ArrayBuffer.isView(value) ? [...value] : value);
  Promise.resolve(argument).then(${act}).then(
    (value) => done(JSON.stringify({ value }, plain)),
    ({ name, message }) => done(JSON.stringify({ name, message })));
`;

/**
 * Starts a browser with one page.
 *
 * @param {string} firefox      path of the browser
 * @param {string} geckodriver  path of its driver
 */
export async function start(firefox, geckodriver) {
  const driver = spawn(geckodriver, ['--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise((resolve, reject) => {
    driver.stdout.on('data', (text) => {
      const [, port] = String(text).match(/Listening on 127\.0\.0\.1:(\d+)/) ?? [];
      if (port) resolve(port);
    });
    driver.once('exit', () => reject(new Error('geckodriver has ended')));
  });

  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const { sessionId, capabilities } = await ask('POST', '', {
    capabilities: {
      alwaysMatch: { browserName: 'firefox', timeouts: LIMITS, 'moz:firefoxOptions': { binary: firefox, args: ['-headless'] } },
    },
  }).catch((error) => {
    driver.kill();
    throw error;
  });

  return {
    version: capabilities.browserVersion,
    goto: (address) => ask('POST', `/${sessionId}/url`, { url: address }),
    /** As Playwright's: what a function of the page's returns, or resolves to. */
    async evaluate(act, argument = null) {
      const { value, name, message } = JSON.parse(await ask('POST', `/${sessionId}/execute/async`, { script: performing(act), args: [argument] }));
      if (name !== undefined) throw Object.assign(new Error(message), { name });
      return value;
    },
    async close() {
      await ask('DELETE', `/${sessionId}`).finally(() => driver.kill());
      await once(driver, 'exit');
    },
  };
}
