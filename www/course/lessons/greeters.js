import { judgementFrom } from './judging.js';
import { BOTH_LANES, PLAIN } from './lesson.js';
import { time } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const greeters = {
  ...PLAIN,
  claim: 'When main returns, every other task ends, too.',
  text:
    'Main is the task in which a program begins. Here it starts two greeters. Go calls such a task a goroutine. ' +
    'Each greeter says its word a few times and pauses after each word. Main does not ask whether they have finished. ' +
    'It waits a fixed time and returns. That ends the program.',
  task: ['greeter', 'greeters'],
  subtitle: {
    concurrent: 'greeters overlap',
    parallel: 'greeters overlap',
  },
  step: {
    concurrent: 'The same processor. Now the greeters may overlap.',
    parallel: 'The same greeters still overlap. Now with more processors.',
  },
  legend: { ...PLAIN.legend, blocked: 'pauses, and needs no processor' },
  waits: { ...PLAIN.waits, sleep: 'pauses' },
  question: {
    text: 'Will more processors make this program end sooner?',
    options: [
      {
        id: 'yes',
        label: 'yes',
        instead: { no: 'A pause ends when its time is over. More processors cannot make it shorter.' },
      },
      { id: 'no', label: 'no' },
    ],
    needs: BOTH_LANES,
    judge: ({ concurrent }, verdictOn) =>
      judgementFrom(verdictOn('concurrent', 'parallel'), ({ kind, beforeMs, afterMs }) => {
        const last = concurrent.output.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
        return {
          answer: kind === 'saved' ? 'yes' : 'no',
          because:
            `On one processor the last word came at ${time(last)} and main returned at ` +
            `${time(beforeMs)}. With more processors, main returned at ${time(afterMs)}.`,
        };
      }),
  },
  channels: false,
  measures: [
    {
      label: 'Words never said',
      of: ({ observed }) => (observed?.unsaid === undefined ? null : String(totalOf(observed.unsaid))),
    },
  ],
  next: [
    {
      label: 'Main waits 250 ms',
      look: 'Main returns before the last word. That word is never said, and no error is reported.',
      values: { mainWaitsMs: '250' },
    },
    {
      label: 'Main waits 50 ms',
      look: 'Each greeter says its word once. Then main returns and the program ends.',
      values: { mainWaitsMs: '50' },
    },
    {
      label: '10 greeters',
      look: 'Ten tasks pause at the same time. Together they need no more time than one, and one processor is enough.',
      values: { greeters: '10', firstDelayMs: '30', delayStepMs: '0', mainWaitsMs: '200' },
    },
  ],
  notes: [
    'In Go, the word “go” starts a task, and the program continues at once. It does not learn when the task has finished. ' +
      'There are two ways to learn it: a wait group, which counts the tasks that have not finished, and a channel, over which a task sends a message.',
    'A task that pauses computes nothing. Its processor is free for other tasks.',
    'When two tasks may continue at the same moment, nothing says which one goes first.',
  ],
};

/** @param {unknown} unsaid   a number, or an object with a number for each name */
function totalOf(unsaid) {
  if (typeof unsaid === 'number') return unsaid;
  return Object.values(/** @type {Record<string, number>} */ (unsaid ?? {})).reduce((sum, n) => sum + Number(n), 0);
}
