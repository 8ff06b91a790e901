/** @typedef {import('../../common/messages.js').SentReport} SentReport */
import { difference, IN_ORDER, ONE_PROCESSOR, judgementFrom } from './judging.js';
import { PLAIN } from './lesson.js';
import { time } from '../../common/words.js';

/** The kinds of tasks: word in the table, name of the time in the report, prefix of task names. */
export const KINDS = /** @type {const} */ ([
  ['Waiting', 'waitMs', 'waits'],
  ['Computing', 'computeMs', 'computes'],
]);

/**
 * Compares the time of one kind between two runs. "other work" means that the time is less, mainly
 * because the same work itself ran faster. Structure and processors have no such effect.
 * @param {SentReport} from
 * @param {SentReport} to
 * @param {typeof KINDS[number]} kind
 * @returns {'less' | 'more' | 'alike' | 'too short' | 'other work'}
 */
export function change(from, to, [, figure, name]) {
  const [before, after] = [from, to].map(({ observed }) => Number(observed?.[figure]));
  if (before === undefined || after === undefined) return 'alike';
  const found = difference(before, after, Math.max(from.clockStepMs, to.clockStepMs));
  const lighter = workMs(from, name) - workMs(to, name);
  return found === 'less' && lighter > (before - after) / 2 ? 'other work' : found;
}

/**
 * @param {SentReport} report
 * @param {string} name   the prefix of the tasks' names
 */
const workMs = ({ tasks }, name) =>
  tasks.name.reduce((sum, task, i) => (task.startsWith(name) ? sum + (tasks.runningMs[i] ?? 0) : sum), 0);

/** @type {import('./lesson.js').Lesson} */
export const quadrants = {
  ...PLAIN,
  claim: 'Overlapping saves waiting time. To save computing time, it needs more processors.',
  text:
    'There are two choices. Structure: may tasks overlap, or do they run one after another? ' +
    'Execution: is there one processor, or several? This lesson runs all four combinations. ' +
    'In each run some tasks wait, then as many tasks compute. The tables below show the time of each kind.',
  channels: false,
  quadrants: true,
  question: {
    text: 'The tasks run one after another, but there are several processors. How much faster is the computing?',
    options: [
      {
        id: 'much',
        label: 'with two processors, twice as fast',
        instead: {
          nothing:
            'A task runs on one processor at a time. Here only one task may run, so the other processors have nothing to do.',
        },
      },
      {
        id: 'some',
        label: 'a little faster',
        instead: { nothing: 'Processors cannot share one task. Here there is never a second task for them to run.' },
      },
      { id: 'nothing', label: 'not faster' },
    ],
    needs: ['sequential', 'sequentialAll'],
    judge({ sequential, sequentialAll }, verdictOn) {
      const [one, all] = [sequential, sequentialAll].map(({ observed }) => Number(observed?.computeMs));
      if (one === undefined || all === undefined || !(one > 0))
        return { answer: null, because: 'These runs computed nothing.' };
      if (sequentialAll.processors < 2) return ONE_PROCESSOR;
      return judgementFrom(
        verdictOn('sequential', 'sequentialAll'),
        ({ kind }) => {
          const change = difference(one, all, sequential.clockStepMs);
          const because = `Computing took ${time(one)} on one processor and ${time(all)} on all ${sequentialAll.processors}.`;
          if (change === 'too short') return { answer: null, because: `${because} That is too short to tell.` };
          // One task at a time uses one processor at a time. So the processors did not save this
          // time.
          if (change === 'less' && kind !== 'saved') {
            return {
              answer: null,
              because: `${because} But one processor worked at a time, so the difference is chance.`,
            };
          }
          const ideal = one / sequentialAll.processors;
          return { answer: change !== 'less' ? 'nothing' : all < (one + ideal) / 2 ? 'much' : 'some', because };
        },
        IN_ORDER,
      );
    },
  },
  next: [
    {
      label: 'One task',
      values: { tasks: '1' },
      look: 'With one task of each kind, nothing can overlap. All eight times are about the same.',
    },
    {
      label: '6 tasks',
      values: { tasks: '6' },
      look: 'Six waiting tasks that overlap still take the time of one. Six computing tasks take less time only with more processors.',
    },
  ],
  notes: [
    'One processor is enough for any number of waiting tasks.',
    'More processors make computing faster only if the structure lets several tasks run at the same time. So parallelism needs concurrency.',
    'Two runs that stand side by side, or one below the other, differ in one choice only. So a difference between them has one cause.',
  ],
};
