// Helpers for tests that cause faults on purpose.

import assert from 'node:assert/strict';
import { enabled, run } from './site.js';

/**
 * Opens a page that counts its hosts. Errors on its console are allowed, because a panic
 * writes an error.
 *
 * @param {Awaited<ReturnType<typeof import('./site.js').site>>['open']} open
 * @param {import('node:test').TestContext} t
 * @param {string} [hash]
 */
export async function faultPage(open, t, hash) {
  return open(t, hash, {}, { errors: true, before: countHosts });
}

/** Makes a page count its hosts from its start. */
export function countHosts(page) {
  return page.addInitScript(() => {
    window.hosts = 0;
    window.Worker = class extends Worker {
      /** @param {[string | URL, WorkerOptions?]} args */
      constructor(...args) {
        super(...args);
        if (args[1].name === 'host') window.hosts++;
      }
    };
  });
}

/** Runs a program by script, and returns its outcome or its error. */
export function outcomeOf(page, program, params, options = {}) {
  return page.evaluate(
    ([program, params, options]) =>
      window.manyhands.run(program, params, options).then(
        ({ outcome, message }) => ({ outcome, message }),
        ({ name, message }) => ({ outcome: name, message }),
      ),
    [program, params, options],
  );
}

/** Checks that the page can still run a program on all processors. */
export async function works(page) {
  await enabled(page, 'Run and compare');
  const report = await run(page, 'sum');
  assert.equal(report.outcome, 'completed', report.message);
  assert.equal(report.answer.total, 12);
}

/** Returns the number of hosts that the page has started. */
export const hosts = (page) => page.evaluate(() => window.hosts);
