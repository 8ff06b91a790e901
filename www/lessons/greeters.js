import { TOO_SHORT, wallDifference } from './judging.js';
import { BOTH_LANES, PLAIN } from './lesson.js';
import { time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const greeters = {
  ...PLAIN,
  claim: 'When main returns, everybody goes home.',
  text: 'Each greeter says its word a few times and pauses in between. Main doesn’t ask whether they are done: '
    + 'it waits a fixed time and returns. Watch who is cut short when that time is too small.',
  task: ['greeter', 'greeters'],
  manner: {
    sequential: 'one greeter after another',
    concurrent: 'greeters overlap',
    parallel: 'greeters overlap',
  },
  step: {
    concurrent: 'Same processor. Now the greeters may overlap.',
    parallel: 'Same program. Now with more processors: is there anything for them to do?',
  },
  legend: { ...PLAIN.legend, blocked: 'pausing, it needs no processor' },
  waits: { ...PLAIN.waits, sleep: 'pauses' },
  question: {
    text: 'Will more processors make this program end sooner?',
    options: [
      {
        id: 'yes', label: 'yes',
        instead: { no: 'A pause ends when its time is over. Another processor can’t wait any faster.' },
      },
      { id: 'no', label: 'no' },
    ],
    needs: BOTH_LANES,
    judge({ concurrent, parallel }) {
      const change = wallDifference(concurrent, parallel);
      if (change === 'too short') return TOO_SHORT;
      const last = concurrent.output.reduce((latest, line) => Math.max(latest, line.atMs), 0);
      return {
        answer: change === 'less' ? 'yes' : 'no',
        because: `On one processor the last word came at ${time(last)} and main returned at `
          + `${time(concurrent.wallMs)}; with more, main returned at ${time(parallel.wallMs)}.`,
      };
    },
  },
  measures: [
    {
      label: 'Words never said',
      of: ({ observed }) => (observed?.unsaid === undefined ? null : String(totalOf(observed.unsaid))),
    },
  ],
  next: [
    { label: 'Main waits 300 ms', look: 'Some words stay unsaid. Nothing fails, nobody is told: that is what a wait group is for.', given: { mainWaitsMs: '300' } },
    { label: 'Main waits 0 ms', look: 'Main returns at once. Does anybody get to say a word?', given: { mainWaitsMs: '0' } },
    { label: '40 greeters', look: 'Twenty times as many tasks, the same time: a waiting task costs hardly anything.', given: { greeters: '40', delayStepMs: '0' } },
  ],
  notes: [
    '“go” starts a task and returns at once. It gives nothing back to wait for: whoever wants to know that a task is done has to be told, '
      + 'by a wait group or over a channel.',
    'A pause is not work. While a task sleeps the runtime’s clock keeps its time, and the processor is free for others.',
    'Tasks that are due at the same moment come in an order that nobody promises.',
  ],
};

/** @param {unknown} unsaid   a number, or one for each name */
function totalOf(unsaid) {
  if (typeof unsaid === 'number') return unsaid;
  return Object.values(/** @type {Record<string, number>} */ (unsaid ?? {})).reduce((sum, n) => sum + Number(n), 0);
}
