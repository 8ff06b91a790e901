import { BOTH_LANES, PLAIN } from './lesson.js';
import { difference, leastToMost } from './judging.js';
import { time } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const fetch = {
  ...PLAIN,
  claim: 'Many requests can wait at the same time, and one processor is enough.',
  text:
    'Each task sends a request and waits for the answer. While it waits, it needs no processor. ' +
    'So one processor can have many requests under way at the same time. This is concurrency without parallelism.',
  subtitle: {
    concurrent: 'requests overlap',
    parallel: 'requests overlap',
  },
  step: {
    concurrent: 'The same processor. Now the requests may overlap.',
    parallel: 'The same requests still overlap. Now with more processors.',
  },
  legend: { ...PLAIN.legend, blocked: 'waits for its answer, and needs no processor' },
  network: true,
  waits: { ...PLAIN.waits, io: 'waits for its answer' },
  question: {
    text: 'The requests may overlap. How long does one processor take for all of them?',
    options: [
      {
        id: 'sum',
        label: 'as long as all of them, one after another',
        instead: {
          longest:
            'It would take that long if each request waited for the answer before it. Here all requests are sent before the first answer comes.',
        },
      },
      {
        id: 'processors',
        label: 'that also long; only more processors make it shorter',
        instead: { longest: 'A request that waits needs no processor. The answer is made elsewhere.' },
      },
      { id: 'longest', label: 'about as long as the longest request' },
    ],
    needs: BOTH_LANES,
    judge({ concurrent, parallel }) {
      const took = /** @type {number[]} */ (concurrent.observed?.perRequestMs ?? []).map(Number);
      if (took.length < 2) return { answer: null, because: 'There was only one request, so nothing could overlap.' };
      const longest = Math.max(...took);
      // The time of all requests one after another. A request takes no longer alone than together
      // with others.
      const together = took.reduce((sum, ms) => sum + ms, 0);
      const because = `One processor took ${time(concurrent.wallMs)}, several took ${time(parallel.wallMs)}. The longest request took ${time(
        longest,
      )}, and all of them together took ${time(together)}.`;
      const like = (/** @type {number} */ ms, /** @type {number} */ wall) =>
        Math.abs(wall - ms) < 0.25 * ms || difference(ms, wall, concurrent.clockStepMs) === 'alike';
      if (like(longest, together)) return { answer: null, because: `${because} These times are too similar to tell.` };
      if (like(longest, concurrent.wallMs)) return { answer: 'longest', because };
      if (like(longest, parallel.wallMs)) return { answer: 'processors', because };
      return like(together, concurrent.wallMs)
        ? { answer: 'sum', because }
        : { answer: null, because: `${because} The run took neither of these times.` };
    },
  },
  measures: [
    {
      label: 'Requests took',
      of: ({ observed }) => leastToMost(observed?.perRequestMs),
    },
  ],
  next: [
    {
      label: '1 request',
      values: { requests: '1' },
      look: 'One request has nothing to overlap with. All lanes take about the same time.',
    },
    {
      label: '12 requests',
      values: { requests: '12', latencyMs: '100' },
      look: 'Now twelve requests wait at the same time. Together they still take about as long as one.',
    },
    {
      label: 'Different delays',
      values: { latencyMs: '50', spreadMs: '200' },
      look: 'Some answers come later than others. When the requests overlap, the run ends with the slowest answer.',
    },
  ],
  notes: [
    'The requests are real, but the delay is made: a part of this page, its service worker, waits before it answers. ' +
      'You can give real addresses instead. The page contacts other sites only for the addresses that you enter.',
    'A task that sleeps waits for a time, and a task that fetches waits for an answer. Neither of them needs a processor while it waits.',
    'A browser opens only some connections to one site at a time, often six. More requests wait inside the browser, and more processors do not change that.',
  ],
};
