import { gained, judgementFrom } from './judging.js';
import { PLAIN, THREE_LANES } from './lesson.js';
import { list } from '../../common/words.js';

/** @type {import('./lesson.js').Lesson} */
export const kitchen = {
  ...PLAIN,
  claim: 'While one dish boils, a cook can chop the next.',
  text:
    'Each dish is a task: a cook chops it, it boils, and a cook serves it. Serving takes almost no time. Boiling needs no cook. ' +
    'A cook stands for a processor, the part of a computer that computes. ' +
    'There are two ways to finish sooner: let the dishes overlap, or use more cooks.',
  worker: ['cook', 'cooks'],
  task: ['dish', 'dishes'],
  subtitle: {
    concurrent: 'dishes overlap',
    parallel: 'dishes overlap',
  },
  step: {
    concurrent: 'The same cook. Now the dishes may overlap.',
    parallel: 'The same dishes still overlap. Now with more cooks.',
  },
  legend: {
    running: 'a cook chops it; the number says which cook',
    ready: 'needs a cook, and waits for one',
    blocked: 'boils, or waits',
  },
  waits: { ...PLAIN.waits, sleep: 'boils' },
  question: {
    text: 'Which saves more time here?',
    options: [
      {
        id: 'overlap',
        label: 'overlapping the dishes',
        instead: { cooks: 'Here there is more to chop than to boil, and only more cooks make the chopping faster.' },
      },
      {
        id: 'cooks',
        label: 'more cooks',
        instead: {
          overlap:
            'Most of the time the dishes only boiled. Boiling needs no cook, so one cook is enough for many boiling dishes.',
        },
      },
      { id: 'equal', label: 'about the same' },
    ],
    needs: THREE_LANES,
    judge: (_, verdictOn) =>
      judgementFrom(verdictOn('sequential', 'concurrent'), (overlap) =>
        judgementFrom(verdictOn('concurrent', 'parallel'), (cooks) => {
          // If the same chopping took longer in one lane, the two savings can't be compared.
          const uneven = [overlap, cooks].find((step) => step.uneven);
          if (uneven) return { answer: null, because: `${uneven.sentence} Run again.` };
          const because = `Overlapping ${gained(overlap)}, more cooks ${gained(cooks)}.`;
          const [byOverlap, byCooks] = [overlap, cooks].map(({ kind, beforeMs, afterMs }) =>
            kind === 'nothing' ? 0 : beforeMs - afterMs,
          );
          if (byOverlap <= 0 && byCooks <= 0) return { answer: null, because };
          // Savings that differ by less than the smallest claimable difference count as equal.
          const apart = Math.abs(byOverlap - byCooks) >= overlap.leastMs;
          return { answer: !apart ? 'equal' : byOverlap > byCooks ? 'overlap' : 'cooks', because };
        }),
      ),
  },
  channels: false,
  measures: [
    {
      label: 'Served',
      of: ({ observed }) =>
        Array.isArray(observed?.order)
          ? `${list(observed.order.slice(0, 4).map(String))}${observed.order.length > 4 ? ' …' : ''}`
          : null,
    },
  ],
  next: [
    {
      label: 'A single dish',
      look: 'There is no other dish to overlap with, and one cook is enough. All lanes take about the same time.',
      values: { dishes: '1' },
    },
    {
      label: 'No boiling',
      look: 'Now no dish waits. Overlapping saves no time, but more cooks do.',
      values: { boilMs: '0', chopMs: '200' },
    },
    {
      label: 'No chopping',
      look: 'Now no dish needs a cook. Overlapping saves time, but more cooks do not.',
      values: { chopMs: '0' },
    },
    {
      label: 'Ten dishes',
      look: 'A single cook is now busy nearly all the time. So more cooks help more than with four dishes.',
      values: { dishes: '10', chopMs: '35', boilMs: '80' },
    },
  ],
  notes: [
    'A program begins in a task of its own, called main. Main starts the other tasks and then waits for them. So four dishes make five tasks.',
    'One cook with four dishes is concurrency without parallelism: four dishes are in progress, but only one is chopped at a time.',
    'Here a cook finishes chopping one dish before chopping the next. A task keeps its processor until it has to wait, or until it lets another task run. ' +
      'A Go program can interrupt a task almost anywhere in its code. A web page cannot do that.',
  ],
};
