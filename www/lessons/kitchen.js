import { gained, ofStep } from './judging.js';
import { PLAIN, THREE_LANES } from './lesson.js';
import { list } from '../words.js';

/** @type {import('./lesson.js').Lesson} */
export const kitchen = {
  ...PLAIN,
  claim: 'One cook can have every pot on the stove.',
  text: 'Chopping needs a cook’s hands. Boiling needs none. So there are two ways to be done sooner: '
    + 'start the next dish while one boils, or bring in another cook.',
  worker: ['cook', 'cooks'],
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
    judge: (_, stepOf) => ofStep(stepOf('sequential', 'concurrent'), (overlap) => ofStep(stepOf('concurrent', 'parallel'), (cooks) => {
      // Where the same chopping took longer in one lane, nobody knows which of two savings is larger.
      const uneven = [overlap, cooks].find((step) => step.uneven);
      if (uneven) return { answer: null, because: `${uneven.sentence} Run again.` };
      const because = `Overlapping ${gained(overlap)}, more cooks ${gained(cooks)}.`;
      const [byOverlap, byCooks] = [overlap, cooks].map(({ kind, beforeMs, afterMs }) => (kind === 'nothing' ? 0 : beforeMs - afterMs));
      if (byOverlap <= 0 && byCooks <= 0) return { answer: null, because };
      // The two savings have to differ by as much as two runs would.
      const apart = Math.abs(byOverlap - byCooks) >= overlap.leastMs;
      return { answer: !apart ? 'equal' : byOverlap > byCooks ? 'overlap' : 'cooks', because };
    })),
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
