import { difference, shares } from './judging.js';
import { PLAIN } from './lesson.js';
import { time } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const pool = {
  ...PLAIN,
  claim: 'A worker is a task, not a processor.',
  text:
    'A worker is a task that does many jobs. Main sends the jobs into a channel. Each worker takes a job, does it, and sends ' +
    'its result over another channel. Then it takes the next job. So there are never more jobs in progress than workers. ' +
    'Half of each job is computing, the other half is waiting.',
  subtitle: {
    concurrent: 'workers overlap',
    parallel: 'workers overlap',
  },
  notSequential:
    'This lesson has no Sequential lane. The workers wait for jobs from main, so they must overlap with it. To see one job after another, set Workers to 1.',
  step: { concurrent: '', parallel: 'The same workers. Now with more processors.' },
  waits: { ...PLAIN.waits, receive: 'waits for a job or a result', sleep: 'its job waits' },
  question: {
    text: 'On one processor, do several workers finish these jobs sooner than one worker?',
    options: [
      {
        id: 'sooner',
        label: 'yes, they finish sooner',
        instead: { same: 'The workers share one processor. While one worker computes, the others cannot.' },
      },
      {
        id: 'same',
        label: 'no, they take as long as one',
        instead: { sooner: 'While the job of one worker waits, another worker can use the processor.' },
      },
    ],
    needs: ['concurrent'],
    judge({ concurrent }) {
      const { wallMs, busyMs, clockStepMs, params } = concurrent;
      if (Number(params.workers) < 2 || Number(params.jobs) < 2)
        return { answer: null, because: 'To compare, there have to be at least two workers and two jobs.' };
      // One worker would do the jobs one after another. It would need the time inside tasks plus
      // the time that the jobs waited.
      const alone = busyMs + waitedMs(concurrent);
      const change = difference(alone, wallMs, clockStepMs);
      if (change === 'too short') return { answer: null, because: 'This run is too short to tell.' };
      return {
        answer: change === 'less' ? 'sooner' : 'same',
        because: `All jobs together took ${time(alone)}, and the run took ${time(wallMs)}. The processor was at work for ${time(busyMs)}.`,
      };
    },
  },
  measures: [
    {
      label: 'Jobs of each worker',
      of: ({ observed, params }) => shares(observed?.workerOfJob, Number(params.workers), 1),
    },
  ],
  next: [
    {
      label: 'Jobs that only compute',
      values: { work: 'compute' },
      look: 'On one processor, several workers now save nothing. More processors save time.',
    },
    {
      label: 'Jobs that only wait',
      values: { work: 'wait' },
      look: 'Now one processor is enough for all workers. More processors save nothing.',
    },
    {
      label: '1 worker',
      values: { workers: '1' },
      look: 'Only one job is in progress at a time. More processors have nothing to do.',
    },
    {
      label: '12 short jobs',
      values: { jobs: '12', jobMs: '60' },
      look: 'A worker takes a new job as soon as it is free. So all workers stay busy until the jobs run out.',
    },
    {
      label: 'A channel without room',
      values: { capacity: '0' },
      look: 'Main can hand over a job only when a worker takes it. So main waits until the last job is taken.',
    },
  ],
  notes: [
    'The number of workers limits how many jobs are in progress. The number of processors limits how many of them compute at the same moment.',
    'After the last job main closes the channel. A worker that finds the channel closed and empty ends.',
    'Each job in the channel goes to one worker only. Two workers never get the same job.',
  ],
};

/**
 * Returns the sum of the times that the jobs wait, in ms.
 * @param {import('../../common/messages.js').SentReport} report
 */
const waitedMs = ({ params }) =>
  Number(params.jobs) * Number(params.jobMs) * ({ wait: 1, both: 0.5 }[String(params.work)] ?? 0);
