import { difference } from './judging.js';
import { PLAIN } from './lesson.js';
import { list, time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const pool = {
  ...PLAIN,
  claim: 'A worker is a task, not a processor.',
  text: 'Jobs lie in a channel. A few workers each take the next one when they have done their last, and put the results '
    + 'into another channel. Nobody hands the jobs out, and however many there are, only so many are in progress.',
  manner: {
    sequential: 'one job after another',
    concurrent: 'workers overlap',
    parallel: 'workers overlap',
  },
  notSequential: 'The workers wait for jobs that main hands in, so that none can end before the next begins. For one job after another, set Workers to 1.',
  step: { concurrent: '', parallel: 'Same workers. Now with more processors.' },
  waits: { ...PLAIN.waits, sleep: 'waits, as its job does' },
  question: {
    text: 'On one processor, do several workers get through these jobs sooner than one would?',
    options: [
      {
        id: 'sooner', label: 'yes, several jobs are under way at once',
        instead: { same: 'Workers share the jobs, but here they also share one processor: while one computes, the others can’t.' },
      },
      {
        id: 'same', label: 'no, it takes as long',
        instead: { sooner: 'These jobs wait, and a job that waits needs no processor: one is enough for all who wait.' },
      },
    ],
    needs: ['concurrent'],
    judge({ concurrent }) {
      const { wallMs, busyMs, clockStepMs, params } = concurrent;
      if (Number(params.workers) < 2 || Number(params.jobs) < 2) return { answer: null, because: 'That takes more than one worker and more than one job.' };
      // One worker would need the jobs' times one after another: all that was spent inside tasks,
      // and all that a job waited.
      const alone = busyMs + waitedMs(concurrent);
      const change = difference(alone, wallMs, clockStepMs);
      if (change === 'too short') return { answer: null, because: 'This run is too short to tell.' };
      return {
        answer: change === 'less' ? 'sooner' : 'same',
        because: `The jobs took ${time(alone)} taken together and the run ${time(wallMs)}; the processor was inside tasks for ${time(busyMs)}.`,
      };
    },
  },
  measures: [
    {
      label: 'Jobs of each worker',
      of({ observed, params }) {
        const workers = observed?.workerOfJob;
        if (!Array.isArray(workers)) return null;
        const done = new Array(Number(params.workers)).fill(0);
        for (const worker of workers) done[worker - 1]++;
        return done.length > 8 ? `${Math.min(...done)} to ${Math.max(...done)}` : list(done.map(String));
      },
    },
  ],
  next: [
    { label: 'Jobs that compute', given: { work: 'compute' }, look: 'Now workers alone save nothing: they share one processor. What do more processors save?' },
    { label: '1 worker', given: { workers: '1' }, look: 'One worker on all processors: one job is in progress, and one processor is enough.' },
    { label: '12 short jobs', given: { jobs: '12', jobMs: '50' }, look: 'Who is free takes the next: the jobs are shared by themselves, not always evenly.' },
    { label: 'A channel without room', given: { capacity: '0' }, look: 'Main now has to wait with each job until a worker takes it.' },
  ],
  notes: [
    'The number of workers bounds how much is in progress. How much of that executes at once is the number of processors, and what it is worth depends on whether jobs compute or wait.',
    'Closing the channel is how main says that no more jobs come; each worker finds it empty and ends.',
    'The channel is the queue, and its own lock: two workers never get the same job.',
  ],
};

/**
 * What jobs spent on waiting in themselves, all of them together.
 * @param {import('../messages.js').SentReport} report
 */
const waitedMs = ({ params }) => (params.work === 'wait' ? Number(params.jobs) * Number(params.jobMs) : 0);
