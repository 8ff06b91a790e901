import { leastToMost, ONE_PROCESSOR, judgementFrom } from './judging.js';
import { BOTH_LANES, PLAIN } from './lesson.js';
import { time } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const images = {
  ...PLAIN,
  claim: 'A filter never waits, so only more processors make it faster.',
  text:
    'A filter computes each pixel of an image from the pixels around it. Each image is a task. ' +
    'No task waits for another task, so every processor can work on an image of its own.',
  subtitle: {
    concurrent: 'images take turns',
    parallel: 'images share the processors',
  },
  step: {
    concurrent: 'The same processor. Now the images take turns.',
    parallel: 'The same images. Now with more processors.',
  },
  ownImages: true,
  question: {
    text: 'How long do all processors take, compared with one?',
    options: [
      {
        id: 'share',
        label: 'the time of one, divided by their number',
        instead: {
          more:
            'That would need work for every processor from beginning to end. But main works alone for a moment, one image is the last, ' +
            'and the processors share one memory.',
        },
      },
      {
        id: 'more',
        label: 'less than one, but not that much less',
      },
      {
        id: 'same',
        label: 'the same time, because it is the same work',
        instead: {
          share: 'It is the same work. But several processors do parts of it at the same moment.',
          more: 'It is the same work. But several processors do parts of it at the same moment.',
        },
      },
    ],
    needs: BOTH_LANES,
    judge({ parallel }, verdictOn) {
      if (parallel.processors < 2) return ONE_PROCESSOR;
      return judgementFrom(
        verdictOn('concurrent', 'parallel'),
        ({ beforeMs, afterMs }) => {
          const because = `One processor took ${time(beforeMs)}, ${parallel.processors} took ${time(afterMs)}.`;
          const share = beforeMs / parallel.processors;
          return {
            answer: afterMs <= 1.1 * share ? 'share' : 'more',
            because: `${because} An equal share would be ${time(share)}.`,
          };
        },
        ['saved'],
      );
    },
  },
  measures: [
    {
      label: 'One image took',
      of: ({ observed }) => leastToMost(observed?.perImageMs),
    },
  ],
  next: [
    {
      label: '1 image',
      values: { images: '1', size: '1024' },
      look: 'One image is one task, and one task runs on one processor. The other processors have nothing to do.',
    },
    {
      label: '1 image in 4 parts',
      values: { images: '1', size: '1024', tiles: '4' },
      look: 'Now the filter runs on four parts of the image, and each part is a task. So several processors can work on it.',
    },
    {
      label: 'Larger radius',
      values: { radius: '40' },
      look: 'The filter looks at more pixels around each one, so each task takes longer. It still never waits.',
    },
  ],
  notes: [
    'Your own images never leave this machine. The browser reads them, and the filter runs in this page.',
    'Two processors rarely take exactly half the time of one. They share memory and caches, and sometimes they share one core.',
  ],
};
