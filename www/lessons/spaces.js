import { PLAIN } from './lesson.js';
import { time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const spaces = {
  ...PLAIN,
  claim: 'Threads share one memory, processes have their own.',
  text: 'Every worker adds to a counter. As a process it has a counter of its own and sends a message to say how far it came. '
    + 'As a thread it adds to the one counter that all can reach, at the same address.',
  manner: {
    sequential: 'one worker after another',
    concurrent: 'workers take turns',
    parallel: 'workers add at the same time',
  },
  step: { concurrent: '', parallel: 'Same workers. Now with more processors.' },
  waits: { ...PLAIN.waits, io: 'counts apart', receive: 'waits for an answer' },
  question: {
    text: 'What does the shared counter show when all threads are done?',
    options: [
      {
        id: 'all', label: 'every addition',
        instead: {
          fewer: 'To add is to read, to add one and to write. Between one thread’s reading and its writing another one wrote, '
            + 'and that addition was written over.',
        },
      },
      {
        id: 'fewer', label: 'fewer: some were lost',
        instead: { all: 'An atomic addition is one step. Nobody comes between its reading and its writing.' },
      },
      {
        id: 'own', label: 'one thread’s additions only',
        instead: {
          all: 'That would be so if each had a counter of its own, as the processes do.',
          fewer: 'That would be so if each had a counter of its own, as the processes do. Here all write to one, and over each other.',
        },
      },
    ],
    needs: ['concurrent', 'parallel'],
    judge({ concurrent, parallel }) {
      const [one, many] = [concurrent, parallel].map(({ observed }) => Number(observed?.lost));
      if (one === undefined || many === undefined || Number.isNaN(one + many)) return { answer: null, because: 'These runs counted nothing.' };
      const because = `Additions lost: ${one.toLocaleString('en')} on one processor, ${many.toLocaleString('en')} on ${parallel.processors}.`;
      if (many > 0 || one > 0) return { answer: 'fewer', because };
      if (concurrent.params.update === 'atomic') return { answer: 'all', because };
      return { answer: null, because: `${because} That proves nothing: reading and writing are still two steps, and another run may lose some.` };
    },
  },
  measures: [
    { label: 'Additions lost', of: ({ observed }) => (observed?.lost === undefined ? null : Number(observed.lost).toLocaleString('en')) },
    { label: 'Copying the payload', of: ({ observed }) => (observed?.copyMs === undefined ? null : time(Number(observed.copyMs))) },
    { label: 'Sharing it', of: ({ observed }) => (observed?.shareMs === undefined ? null : time(Number(observed.shareMs))) },
  ],
  next: [
    { label: 'Read, then write', given: { update: 'read then write' }, look: 'An addition in two steps. How many are lost on one processor, how many on all, and how many in the next run?' },
    { label: 'A payload of 64 MiB', given: { payloadMiB: '64' }, look: 'To copy it takes longer, to share it takes as long as before: an address is as short as it was.' },
    { label: '1 worker', given: { workers: '1' }, look: 'Alone nobody loses anything, however it adds.' },
  ],
  notes: [
    'A page can’t start an operating-system process. What stands for one here is a WebAssembly instance with a small memory of its own: like a process '
      + 'it can touch nothing of the others’. Where it is executed the browser decides.',
    'The threads’ counter has one address, the same for all of them. That is why no message is needed, and why they can spoil each other’s work.',
    'That nothing is lost on one processor is luck: this runtime happens to switch between tasks at no place that lies between reading and writing. '
      + 'Go may interrupt right there, and an operating system can interrupt anywhere. One thread at a time does not make a program free of races.',
    'A process can’t reach another’s memory, so what it has to say is copied. Threads hand over an address, whatever lies there.',
  ],
};
