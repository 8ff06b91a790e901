// The stock Firefox of this machine, by WebDriver BiDi.

import { firefox } from 'playwright-core';

/** What newer Firefoxes know and the extended support release does not, and these tests don't need. */
const UNKNOWN = 'emulation.setMediaFeaturesOverride';

/**
 * Starts it. Playwright's own Firefox is another, patched one.
 *
 * @param {import('playwright-core').LaunchOptions} options
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchFirefox(options) {
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: process.env.FIREFOX, headless: true, ...options });
  // Playwright gives up a new context when this command fails, and has no switch for it.
  const session = Object.getPrototypeOf(browser._connection.toImpl(browser)._browserSession);
  const { send } = session;
  session.send = function (method, params) {
    return method === UNKNOWN ? Promise.resolve({}) : send.call(this, method, params);
  };
  return browser;
}
