import { difference, gained, TOO_SHORT, wallDifference } from './judging.js';
import { PLAIN, THREE_LANES } from './lesson.js';
import { list } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const kitchen = {
  ...PLAIN,
  claim: 'One cook can have every pot on the stove.',
  text: 'Chopping needs a cook’s hands. Boiling needs none. So there are two ways to be done sooner: '
    + 'start the next dish while one boils, or bring in another cook.',
  worker: ['cook', 'cooks'],
  task: ['dish', 'dishes'],
  manner: {
    sequential: 'one dish after another',
    concurrent: 'dishes overlap',
    parallel: 'dishes overlap',
  },
  step: {
    concurrent: 'Same cook. Now the dishes may overlap.',
    parallel: 'Same plan. Now with every cook.',
  },
  legend: {
    running: 'chopping, the number says which cook',
    ready: 'ready, but no cook is free',
    blocked: 'boiling, or waiting',
  },
  waits: { ...PLAIN.waits, sleep: 'boils' },
  question: {
    text: 'Which saves more here?',
    options: [
      {
        id: 'overlap', label: 'overlapping the dishes',
        instead: { cooks: 'With these values there is more to chop than to boil, and only hands help with chopping.' },
      },
      {
        id: 'cooks', label: 'more cooks',
        instead: {
          overlap: 'More hands come to mind first, but most of the time no hand was needed: it was spent on waiting, '
            + 'and one cook can wait for many pots at once.',
        },
      },
      { id: 'equal', label: 'about the same' },
    ],
    needs: THREE_LANES,
    judge({ sequential, concurrent, parallel }) {
      const overlap = sequential.wallMs - concurrent.wallMs;
      const cooks = concurrent.wallMs - parallel.wallMs;
      const steps = [wallDifference(sequential, concurrent), wallDifference(concurrent, parallel)];
      const because = `Overlapping ${gained(sequential, concurrent)}, more cooks ${gained(concurrent, parallel)}.`;
      if (steps.every((step) => step === 'too short')) return TOO_SHORT;
      if (!steps.includes('less')) return { answer: null, because };
      // What is compared are two differences; they have to differ by as much as two runs would.
      const apart = difference(sequential.wallMs, sequential.wallMs - Math.abs(overlap - cooks), sequential.clockStepMs);
      return { answer: apart !== 'less' ? 'equal' : overlap > cooks ? 'overlap' : 'cooks', because };
    },
  },
  measures: [
    {
      label: 'Served',
      of: ({ observed }) => (Array.isArray(observed?.order) ? `${list(observed.order.slice(0, 4).map(String))}${
        observed.order.length > 4 ? ' …' : ''}` : null),
    },
  ],
  next: [
    { label: 'A single dish', look: 'One dish can’t overlap with itself, and it needs one cook.', given: { dishes: '1' } },
    { label: 'No boiling', look: 'Nothing to wait for: now only hands can help.', given: { boilMs: '0', chopMs: '200' } },
    { label: 'No chopping', look: 'Nothing to do with hands: now only overlapping can help.', given: { chopMs: '0' } },
    { label: 'Sixteen dishes', look: 'One cook’s hands are never free any more, and a second pair is worth its pay.', given: { dishes: '16' } },
  ],
  notes: [
    'Main is a task like the others, and is counted: with four dishes the concurrency is five. It starts them, and from then on only waits.',
    'One cook with four pots is concurrent and not parallel: four dishes are in progress, and one pair of hands works.',
    'A cook chops to the end before turning to the next dish. Tasks here give their processor up where they wait, or at places in '
      + 'the program made for it: they are cooperative. Go can interrupt a goroutine at almost any place; a browser offers nothing to interrupt with.',
  ],
};
