import { PLAIN } from './lesson.js';
import { list } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const pipeline = {
  ...PLAIN,
  claim: 'Fan out, fan in, and the order is gone.',
  text: 'A generator sends numbers into a channel. Several squarers receive from it, each number going to one of them, '
    + 'and what they send is merged into one channel again. Every stage starts while the one before it still works.',
  notSequential: 'Every stage waits for the one before, so that none can end before the next begins.',
  step: { concurrent: '', parallel: 'Same stages. Now with more processors.' },
  waits: { ...PLAIN.waits, receive: 'waits for a number' },
  question: {
    text: 'The numbers go in from the smallest to the largest. In which order do their squares come out?',
    options: [
      {
        id: 'sorted', label: 'in the same order',
        instead: { other: 'A channel keeps its order. Between the channels stand several squarers, and nothing makes one wait for another.' },
      },
      {
        id: 'groups', label: 'each squarer’s in one piece',
        instead: { other: 'The numbers are not dealt out in advance. Whoever is free receives the next one, and merging takes them as they come.' },
      },
      {
        id: 'other', label: 'in no order to rely on',
        instead: { sorted: 'True for several squarers. Here is one, and it squares one number after another.' },
      },
    ],
    needs: ['concurrent'],
    judge({ concurrent, parallel }) {
      const orders = [concurrent, parallel].flatMap((report) => (report ? [arrivals(report.observed)] : []));
      const [one = [], many] = orders;
      if (one.length < 2) return { answer: null, because: 'With fewer than two squares there is no order.' };
      const because = `On one processor they came as ${shown(one)}${many ? `, with more as ${shown(many)}` : ''}.`;
      const { from, squarers } = concurrent.params;
      if (orders.some((order) => !isInOrder(order, Number(from)))) return { answer: 'other', because };
      if (squarers === 1) return { answer: 'sorted', because: `${because} A single squarer stands between the channels.` };
      return { answer: null, because: `${because} In order, this time: nothing in the program promises it. Try another seed.` };
    },
  },
  measures: [{
    label: 'Arrival',
    of({ observed }) {
      const order = arrivals(observed);
      return order.length > 0 ? shown(order) : null;
    },
  }],
  next: [
    { label: '1 squarer', given: { squarers: '1' }, look: 'One in the middle, and the order is kept.' },
    { label: 'Squares that take 20 ms', given: { workUs: '20000' }, look: 'Now the squarers have something to do, and more processors something to save.' },
    { label: 'Channels with room', given: { capacity: '10' }, look: 'The generator runs ahead and is done before the squarers are.' },
    { label: 'Nothing to square', given: { from: '10', to: '2' }, look: 'All channels are closed in order, and everybody goes home.' },
  ],
  notes: [
    'Fan-out: several tasks receive from one channel. Fan-in: one channel receives from several tasks.',
    'The slowest stage sets the pace. More squarers help where squaring is the slow stage and there are processors for them.',
    'Each channel is closed by who knows that nothing more comes. The last one has several senders, so a wait group tells when all are done.',
  ],
};

/**
 * @param {any} observed
 * @returns {number[]}
 */
const arrivals = (observed) => (Array.isArray(observed?.arrival) ? observed.arrival.map(Number) : []);

/**
 * @param {number[]} order
 * @param {number} from   the first number that went in
 */
const isInOrder = (order, from) => order.every((square, i) => square === (from + i) ** 2);

/** @param {number[]} order */
const shown = (order) => (order.length > 9 ? `${order.slice(0, 9).join(', ')} …` : list(order.map(String)));
