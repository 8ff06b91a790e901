/**
 * Handles the buttons "Run and compare", "Run 5 times" and "Run" of a lane: checks the form, runs
 * the lanes one after another, and reports the times.
 *
 * @typedef {import('../common/lanes.js').RunSlot} RunSlot
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Refusal} Refusal
 */
import { Refused } from './host-link.js';
import { optionsOf, SLOT_NAMES } from '../common/lanes.js';
import { roundsOf } from '../common/repeats.js';
import { walls } from '../common/words.js';

/** The number of times that "Run 5 times" runs each lane. */
export const ROUNDS = 5;

/**
 * @typedef {object} Page
 * @property {() => Program | null} program        the program whose lesson is open
 * @property {import('./runs.js').Runs} runs
 * @property {import('../course/course.js').Course} course
 * @property {import('../form/form.js').Form} form
 * @property {() => Promise<Refusal[]>} check      returns the refusals of the form's values
 * @property {() => void} wait                     tells the reader if the run has to wait
 * @property {() => void} begin                    called after the checks, before the first run
 * @property {(sentence: string) => void} say
 */

/**
 * @param {Page} page
 * @returns {(slots: RunSlot[], rounds?: number) => Promise<void>}
 */
export function presser({ program, runs, course, form, check, wait, begin, say }) {
  return async function press(slots, rounds = 1) {
    const open = program();
    if (!open || runs.busy) return;
    const { id } = open;
    const params = form.values;
    const options = form.options;
    const requests = roundsOf(slots, rounds).map(({ slot, round }) => ({
      slot,
      program: id,
      params,
      options: optionsOf(slot, options),
      script: false,
      ...(rounds > 1 ? { round: { number: round, of: rounds } } : {}),
      ...course.imagesForRun,
    }));
    wait();
    try {
      const reports = await runs.all(requests, async () => {
        // Check the whole form before the first run. The first lanes do not use the form's number
        // of processors, so their own checks would miss a wrong number.
        const refusals = await check();
        if (refusals.length > 0) throw new Refused(refusals);
        form.refuse([]);
        await course.prepare(id);
        course.begin();
        begin();
      });
      if (program()?.id !== id) return;
      if (reports.length === 0) say('Stopped before anything ran.');
      else say(`${timesSentence(requests, reports, runs.times)} ${course.judge()}`.trim());
    } catch (error) {
      if (error instanceof Refused) {
        form.refuse(error.refusals);
        form.focusRefused();
      }
      say(error instanceof Error ? error.message : String(error));
    }
  };
}

/**
 * Returns a sentence with the times of the runs, or with medians if a lane ran several times.
 * @param {{slot: RunSlot}[]} requests   in the order of the runs
 * @param {import('../common/messages.js').SentReport[]} reports   of the requests; the last ones may be missing
 * @param {import('../common/repeats.js').AllTimes} times          of all runs with these values
 */
function timesSentence(requests, reports, times) {
  const slots = [...new Set(requests.map(({ slot }) => slot))];
  const last = reports[reports.length - 1];
  const stopped = last.outcome === 'stopped' ? ' The last run was stopped, and it is not counted.' : '';
  const counted = slots.filter((slot) => times[slot]);
  const most = Math.max(0, ...counted.map((slot) => times[slot]?.runs ?? 0));
  if (most < 2)
    return walls(
      requests.map(({ slot }) => SLOT_NAMES[slot]),
      reports,
    );
  const medians = walls(
    counted.map((slot) => SLOT_NAMES[slot]),
    counted.map((slot) => ({ wallMs: times[slot]?.medianMs ?? 0, outcome: 'completed' })),
  );
  const least = Math.min(...counted.map((slot) => times[slot]?.runs ?? 0));
  const of = `${least === most ? '' : `${least} to `}${most} runs`;
  return `Medians of ${of}: ${medians}${stopped}`;
}
