import { ONE_PROCESSOR, judgementFrom, shares } from './judging.js';
import { BOTH_LANES, PLAIN } from './lesson.js';
import { time } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const mandelbrot = {
  ...PLAIN,
  claim: 'Rows that do not need each other can be computed at the same time.',
  text:
    'This program computes an image row by row. No row needs another one. The program starts no tasks and has no channels. ' +
    'It only says that the rows may be computed in any order. A library then makes tasks of them (fork) and waits for all of them (join). ' +
    'A processor without work takes rows from another one.',
  subtitle: {
    concurrent: 'rows take turns',
    parallel: 'rows share the processors',
  },
  notSequential:
    'This lesson has no Sequential lane, because the program always lets its rows overlap. The Concurrent lane shows what one processor makes of that: one row at a time.',
  step: { concurrent: '', parallel: 'The same rows. Now with more processors.' },
  waits: { ...PLAIN.waits, 'fork join': 'waits for all rows' },
  question: {
    text: 'The program starts no tasks itself. Can more processors help?',
    options: [
      {
        id: 'nothing',
        label: 'no, there are no tasks to share',
        instead: {
          sooner:
            'There are: the program says that its rows do not need each other, and the library makes a task of each row.',
        },
      },
      { id: 'sooner', label: 'yes, several rows are computed at the same time' },
      {
        id: 'worse',
        label: 'no, they would damage the image',
        instead: {
          sooner:
            'Each row is written by one task only, and no task reads it before all rows are finished. So the image is the same.',
        },
      },
    ],
    needs: BOTH_LANES,
    judge({ concurrent, parallel }, verdictOn) {
      if (parallel.processors < 2) return ONE_PROCESSOR;
      if (concurrent.answer?.checksum !== parallel.answer?.checksum)
        return { answer: 'worse', because: 'The two images differ.' };
      return judgementFrom(
        verdictOn('concurrent', 'parallel'),
        ({ beforeMs, afterMs }) => ({
          answer: 'sooner',
          because: `One processor took ${time(beforeMs)}, ${parallel.processors} took ${time(afterMs)}. Both images are the same, pixel by pixel.`,
        }),
        ['saved'],
      );
    },
  },
  measures: [
    {
      label: 'Rows of each processor',
      of: ({ observed, processors }) => shares(observed?.processorOfRow, processors, 0),
    },
  ],
  next: [
    {
      label: '12 rows',
      values: { width: '2048', height: '12', iterations: '4000' },
      look: 'Few enough rows to see each one. A processor that has no row left takes one from another processor.',
    },
    {
      label: '1 row',
      values: { width: '2048', height: '1', iterations: '10000' },
      look: 'One row is one task, and one task runs on one processor.',
    },
    {
      label: 'Twice the steps',
      values: { iterations: '1500' },
      look: 'Each point takes up to twice as many steps. The same processors now share more work.',
    },
  ],
  notes: [
    'Fork and join is a good choice when all the work is known at the start and no part needs another. Tasks and channels are better when work arrives over time, or waits.',
    'Rows in the middle of the image take much longer than rows at its edges. A processor that finishes early takes rows from another one, so all finish at about the same time.',
    'Main waits while the rows are computed. The library that does this is called rayon. It is written in Rust, and Go has nothing like it.',
  ],
};
