import { ofStep } from './judging.js';
import { BOTH_LANES, PLAIN } from './lesson.js';
import { list, time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const mandelbrot = {
  ...PLAIN,
  claim: 'To say that rows are independent is structure, too.',
  text: 'Here nobody starts a task, and there is no channel. A parallel iterator says that rows can be computed in any order, and rayon forks them '
    + 'and joins them: on the same processors, and stolen by whoever has nothing to do.',
  manner: {
    sequential: 'one row after another',
    concurrent: 'one row after another',
    parallel: 'rows go to who is free',
  },
  step: { concurrent: '', parallel: 'Same iterator. Now with more processors.' },
  waits: { ...PLAIN.waits, 'fork join': 'waits for the rows' },
  question: {
    text: 'The program starts no task itself. What can more processors do for it?',
    options: [
      {
        id: 'nothing', label: 'nothing: it has no tasks to share out',
        instead: { sooner: 'It has: an iterator over independent rows is a structure of many small pieces, and rayon makes tasks of them.' },
      },
      { id: 'sooner', label: 'compute several rows at once' },
      {
        id: 'worse', label: 'spoil the picture',
        instead: { sooner: 'Each row is written by one piece only, and nobody reads it before all are joined. There is nothing to race for.' },
      },
    ],
    needs: BOTH_LANES,
    judge({ concurrent, parallel }, stepOf) {
      if (parallel.processors < 2) return { answer: null, because: 'There is only one processor here, so there is nothing to compare.' };
      if (concurrent.answer?.checksum !== parallel.answer?.checksum) return { answer: 'worse', because: 'The two pictures differ.' };
      return ofStep(stepOf('concurrent', 'parallel'), ({ beforeMs, afterMs }) => ({
        answer: 'sooner',
        because: `One processor took ${time(beforeMs)}, ${parallel.processors} took ${time(afterMs)}. Both pictures are the same, pixel by pixel.`,
      }), ['saved']);
    },
  },
  measures: [{
    label: 'Rows of each processor',
    of({ observed, processors }) {
      const rows = observed?.processorOfRow;
      if (!Array.isArray(rows)) return null;
      const done = new Array(processors).fill(0);
      for (const processor of rows) done[processor]++;
      return done.length > 8 ? `${Math.min(...done)} to ${Math.max(...done)}` : list(done.map(String));
    },
  }],
  next: [
    { label: 'Few iterations', given: { iterations: '20' }, look: 'Rows that are done in no time: now forking and joining is a good part of the work.' },
    { label: 'A single row', given: { height: '1' }, look: 'One row is one piece. There is nothing to fork.' },
    { label: 'Twice as wide', given: { width: '1280' }, look: 'Twice the points in each row, in as many rows.' },
  ],
  notes: [
    'Fork-join fits where all the work is known at the start and the pieces don’t talk to each other. Tasks and channels fit where work comes bit by bit, or waits.',
    'Rows across the middle take far longer than those at the rim. Stealing evens that out by itself: who is done early takes from who is not.',
    'Meanwhile main is blocked, in a fork-join. It is counted, and computes nothing.',
  ],
};
