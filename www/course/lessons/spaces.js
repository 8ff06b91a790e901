import { PLAIN } from './lesson.js';
import { time, whole } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const spaces = {
  ...PLAIN,
  claim: 'When tasks share memory, they can lose each other’s changes.',
  text:
    'A process is a running program with its own memory. It can have several threads: each runs a part of the program, and all share the memory. ' +
    'Here tasks, called workers, count in three ways. Apart: each worker has its own memory, like a process. ' +
    'Atomic: the workers share one counter, like threads, and an addition is one step. ' +
    'Racing: they share another counter, and an addition is two steps: read the counter, then write that number plus 1.',
  subtitle: {
    concurrent: 'workers take turns',
    parallel: 'workers add at the same time',
  },
  notSequential: 'This lesson has no Sequential lane, because it needs several workers in progress at the same time.',
  step: { concurrent: '', parallel: 'The same workers. Now with more processors.' },
  legend: {
    ...PLAIN.legend,
    blocked: 'waits, or counts in its own memory (then the page cannot see which processor it uses)',
  },
  waits: { ...PLAIN.waits, io: 'counts in its own memory', receive: 'waits for a message' },
  question: {
    text: 'In which of the three ways can additions get lost?',
    options: [
      {
        id: 'apart',
        label: 'apart: own memory',
        instead: { racing: 'Apart, each worker has its own counter, and no other worker can change it.' },
      },
      {
        id: 'atomic',
        label: 'atomic: shared memory, one step',
        instead: {
          racing:
            'Nothing can happen in the middle of an atomic addition. So no other worker can write at that moment.',
        },
      },
      { id: 'racing', label: 'racing: shared memory, two steps' },
    ],
    needs: ['concurrent', 'parallel'],
    judge({ concurrent, parallel }) {
      if (concurrent.params.update === 'atomic') {
        return {
          answer: null,
          because: 'These runs did not try the racing way. Set “How to add” to “read then write”.',
        };
      }
      const [one, many] = [concurrent, parallel].map(({ observed }) => Number(observed?.lost));
      if (one === undefined || many === undefined || Number.isNaN(one + many))
        return { answer: null, because: 'These runs counted nothing.' };
      const lost = `Racing lost ${whole(one)} additions on 1 processor, and ${whole(many)} additions on ${parallel.processors} processors.`;
      if (one + many === 0)
        return {
          answer: null,
          because: `${lost} Only racing can lose additions, and it does not lose some in every run. Run again.`,
        };
      return { answer: 'racing', because: `${lost} The other two ways lost none.` };
    },
  },
  measures: [
    {
      label: 'Additions lost',
      of: ({ observed }) => (observed?.lost === undefined ? null : whole(Number(observed.lost))),
    },
    {
      label: 'Copying the data',
      of: ({ observed }) => (observed?.copyMs === undefined ? null : time(Number(observed.copyMs))),
    },
    {
      label: 'Sharing the data',
      of: ({ observed }) => (observed?.shareMs === undefined ? null : time(Number(observed.shareMs))),
    },
  ],
  next: [
    {
      label: 'Only atomic',
      values: { update: 'atomic' },
      look: 'Now every addition is one step. So nothing is lost, on one processor or on many.',
    },
    { label: '1 worker', values: { workers: '1' }, look: 'One worker alone loses nothing in any of the three ways.' },
    {
      label: '8 times as much data',
      values: { payloadMiB: '64' },
      look: 'Copying more data takes more time. Sharing more data takes as long as before, because the other task only learns where the data is.',
    },
  ],
  notes: [
    'The run also compares two ways to give data to another task. One worker gets a copy, and another task shares the data. The table shows the times.',
    'Racing loses an addition like this: two workers read the same number, both add 1, and both write the same result. There were two additions, but the counter grew by 1 only.',
    'On one processor, racing loses nothing on this page, because a task here is never interrupted between reading and writing. A Go program can be interrupted there, and then an addition can be lost.',
    'A web page cannot start a process. So a worker that counts apart is not a real process, but the page gives it a small memory of its own. It cannot reach any other memory, ' +
      'so it sends its count in a message. The browser runs it outside the processors of the lanes, so the numbers for parallelism leave it out. ' +
      'Several of these workers can count at the same moment, even in the Concurrent run.',
    'The output names the memory address of a counter: the place where it is. The same address means the same counter.',
    'Data must be copied to reach another memory. Tasks that share one memory only tell each other where the data is.',
  ],
};
