/**
 * The API `window.manyhands`, for scripts, for pages that embed this page, and for tests. The API
 * runs the same programs as the form, in the same way. The lanes show these runs.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Report} Report
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('../common/messages.js').Values} Values
 */
import { portable } from '../common/portable.js';
import { reportOf } from '../common/report.js';

/**
 * @typedef {object} ManyHands
 * @property {Promise<Machine>} ready
 * @property {() => Program[]} programs       throws before `ready` is resolved
 * @property {(id: string, params?: Values, options?: Options) => Promise<Report>} run
 *   rejects with the error message that the form would show
 * @property {() => void} stop                stops the run; its report has the outcome "stopped"
 */

/**
 * @param {object} page
 * @param {Promise<Machine>} page.ready
 * @param {() => Program[] | null} page.programs
 * @param {(id: string, params: Values, options: Options) => Promise<SentReport>} page.run
 * @param {() => void} page.stop
 * @returns {ManyHands}
 */
export function apiOf(page) {
  return Object.freeze({
    ready: page.ready,
    programs() {
      const programs = page.programs();
      if (!programs) throw new Error('The catalogue is not there yet: await manyhands.ready first.');
      return structuredClone(programs);
    },
    async run(id, params = {}, options = {}) {
      await page.ready;
      return reportOf(await page.run(String(id), portable(params), portable(options)));
    },
    stop: page.stop,
  });
}
