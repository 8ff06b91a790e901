/**
 * "Take along": the runs in the lanes as files, and a recording opened from one.
 *
 * @typedef {import('../lanes.js').Lane} Lane
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { inSlices } from '../picture/slices.js';
import { write } from '../recording/format.js';
import { textOf } from '../recording/link.js';
import { csv, traceEvents } from '../recording/trace-event.js';
import { make } from './dom.js';
import { png, svg } from './snapshot.js';

/**
 * @typedef {object} Source
 * @property {() => [Lane, SentReport][]} runs                        from top to bottom
 * @property {() => import('../recording/format.js').Recording} recording
 * @property {() => import('./snapshot.js').Sheet} sheet
 * @property {() => void} open       a reader wants to open a file
 * @property {(text: string) => void} link   a reader wants the runs as an address, which this is part of
 * @property {(sentence: string) => void} say
 */

/**
 * @param {Source} source
 * @returns {Element[]}
 */
export function takeAlong(source) {
  /**
   * @param {string} label
   * @param {(first: SentReport) => unknown} take
   */
  const button = (label, take) => make('button', {
    type: 'button', class: 'small',
    click: () => {
      const [first] = source.runs();
      return first ? take(first[1]) : source.say('Nothing has run yet, so there is nothing to take along.');
    },
  }, label);
  /**
   * @param {string} label
   * @param {string} ending
   * @param {() => Promise<Blob> | Blob} made
   */
  const file = (label, ending, made) => button(label, async ({ program }) => save(await made(), `many-hands-${program}.${ending}`));
  const text = (/** @type {string} */ type, /** @type {() => Generator<void, string[], void>} */ parts) =>
    async () => new Blob(await inSlices(parts()) ?? [], { type });
  return [
    make('div', { class: 'buttons', role: 'group', 'aria-label': 'Save as a file' },
      file('Recording', 'manyhands', () => new Blob(write(source.recording()), { type: 'application/octet-stream' })),
      file('Trace events', 'json', text('application/json', () => traceEvents(source.runs()))),
      file('Table (CSV)', 'csv', text('text/csv', () => csv(source.runs()))),
      file('Picture (PNG)', 'png', () => png(source.sheet())),
      file('Picture (SVG)', 'svg', () => svg(source.sheet()))),
    make('div', { class: 'buttons' }, make('button', { type: 'button', class: 'small', click: () => source.open() }, 'Open a recording'),
      button('Link with these runs', async () => {
        const recorded = await textOf(source.recording());
        if (recorded === null) source.say('These runs are too long for an address: save the recording instead.');
        else source.link(recorded);
      })),
    make('p', { class: 'note' }, 'A recording opens here on any machine, also where nothing can run. Trace events are for Perfetto (ui.perfetto.dev) and speedscope.'),
  ];
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
