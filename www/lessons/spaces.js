import { PLAIN } from './lesson.js';
import { time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const spaces = {
  ...PLAIN,
  claim: 'When tasks share memory, they can lose each other’s changes.',
  text: 'A process is a program with a memory of its own. A process can have several threads, and they share its memory. '
    + 'Here several workers count to the same number in three ways. Apart: each worker counts in its own memory, like a process. '
    + 'Atomic: all add to one counter in shared memory, and each addition is one step. '
    + 'Racing: the same, but each addition is two steps: read the counter, then write one more.',
  manner: {
    sequential: 'one worker after another',
    concurrent: 'workers take turns',
    parallel: 'workers add at the same time',
  },
  notSequential: 'This lesson has no Sequential lane. It shows what happens when several workers count at the same time.',
  step: { concurrent: '', parallel: 'The same workers. Now with more processors.' },
  legend: {
    ...PLAIN.legend,
    running: 'adds to the shared counter; the number says on which processor',
    blocked: 'waits, or counts apart, outside these processors',
  },
  waits: { ...PLAIN.waits, io: 'counts in its own memory', receive: 'waits for a message', send: 'waits to send' },
  question: {
    text: 'In which of the three ways can additions get lost?',
    options: [
      {
        id: 'apart', label: 'apart: own memory',
        instead: { racing: 'Each worker has a counter of its own there. No other worker can change it.' },
      },
      {
        id: 'atomic', label: 'atomic: shared memory, one step',
        instead: { racing: 'An atomic addition is one step. No other worker can come in the middle of it.' },
      },
      { id: 'racing', label: 'racing: shared memory, two steps' },
    ],
    needs: ['concurrent', 'parallel'],
    judge({ concurrent, parallel }) {
      if (concurrent.params.update === 'atomic') {
        return { answer: null, because: 'These runs did not try the racing way. Set “How to add” to “read then write”.' };
      }
      const [one, many] = [concurrent, parallel].map(({ observed }) => Number(observed?.lost));
      if (one === undefined || many === undefined || Number.isNaN(one + many)) return { answer: null, because: 'These runs counted nothing.' };
      const lost = `Racing lost ${one.toLocaleString('en')} additions on one processor and ${many.toLocaleString('en')} on ${parallel.processors}.`;
      if (one + many === 0) return { answer: null, because: `${lost} It can still lose some in another run.` };
      return { answer: 'racing', because: `${lost} The other two ways lost none.` };
    },
  },
  measures: [
    { label: 'Additions lost', of: ({ observed }) => (observed?.lost === undefined ? null : Number(observed.lost).toLocaleString('en')) },
    { label: 'Copying the data', of: ({ observed }) => (observed?.copyMs === undefined ? null : time(Number(observed.copyMs))) },
    { label: 'Sharing the data', of: ({ observed }) => (observed?.shareMs === undefined ? null : time(Number(observed.shareMs))) },
  ],
  next: [
    { label: 'Only atomic', given: { update: 'atomic' }, look: 'Without the racing way, no addition is lost on any number of processors.' },
    { label: '1 worker', given: { workers: '1' }, look: 'One worker alone loses nothing in any of the three ways.' },
    { label: '64 MiB of data', given: { payloadMiB: '64' }, look: 'Copying the data to another memory takes longer now. Sharing it does not, because only its address is handed over.' },
  ],
  notes: [
    'Racing loses an addition like this: two workers read the same number, both add one, and both write the same result. Two additions, but the counter grows by one only.',
    'On one processor racing loses nothing here. That is luck: these tasks never change over between reading and writing. In Go they can.',
    'A web page cannot start a process. A worker that counts apart has a small WebAssembly memory of its own instead. It cannot reach any other memory, '
      + 'so it sends its count in a message. The browser runs it outside the processors of this picture.',
    'Data for another memory must be copied. Tasks that share a memory hand over only an address.',
  ],
};
