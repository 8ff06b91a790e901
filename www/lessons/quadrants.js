/** @typedef {import('../messages.js').SentReport} SentReport */
import { difference, ofStep } from './judging.js';
import { PLAIN } from './lesson.js';
import { time } from '../words.js';

/** The kinds of tasks: as the table calls them, as the report times them, and how their names begin. */
export const KINDS = /** @type {const} */ ([['Waiting', 'waitMs', 'waits'], ['Computing', 'computeMs', 'computes']]);

/**
 * How one kind's time compares between two runs. Where the work itself went faster or slower,
 * neither structure nor processors did that.
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
 * @param {string} name   how the tasks' names begin
 */
const workMs = ({ tasks }, name) => tasks.name.reduce((sum, task, i) => (task.startsWith(name) ? sum + (tasks.runningMs[i] ?? 0) : sum), 0);

/** @type {import('./lesson.js').Lesson} */
export const quadrants = {
  ...PLAIN,
  claim: 'Structure is one choice, execution another.',
  text: 'Some tasks wait, then as many compute. Each kind is timed by itself, one after another and overlapping, '
    + 'on one processor and on all: four runs, and a table that keeps the two questions apart.',
  manner: {
    sequential: 'one task after another',
    concurrent: 'tasks overlap',
    parallel: 'tasks overlap',
  },
  quadrants: true,
  question: {
    text: 'The tasks run one after another, and get all processors. What does computing gain?',
    options: [
      {
        id: 'much', label: 'as much as there are processors',
        instead: { nothing: 'Processors are not power that adds up: each executes a whole task, and here there is never a second one to take.' },
      },
      {
        id: 'some', label: 'a little',
        instead: { nothing: 'A task that is not shared out can’t run in two places. One processor works, the others look on.' },
      },
      { id: 'nothing', label: 'nothing' },
    ],
    needs: ['sequential', 'sequentialAll'],
    judge({ sequential, sequentialAll }, stepOf) {
      const [one, all] = [sequential, sequentialAll].map(({ observed }) => Number(observed?.computeMs));
      if (one === undefined || all === undefined || !(one > 0)) return { answer: null, because: 'These runs computed nothing.' };
      if (sequentialAll.processors < 2) return { answer: null, because: 'There is only one processor here, so there is nothing to compare.' };
      return ofStep(stepOf('sequential', 'sequentialAll'), () => {
        const change = difference(one, all, sequential.clockStepMs);
        const because = `Computing took ${time(one)} on one processor and ${time(all)} on all ${sequentialAll.processors}.`;
        if (change === 'too short') return { answer: null, because: `${because} That is too short to tell.` };
        // One task at a time is on one processor at a time. If it took less, that has another cause.
        if (change === 'less' && sequentialAll.parallelism.max < 2) {
          return { answer: null, because: `${because} But one processor worked at a time, so the difference is chance.` };
        }
        const ideal = one / sequentialAll.processors;
        return { answer: change !== 'less' ? 'nothing' : all < (one + ideal) / 2 ? 'much' : 'some', because };
      }, ['saved', 'longer', 'nothing', 'small', 'spread', 'other cause']);
    },
  },
  next: [
    { label: 'One task', given: { tasks: '1' }, look: 'With a single task all eight figures are alike: there is nothing to overlap and nothing to share out.' },
    { label: '16 short tasks', given: { tasks: '16', taskMs: '20' }, look: 'Waiting shrinks to one task’s time. Computing shrinks to its share of the processors, and no further.' },
  ],
  notes: [
    'Waiting gains from structure alone: one processor is enough for any number of waits.',
    'Computing gains from processors, and only where the structure lets several tasks be in progress at once. Parallelism needs a concurrent structure.',
    'Each pair of runs differs in one thing. That is why a difference between them has one cause.',
  ],
};
