import { idleMs, IN_ORDER, leastToMost, longestFirstWait, judgementFrom } from './judging.js';
import { PLAIN } from './lesson.js';
import { time } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const counters = {
  ...PLAIN,
  claim: 'Counting never pauses, so only more processors make it faster.',
  text:
    'Each counter is a task that counts as fast as it can. On one processor the counters can take turns. ' +
    'A boiling dish pauses, but a counter never pauses. So there is no pause that another counter could use. ' +
    'With more processors several counters count at the same moment.',
  subtitle: {
    concurrent: 'counters take turns',
    parallel: 'counters share the processors',
  },
  step: {
    concurrent: 'The same processor. Now the counters take turns.',
    parallel: 'The same counters. Now with more processors.',
  },
  question: {
    text: 'On one processor, how much time is saved when the counters take turns?',
    options: [
      {
        id: 'most',
        label: 'more than half',
        instead: {
          nothing:
            'Several counters are in progress, but one processor runs only one of them at a time. All the numbers still have to be counted.',
        },
      },
      {
        id: 'some',
        label: 'some, but less than half',
        instead: { nothing: 'Overlapping uses pauses, as it did in the kitchen. Counting has no pauses.' },
      },
      { id: 'nothing', label: 'nothing' },
    ],
    needs: ['sequential', 'concurrent'],
    judge: ({ sequential, concurrent }, verdictOn) =>
      judgementFrom(
        verdictOn('sequential', 'concurrent'),
        ({ leastMs }) => {
          // Taking turns can fill only time without work. If the same work ran faster or slower in
          // one of the two runs, taking turns is not the cause.
          const [before, after] = [idleMs(sequential), idleMs(concurrent)];
          const filled = before - after;
          return {
            answer: filled < leastMs ? 'nothing' : filled > 0.5 * sequential.wallMs ? 'most' : 'some',
            because: `The processor was at work for ${time(sequential.wallMs - before)} of ${time(sequential.wallMs)} in the Sequential run, and for ${time(
              concurrent.wallMs - after,
            )} of ${time(concurrent.wallMs)} in the Concurrent run. Taking turns can only use the time that is left.`,
          };
        },
        IN_ORDER,
      ),
  },
  channels: false,
  measures: [
    {
      label: 'Longest time that a counter waited before it first ran',
      of(report) {
        const waited = longestFirstWait(report);
        return waited === null ? null : time(waited);
      },
    },
    {
      label: 'Time of one counter: shortest to longest',
      of: ({ observed }) => leastToMost(observed?.perCounterMs),
    },
  ],
  next: [
    {
      label: '1 counter',
      values: { counters: '1' },
      look: 'One task runs on one processor at a time. The other processors have nothing to do.',
    },
    {
      label: 'Time slice 0',
      values: { timeSliceMs: '0' },
      look: 'Now each counter counts to its end before the next one starts. The total time stays the same. But on one processor the last counter must wait much longer before it can begin.',
    },
    {
      label: 'Main counts half alone',
      values: { serialPercent: '50' },
      look: 'Main counts half of the numbers alone, before it starts the counters. More processors cannot make that half faster.',
    },
    {
      label: '3 counters',
      values: { counters: '3', timeSliceMs: '0' },
      look: 'With two processors, one counter is left at the end and counts alone. With three or more processors, all three count at the same moment.',
    },
  ],
  notes: [
    'A time slice is the time after which a counter lets another counter continue. It can do this only at certain places in its code. A Go program can interrupt a task almost anywhere in its code.',
    'The operating system can stop a task for a moment to run another program. The page cannot see that. The task then seems to take longer.',
    'If you enter more processors than the browser reports, the computer still has only its real ones. The counters share them, and each counter takes longer.',
  ],
};
