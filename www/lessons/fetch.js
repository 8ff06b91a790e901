import { BOTH_LANES, PLAIN } from './lesson.js';
import { difference } from './judging.js';
import { time } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const fetch = {
  ...PLAIN,
  claim: 'Eight answers on their way, and nobody at work.',
  text: 'Each task asks for an address and waits for the answer. While it waits it needs no processor, so that one is enough to '
    + 'have all requests under way: concurrency without parallelism.',
  manner: {
    sequential: 'one request after another',
    concurrent: 'requests overlap',
    parallel: 'requests overlap',
  },
  step: {
    concurrent: 'Same processor. Now the requests may overlap.',
    parallel: 'Same requests. Now with more processors: is there anything for them to do?',
  },
  legend: { ...PLAIN.legend, blocked: 'waiting for its answer, it needs no processor' },
  network: true,
  waits: { ...PLAIN.waits, io: 'waits for its answer' },
  question: {
    text: 'How long does one processor take for all the requests?',
    options: [
      {
        id: 'sum', label: 'all their times together',
        instead: { longest: 'That is how long one would take who asks only when the last answer is there. Here all have asked before the first answer comes.' },
      },
      {
        id: 'processors', label: 'as long as one, but only with a processor for each',
        instead: { longest: 'A request under way is on no processor. Somebody else is at work for it, far away or in another thread.' },
      },
      { id: 'longest', label: 'about as long as one' },
    ],
    needs: BOTH_LANES,
    judge({ concurrent, parallel }) {
      const took = /** @type {number[]} */ (concurrent.observed?.perRequestMs ?? []).map(Number);
      if (took.length < 2) return { answer: null, because: 'There was only one request, so nothing could overlap.' };
      const longest = Math.max(...took);
      // Each request's own time, were they made one after another: no more than it took among the others.
      const together = took.reduce((sum, ms) => sum + ms, 0);
      const because = `One processor took ${time(concurrent.wallMs)}, several took ${time(parallel.wallMs)}. The longest request took ${
        time(longest)}, and all of them together took ${time(together)}.`;
      const like = (/** @type {number} */ ms, /** @type {number} */ wall) => Math.abs(wall - ms) < 0.25 * ms
        || difference(ms, wall, concurrent.clockStepMs) === 'alike';
      if (like(longest, together)) return { answer: null, because: `${because} These times are too similar to tell.` };
      if (like(longest, concurrent.wallMs)) return { answer: 'longest', because };
      if (like(longest, parallel.wallMs)) return { answer: 'processors', because };
      return like(together, concurrent.wallMs) ? { answer: 'sum', because } : { answer: null, because: `${because} The run took neither of these times.` };
    },
  },
  measures: [{
    label: 'Requests took',
    of({ observed }) {
      const took = observed?.perRequestMs;
      if (!Array.isArray(took) || took.length === 0) return null;
      const [least, most] = [Math.min(...took.map(Number)), Math.max(...took.map(Number))].map(time);
      return least === most ? `${least}` : `${least} to ${most}`;
    },
  }],
  next: [
    { label: '1 request', given: { requests: '1' }, look: 'Nothing to overlap: all lanes take one request’s time.' },
    { label: '40 requests', given: { requests: '40' }, look: 'Five times as many on their way, and still nobody at work.' },
    { label: 'Answers of different delays', given: { spreadMs: '300' }, look: 'The slowest answer decides when all are there.' },
  ],
  notes: [
    'The delay is made: this site’s own service worker answers each request after so many milliseconds, so that it works wherever the page is hosted. '
      + 'The requests are real ones, and you can give real addresses instead. Only addresses that you type ever leave this site.',
    'A sleeping task waits for the runtime’s clock, a fetching one for an answer that is fetched on another thread. Both leave the processor free.',
    'Browsers limit how many connections they open to one host, to six where the host speaks HTTP/1.1. Further requests queue in the browser, and no processor helps with that.',
  ],
};
