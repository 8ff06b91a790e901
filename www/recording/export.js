/**
 * The panel "Export". It saves the runs in the lanes as files, copies a link that contains them,
 * and opens a recording from a file.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { inSlices } from '../common/slices.js';
import { write } from './format.js';
import { textOf } from './link.js';
import { csv, traceEvents } from './trace-event.js';
import { make } from '../common/dom.js';
import { png, svg } from './snapshot.js';

/**
 * @typedef {object} Source
 * @property {() => [Lane, SentReport][]} runs   the lanes' runs from top to bottom
 * @property {() => import('./format.js').Recording} recording
 * @property {() => import('./snapshot.js').Snapshot} snapshot
 * @property {() => void} open       called when the reader wants to open a file
 * @property {(text: string) => void} link   copies a link; `text` is the runs as text for a link
 * @property {(sentence: string) => void} say
 */

/**
 * @param {Source} source
 * @returns {Element[]}
 */
export function exportPanel(source) {
  /**
   * @param {string} label
   * @param {(first: SentReport) => unknown} take
   */
  const button = (label, take) =>
    make(
      'button',
      {
        type: 'button',
        class: 'small',
        click: () => {
          const [first] = source.runs();
          return first ? take(first[1]) : source.say('Nothing has run yet, so there is nothing to export.');
        },
      },
      label,
    );
  /**
   * @param {string} label
   * @param {string} ending
   * @param {() => Promise<Blob> | Blob} made
   */
  const file = (label, ending, made) =>
    button(label, async ({ program }) => save(await made(), `many-hands-${program}.${ending}`));
  const text = (/** @type {string} */ type, /** @type {() => Generator<void, string[], void>} */ parts) => async () =>
    new Blob((await inSlices(parts())) ?? [], { type });
  return [
    make(
      'div',
      { class: 'buttons', role: 'group', 'aria-label': 'Save as a file' },
      file('Recording', 'manyhands', () => new Blob(write(source.recording()), { type: 'application/octet-stream' })),
      file(
        'Trace events',
        'json',
        text('application/json', () => traceEvents(source.runs())),
      ),
      file(
        'Table (CSV)',
        'csv',
        text('text/csv', () => csv(source.runs())),
      ),
      file('Timeline (PNG)', 'png', () => png(source.snapshot())),
      file('Timeline (SVG)', 'svg', () => svg(source.snapshot())),
    ),
    make(
      'div',
      { class: 'buttons' },
      make('button', { type: 'button', class: 'small', click: () => source.open() }, 'Open a recording'),
      button('Copy link with these runs', async () => {
        const recorded = await textOf(source.recording());
        if (recorded === null) source.say('These runs have too many events for a link. Save a recording instead.');
        else source.link(recorded);
      }),
    ),
    make(
      'p',
      { class: 'note' },
      'This page opens a recording on any machine, even in a browser that cannot run the programs. Perfetto (ui.perfetto.dev) and speedscope open the trace events.',
    ),
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
