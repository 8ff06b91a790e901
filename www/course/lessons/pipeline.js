import { PLAIN } from './lesson.js';
import { list } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const pipeline = {
  ...PLAIN,
  claim: 'When several tasks share a stream of numbers, its order can change.',
  text:
    'A generator is a task that sends numbers into a channel. Several squarers receive from it, and each number goes to one of them. ' +
    'Their squares are merged into one channel again. No stage waits until the stage before it has finished. ' +
    'The square of an even number takes longer here than that of an odd number.',
  notSequential:
    'This lesson has no Sequential lane. Each stage receives from the stage before it, so the stages must overlap.',
  step: { concurrent: '', parallel: 'The same stages. Now with more processors.' },
  waits: { ...PLAIN.waits, receive: 'waits for a number' },
  question: {
    text: 'The smallest number goes in first, the largest last. In which order do the squares come out?',
    options: [
      {
        id: 'sorted',
        label: 'in the same order',
        instead: {
          other:
            'A channel keeps the order. But there are several squarers between the channels, and a fast one does not wait for a slow one.',
        },
      },
      {
        id: 'groups',
        label: 'all of one squarer, then all of the next',
        instead: {
          other:
            'A squarer does not get all its numbers at once. It receives one when it is free, and sends each square when it is ready.',
        },
      },
      {
        id: 'other',
        label: 'in another order',
        instead: {
          sorted: 'Several squarers can change the order. Here is only one, and it squares one number after another.',
        },
      },
    ],
    needs: ['concurrent'],
    judge({ concurrent, parallel }) {
      const orders = [concurrent, parallel].flatMap((report) => (report ? [arrivals(report.observed)] : []));
      const [one = [], many] = orders;
      if (one.length < 2) return { answer: null, because: 'With fewer than two squares there is no order.' };
      const because = `On one processor the squares came as ${shown(one)}${many ? `, with more processors as ${shown(many)}` : ''}.`;
      const { from, squarers } = concurrent.params;
      if (orders.some((order) => !isInOrder(order, Number(from)))) return { answer: 'other', because };
      if (squarers === 1)
        return { answer: 'sorted', because: `${because} There is only one squarer between the channels.` };
      return {
        answer: null,
        because: `${because} They came in order this time, but nothing in the program promises that. Try another seed.`,
      };
    },
  },
  measures: [
    {
      label: 'Arrival',
      of({ observed }) {
        const order = arrivals(observed);
        return order.length > 0 ? shown(order) : null;
      },
    },
  ],
  next: [
    {
      label: '1 squarer',
      values: { squarers: '1' },
      look: 'One squarer keeps the order. But now more processors save nothing.',
    },
    {
      label: '5 squarers',
      values: { squarers: '5' },
      look: 'More squares are in progress at the same time. That saves time if there are processors for them.',
    },
    {
      label: 'Channels with room',
      values: { capacity: '10' },
      look: 'The channels can hold all numbers. So the generator sends them all and ends, long before the squarers end.',
    },
  ],
  notes: [
    'Several tasks that receive from one channel are called fan-out. Several tasks that send into one channel are called fan-in.',
    'A pipeline is as fast as its slowest stage. Here that is squaring. More squarers help if there are processors for them.',
    'The sender closes its channel after the last value. The last channel has several senders, so one more task, the closer, waits until all of them have finished. Then it closes the channel.',
  ],
};

/**
 * @param {any} observed
 * @returns {number[]}
 */
const arrivals = (observed) => (Array.isArray(observed?.arrival) ? observed.arrival.map(Number) : []);

/**
 * @param {number[]} order
 * @param {number} from   the first number that was sent into the pipeline
 */
const isInOrder = (order, from) => order.every((square, i) => square === (from + i) ** 2);

/** @param {number[]} order */
const shown = (order) => (order.length > 9 ? `${order.slice(0, 9).join(', ')} …` : list(order.map(String)));
