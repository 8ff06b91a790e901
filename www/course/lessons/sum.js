import { PLAIN } from './lesson.js';
import { list } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const sum = {
  ...PLAIN,
  claim: 'A task can send its result to another task through a channel.',
  text:
    'A channel connects tasks: one task sends a value into it, and another task receives the value. ' +
    'Here the numbers are split into parts. Each part is a task: it adds its numbers and sends the sum to main. ' +
    'The total is always the same, but the sums can arrive in different orders.',
  subtitle: {
    concurrent: 'parts overlap',
    parallel: 'parts overlap',
  },
  notSequential:
    'This lesson has no Sequential lane. One after another, main would wait until part 1 ends, and part 1 would wait until main receives its sum. ' +
    'Neither could continue. So the tasks must overlap.',
  step: { concurrent: '', parallel: 'The same parts. Now with more processors.' },
  arrows: true,
  waits: { ...PLAIN.waits, send: 'waits to send its sum', receive: 'waits for a sum' },
  question: {
    text: 'Main starts part 1 first. Is the sum of part 1 always the first to arrive?',
    options: [
      {
        id: 'always',
        label: 'yes, always',
        instead: {
          open: 'After a task is started, there is no rule about when it runs, or about which task finishes first.',
        },
      },
      {
        id: 'one',
        label: 'yes, if there is only one processor',
        instead: {
          open: 'One processor runs one task at a time. But when several tasks are ready, any of them may be the next.',
        },
      },
      { id: 'open', label: 'no, not always' },
    ],
    needs: ['concurrent'],
    judge({ concurrent, parallel }) {
      const one = arrivals(concurrent.observed);
      const many = parallel && arrivals(parallel.observed);
      if (!one || one.length < 2) return { answer: null, because: 'With only one sum there is no order.' };
      const orders =
        many && shown(one) === shown(many)
          ? `In both runs the sums arrived in the order ${shown(one)}.`
          : `On one processor the sums arrived in the order ${shown(one)}${many ? `, with more processors in the order ${shown(many)}` : ''}.`;
      if (one[0] !== 1) return { answer: 'open', because: orders };
      if (many && many[0] !== 1)
        return {
          answer: null,
          because: `${orders} So part 1 is not always first. For one processor, a single order is no rule: try another seed.`,
        };
      // Part 1 came first in this run. It may not be first in every run, so no option is right.
      return { answer: null, because: `${orders} A single order is no rule: another seed may give another one.` };
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
    {
      label: 'Another seed',
      values: { seed: '3' },
      look: 'When several tasks are ready, the page chooses at random which one runs first. The seed is the number that controls these choices. With another seed the sums can arrive in another order. The total is the same.',
    },
    {
      label: '8 parts',
      values: { parts: '8' },
      look: 'Now there are more parts than numbers. Some parts are empty and send 0. Main still receives one sum from each part.',
    },
    {
      label: 'A channel that can hold values',
      values: { capacity: '8', parts: '4' },
      look: 'The channel can hold all the sums. A part can put its sum there and end, even if main does not take it yet.',
    },
  ],
  notes: [
    'Adding a few numbers is too fast to see. So each part also does some other work, and part 1 does the most.',
    'The page gives each channel a number. The only channel here is channel 1.',
    'The capacity is how many values a channel can hold. With capacity 0 it holds none: the sender waits until the receiver takes the value. So both know that it has arrived.',
    'Only one task has the value at a time: first the sender, then the receiver. So neither task can change it while the other one uses it. The next lesson shows what happens when tasks share a value instead.',
    'If all tasks wait for each other, the program can never continue. This is a deadlock. The run then ends and says which task waits for what.',
  ],
};

/**
 * Returns the numbers of the parts in the order in which their sums arrived. The numbers begin at
 * 1, as in the tasks' names. In a report the numbers begin at 0.
 * @param {any} observed
 * @returns {number[] | null}
 */
function arrivals(observed) {
  const arrival = observed?.arrival;
  return Array.isArray(arrival) && arrival.length > 0 ? arrival.map((part) => Number(part) + 1) : null;
}

/** @param {number[]} order */
const shown = (order) => (order.length > 8 ? `${order.slice(0, 8).join(', ')} …` : list(order.map(String)));
