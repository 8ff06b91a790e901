import { idleMs, longestFirstWait, ofStep } from './judging.js';
import { PLAIN } from './lesson.js';
import { time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const counters = {
  ...PLAIN,
  claim: 'Counting leaves no pause to fill.',
  text: 'Every counter keeps its processor busy from its first number to its last. '
    + 'Taking turns shares one processor, but there is no waiting that another could use.',
  manner: {
    sequential: 'one counter after another',
    concurrent: 'counters take turns',
    parallel: 'counters share the processors',
  },
  step: {
    concurrent: 'Same processor. Now the counters take turns.',
    parallel: 'Same program. Now with more processors.',
  },
  question: {
    text: 'What will taking turns on one processor save?',
    options: [
      {
        id: 'most', label: 'most of the time',
        instead: { nothing: 'Several tasks in progress look like several tasks at work. On one processor they only take turns, and each number still has to be counted.' },
      },
      {
        id: 'some', label: 'some of it',
        instead: { nothing: 'Overlapping fills pauses, as it did in the kitchen. Counting has none.' },
      },
      { id: 'nothing', label: 'nothing' },
    ],
    needs: ['sequential', 'concurrent'],
    judge: ({ sequential, concurrent }, stepOf) => ofStep(stepOf('sequential', 'concurrent'), ({ leastMs }) => {
      // What taking turns can fill is time without work. That the same work ran faster or slower
      // in one of the two runs is not its doing.
      const [before, after] = [idleMs(sequential), idleMs(concurrent)];
      const filled = before - after;
      return {
        answer: filled < leastMs ? 'nothing' : filled > 0.5 * sequential.wallMs ? 'most' : 'some',
        because: `One after another the processor was without work for ${time(before)} of ${
          time(sequential.wallMs)}, taking turns for ${time(after)} of ${time(concurrent.wallMs)}.`,
      };
    }, ['saved', 'longer', 'nothing', 'small', 'spread', 'other cause']),
  },
  measures: [
    {
      label: 'Longest wait for a first turn',
      of(report) {
        const waited = longestFirstWait(report);
        return waited === null ? null : time(waited);
      },
    },
    {
      label: 'One counter took',
      of({ observed }) {
        const took = observed?.perCounterMs;
        if (!Array.isArray(took) || took.length === 0) return null;
        const [least, most] = [Math.min(...took), Math.max(...took)].map(time);
        return least === most ? `${least}` : `${least} to ${most}`;
      },
    },
  ],
  next: [
    {
      label: '1 counter on all processors', given: { counters: '1' },
      look: 'A task is on one processor at a time. Without a structure that allows several at once, the others have nothing to take.',
    },
    {
      label: 'Time slice: never', given: { timeSliceMs: '0' },
      look: 'The same time in all, but look at the longest wait for a first turn: answering soon is the other gift of taking turns.',
    },
    {
      label: 'Half of it serial', given: { serialPercent: '50' },
      look: 'Main counts half of it alone. However many processors there are, that half takes its time.',
    },
    { label: 'Three processors’ worth', given: { counters: '3' }, look: 'Three equal pieces of work on two processors: one of them is alone at the end.' },
  ],
  notes: [
    'A counter gives its processor up only at checkpoints in its loop, when its time slice is over. Go’s runtime can interrupt a loop that has no such place.',
    '“Processors inside a task” is all that a page can see. When the operating system pauses a worker, its task just seems to take longer.',
    'The number of processors is what this browser reports. With more of them than the machine has, they share cores, and each counter takes longer.',
  ],
};
