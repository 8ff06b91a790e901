import { PLAIN } from './lesson.js';
import { list } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const sum = {
  ...PLAIN,
  claim: 'A channel carries a result, and says when it is there.',
  text: 'The numbers are split into parts. One task adds up each part and sends its sum over a channel; '
    + 'main receives them all. The total is certain. Which part arrives first is not.',
  manner: {
    sequential: 'one part after another',
    concurrent: 'parts overlap',
    parallel: 'parts overlap',
  },
  waits: { ...PLAIN.waits, receive: 'waits for a sum' },
  question: {
    text: 'Main starts part 1 first. Will its sum arrive first?',
    options: [
      {
        id: 'always', label: 'yes, always',
        instead: { open: 'To start a task is to say that it may run. When it does is the scheduler’s business, and so is who reaches the channel first.' },
      },
      {
        id: 'one', label: 'yes, if there is one processor',
        instead: { open: 'One processor executes one task at a time, but which one next is still a choice. One thread is not a promise of order.' },
      },
      { id: 'open', label: 'not necessarily' },
    ],
    needs: ['concurrent'],
    judge({ concurrent, parallel }) {
      const one = arrivals(concurrent.observed);
      const many = parallel && arrivals(parallel.observed);
      if (!one || one.length < 2) return { answer: null, because: 'With a single sum there is no order.' };
      const orders = `On one processor the parts came in the order ${shown(one)}${many ? `, with more in the order ${shown(many)}` : ''}.`;
      if (one[0] !== 1) return { answer: 'open', because: orders };
      if (many && many[0] !== 1) return { answer: null, because: `${orders} So it is not always first. For one processor, once is no rule: try another seed.` };
      // That it came first this time is no sign that it always would, so no option is borne out.
      return { answer: null, because: `${orders} Once is no rule: another seed may give another order.` };
    },
  },
  measures: [
    {
      label: 'Order of arrival',
      of({ observed }) {
        const order = arrivals(observed);
        return order && shown(order);
      },
    },
  ],
  next: [
    { label: 'Another seed', given: { seed: '3' }, look: 'The seed decides which ready task goes first. The total stays, the order need not.' },
    { label: '8 parts', given: { parts: '8' }, look: 'There are fewer numbers than parts: some add up nothing, and nothing is a sum, too.' },
    { label: 'Room for all sums', given: { capacity: '8', parts: '4' }, look: 'With room in the channel nobody waits to send.' },
    { label: 'A million numbers', given: { numbers: '', length: '1000000' }, look: 'Now there is something to add up. Is it enough for a second processor to matter?' },
  ],
  notes: [
    'A channel without room is a meeting: the sender waits for the receiver, and both go on from there. So a receive says not only what came out but that it is done.',
    'Whoever sends hands the value over, and nobody else touches it. That is what makes it safe; one processor alone does not. '
      + 'Tasks that share a variable can spoil it on a single thread, as soon as they are switched between reading and writing.',
    'If nobody sends and everybody waits, nothing can go on. Such a run ends as a deadlock and says who waits for what, as Go’s does.',
  ],
};

/**
 * Parts are counted from 0 in a report, and from 1 in the tasks' names.
 * @param {any} observed
 * @returns {number[] | null}
 */
function arrivals(observed) {
  const arrival = observed?.arrival;
  return Array.isArray(arrival) && arrival.length > 0 ? arrival.map((part) => Number(part) + 1) : null;
}

/** @param {number[]} order */
const shown = (order) => (order.length > 8 ? `${order.slice(0, 8).join(', ')} …` : list(order.map(String)));
