/**
 * "Take along": the runs in the lanes as files, and a recording opened from one.
 *
 * @typedef {import('../lanes.js').Lane} Lane
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { inSlices } from '../picture/slices.js';
import { write } from '../recording/format.js';
import { csv, traceEvents } from '../recording/trace-event.js';
import { make } from './dom.js';
import { png, svg } from './snapshot.js';

/**
 * @typedef {object} Source
 * @property {() => [Lane, SentReport][]} runs                        from top to bottom
 * @property {() => import('../recording/format.js').Recording} recording
 * @property {() => import('./snapshot.js').Sheet} sheet
 * @property {() => void} open       a reader wants to open a file
 * @property {() => void} link       a reader wants the runs as an address
 * @property {(sentence: string) => void} say
 */

/**
 * @param {Source} source
 * @returns {Element[]}
 */
export function takeAlong(source) {
  /**
   * @param {string} label
   * @param {string} ending
   * @param {() => Promise<Blob> | Blob} made
   */
  const button = (label, ending, made) => make('button', {
    type: 'button', class: 'small',
    click: async () => {
      const [first] = source.runs();
      if (!first) return source.say('Nothing has run yet, so there is nothing to take along.');
      save(await made(), `many-hands-${first[1].program}.${ending}`);
    },
  }, label);
  const text = (/** @type {string} */ type, /** @type {() => Generator<void, string[], void>} */ parts) =>
    async () => new Blob(await inSlices(parts()) ?? [], { type });
  return [
    make('div', { class: 'buttons', role: 'group', 'aria-label': 'Save as a file' },
      button('Recording', 'manyhands', () => new Blob(write(source.recording()), { type: 'application/octet-stream' })),
      button('Trace events', 'json', text('application/json', () => traceEvents(source.runs()))),
      button('Table (CSV)', 'csv', text('text/csv', () => csv(source.runs()))),
      button('Picture (PNG)', 'png', () => png(source.sheet())),
      button('Picture (SVG)', 'svg', () => svg(source.sheet()))),
    make('div', { class: 'buttons' }, make('button', { type: 'button', class: 'small', click: () => source.open() }, 'Open a recording'),
      make('button', { type: 'button', class: 'small', click: () => source.link() }, 'Link with these runs')),
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
