/**
 * How much longer the same work took on several processors than on one processor. The panel "Where
 * did the time go?" shows this text above the parts of the time.
 *
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { difference } from '../course/lessons/judging.js';
import { isComparable } from '../common/report.js';

/**
 * Compares the busy times of two runs. The limit for a difference is the same as in verdicts.
 * @param {SentReport | null} one         the run on one processor
 * @param {SentReport | null} several     the run on several processors
 * @returns {string} one or two sentences; empty if the two runs cannot be compared
 */
export function sameWork(one, several) {
  if (!one || !several || ![one, several].every(isComparable)) return '';
  const what = 'The same work took';
  switch (difference(one.busyMs, several.busyMs, Math.max(one.clockStepMs, several.clockStepMs))) {
    case 'too short':
      return 'The work is too short to tell whether the same work took longer than on one processor.';
    case 'alike':
      return `${what} as long as on one processor, within 5 %.`;
    case 'less':
      return `${what} ${((1 - several.busyMs / one.busyMs) * 100).toFixed(1)} % less than on one processor.`;
    default:
      return `${what} ${(several.busyMs / one.busyMs).toFixed(2)} times as long as on one processor. ${
        several.processors > several.browserCores
          ? 'With more processors than cores that counts pauses which no page can see.'
          : 'Cores that share memory, caches or power can slow each other down.'
      }`;
  }
}
