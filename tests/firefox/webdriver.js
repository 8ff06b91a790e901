// A page in a browser, driven by the browser's own driver with the classic WebDriver protocol (W3C
// Recommendation "WebDriver").

import { once } from 'node:events';

/** The timeouts of WebDriver, in ms. */
const LIMITS = { script: 120_000, pageLoad: 60_000 };

/** Returns a script that calls a function in the page, and passes its result or error as JSON. */
const performing = (act) => `
  const [argument, done] = arguments;
  const plain = (_, value) => (ArrayBuffer.isView(value) ? [...value] : value);
  Promise.resolve(argument).then(${act}).then(
    (value) => done(JSON.stringify({ value }, plain)),
    ({ name, message }) => done(JSON.stringify({ name, message })));
`;

/** The key of a reference to an element in the protocol. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * Starts a browser with one page.
 *
 * @param {import('node:child_process').ChildProcess} driver   listens on the port now or soon
 * @param {number} port
 * @param {object} asked   the capabilities that the driver must provide
 */
export async function openSession(driver, port, asked) {
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  // A driver that has just started does not listen yet.
  for (let listens = false; !listens; ) {
    if (driver.exitCode !== null) throw new Error('The driver has ended.');
    listens = await fetch(`http://127.0.0.1:${port}/status`).then(
      () => true,
      () => false,
    );
  }
  const { sessionId, capabilities } = await send('POST', '', {
    capabilities: { alwaysMatch: { timeouts: LIMITS, ...asked } },
  }).catch((error) => {
    driver.kill();
    throw error;
  });
  const ask = (method, path, body) => send(method, `/${sessionId}${path}`, body);

  return {
    version: capabilities.browserVersion,
    goto: (address) => ask('POST', '/url', { url: address }),
    /** Calls a function in the page and awaits its result, like Playwright's `evaluate`. */
    async evaluate(act, argument = null) {
      const { value, name, message } = JSON.parse(
        await ask('POST', '/execute/async', { script: performing(act), args: [argument] }),
      );
      if (name !== undefined) throw Object.assign(new Error(message), { name });
      return value;
    },
    /** Clicks the first element that matches a selector. */
    async press(selector) {
      const { [ELEMENT]: element } = await ask('POST', '/element', { using: 'css selector', value: selector });
      await ask('POST', '/execute/sync', {
        script: 'arguments[0].scrollIntoView({ block: "center" })',
        args: [{ [ELEMENT]: element }],
      });
      await ask('POST', `/element/${element}/click`, {});
    },
    async screenshot() {
      return Buffer.from(await ask('GET', '/screenshot'), 'base64');
    },
    async close() {
      await ask('DELETE', '').finally(() => driver.kill());
      if (driver.exitCode === null && driver.signalCode === null) await once(driver, 'exit');
    },
  };
}
