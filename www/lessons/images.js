import { ofStep } from './judging.js';
import { BOTH_LANES, PLAIN } from './lesson.js';
import { time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const images = {
  ...PLAIN,
  claim: 'Pictures have no pauses: only more hands are sooner done.',
  text: 'A filter computes every pixel from its neighbours. Each picture, or each tile of one, is a task, and none has to wait for another. '
    + 'That is what processors are for.',
  manner: {
    sequential: 'one picture after another',
    concurrent: 'pictures take turns',
    parallel: 'pictures share the processors',
  },
  step: {
    concurrent: 'Same processor. Now the pictures take turns.',
    parallel: 'Same pictures. Now with more processors.',
  },
  ownPictures: true,
  question: {
    text: 'What do all processors make of the time that one takes?',
    options: [
      {
        id: 'share', label: 'an equal share each',
        instead: {
          more: 'That would be so if every processor had work from the first moment to the last, and if none slowed another down. Main’s own part, '
            + 'the last picture, and a shared memory are in the way.',
          same: 'That would be so if the work could be shared out. Look at the strips of processors: how many were inside tasks at once?',
        },
      },
      {
        id: 'more', label: 'less time, but more than an equal share',
        instead: { same: 'Some gain was to be expected. Look at the strips of processors: how many were inside tasks at once?' },
      },
      {
        id: 'same', label: 'the same time: it is the same work',
        instead: {
          share: 'It is the same work, and the time inside tasks is the same, too. But several of these hours pass at once.',
          more: 'It is the same work, and the time inside tasks is about the same. But some of it passes at once.',
        },
      },
    ],
    needs: BOTH_LANES,
    judge({ parallel }, stepOf) {
      if (parallel.processors < 2) return { answer: null, because: 'There is only one processor here, so there is nothing to compare.' };
      return ofStep(stepOf('concurrent', 'parallel'), ({ beforeMs, afterMs }) => {
        const because = `One processor took ${time(beforeMs)}, ${parallel.processors} took ${time(afterMs)}.`;
        const share = beforeMs / parallel.processors;
        return { answer: afterMs <= 1.1 * share ? 'share' : 'more', because: `${because} An equal share would be ${time(share)}.` };
      }, ['saved']);
    },
  },
  measures: [{
    label: 'One picture took',
    of({ observed }) {
      const took = observed?.perImageMs;
      if (!Array.isArray(took) || took.length === 0) return null;
      const [least, most] = [Math.min(...took.map(Number)), Math.max(...took.map(Number))].map(time);
      return least === most ? `${least}` : `${least} to ${most}`;
    },
  }],
  next: [
    { label: '1 picture', given: { images: '1' }, look: 'One picture is one task, and one task is on one processor.' },
    { label: '1 picture in tiles', given: { images: '1', tiles: '4' }, look: 'Cut into tiles the same picture is several tasks: structure first, then processors have something to take.' },
    { label: 'Small pictures', given: { size: '64' }, look: 'Little work for each task: what is the shortest run that still gains?' },
  ],
  notes: [
    'Your own pictures never leave this machine: the browser decodes them, and the filter runs in this page.',
    'A larger share of the time than one processor’s is lost where processors share what lies under them: memory, caches, and sometimes cores.',
  ],
};
